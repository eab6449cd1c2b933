import HTTP
import Kernel
import Postgres
import TestSupport
import Testing

@Suite(.database) struct `An administrator keeps units` {
    @Test func `adds one, in either digits`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let response = await site.post(
            "/units", ["kind": "school", "name": " บ้านกตัญญู ", "number": "๕๕๐๑๐๐๐๒", "size": "small"], as: admin)
        #expect(response.status == 303)
        #expect(
            try await site.row("SELECT name, number FROM units WHERE area_id = \(site.area.id) AND number <> ''") == [
                "บ้านกตัญญู", "55010002",
            ])
    }

    @Test func `two open units can't have one name; a closed one frees it`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let form: KeyValuePairs<String, String> = ["kind": "school", "name": "วัดป่า"]
        #expect(await site.post("/units", form, as: admin).status == 303)
        #expect(await site.post("/units", form, as: admin).status == 422)
        let id = try await site.row("SELECT id FROM units WHERE area_id = \(site.area.id) AND name = 'วัดป่า'")[0]
        #expect(await site.post("/units/\(id)/closing", as: admin).status == 303)
        #expect(await site.post("/units", form, as: admin).status == 303)
        #expect(await site.post("/units/\(id)/reopening", as: admin).status == 422)
    }

    @Test func `a pasted list is stored whole`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let list = "ชื่อหน่วยงาน\tอำเภอ\tขนาด\nบ้านหนึ่ง\tเมือง\tเล็ก\nบ้านสอง\tเวียงสา\tใหญ่พิเศษ\n"
        let preview = await site.post("/units/import", ["list": list], as: admin)
        #expect(preview.text.contains("บ้านสอง"))
        #expect(try await count(site) == "1")
        #expect(await site.post("/units/import/applied", ["list": list], as: admin).status == 303)
        #expect(try await count(site) == "3")
        #expect(
            try await site.row("SELECT size FROM units WHERE area_id = \(site.area.id) AND name = 'บ้านสอง'") == [
                "extra"
            ])
    }

    @Test func `one wrong cell, and nothing of the list is stored`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let list = "school,1,บ้านหนึ่ง,,เมือง,huge,\nschool,1,บ้านสอง,,,,\nschool,,,,,,\n"
        let preview = await site.post("/units/import", ["list": list], as: admin)
        #expect(preview.text.contains("3 ช่อง"))
        #expect(await site.post("/units/import/applied", ["list": list], as: admin).status == 422)
        #expect(try await count(site) == "1")
    }

    private func count(_ site: TestSite) async throws -> String {
        try await site.row("SELECT count(*) FROM units WHERE area_id = \(site.area.id)")[0]
    }

    private func siteWithAdmin() async throws -> (TestSite, TestMember) {
        let site = try await TestSite()
        return (site, try await site.member(holding: .settings, .members))
    }
}
