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

    @Test func `as it was downloaded changes nothing, and what was changed there is changed here`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let list = "school,1055000001,บ้านหนึ่ง,Ban One,เมือง,เล็ก,0 5400 0001\nschool,,บ้านสอง,,,,\n"
        #expect(await site.post("/units/import/applied", ["list": list], as: admin).status == 303)
        let record: SQL = "SELECT number FROM journal_heads WHERE area_id = \(site.area.id)"
        let before = try await site.row(record)
        var rows = try await site.get("/units.xlsx", as: admin).workbookRows
        let preview = await site.post("/units/import", ["list": pasted(rows)], as: admin).text
        #expect(preview.contains("เหมือนเดิม") && !preview.contains("เพิ่ม<"))
        #expect(await site.post("/units/import/applied", ["list": pasted(rows)], as: admin).status == 303)
        #expect(try await site.row(record) == before)
        // By its number it is the same school under another name; by its name, with another telephone.
        for place in rows.indices {
            rows[place] = rows[place].map { $0 == "บ้านหนึ่ง" ? "บ้านหนึ่งใหม่" : $0 }
            if rows[place].contains("บ้านสอง") { rows[place][6] = "0 5400 0002" }
        }
        #expect(await site.post("/units/import/applied", ["list": pasted(rows)], as: admin).status == 303)
        #expect(try await count(site) == "3")
        let stored = try await site.row(
            """
            SELECT string_agg(name || phone, ' ' ORDER BY name)
            FROM units
            WHERE area_id = \(site.area.id) AND name LIKE 'บ้าน%'
            """)
        #expect(stored == ["บ้านสอง0 5400 0002 บ้านหนึ่งใหม่0 5400 0001"])
        // Without a column, what it would say stays.
        let short = "ชื่อหน่วยงาน\tอำเภอ\nบ้านสอง\tปัว\n"
        #expect(await site.post("/units/import/applied", ["list": short], as: admin).status == 303)
        let second = "SELECT phone, district FROM units WHERE name = 'บ้านสอง' AND area_id = "
        #expect(try await site.row("\(part: SQL(stringLiteral: second))\(site.area.id)") == ["0 5400 0002", "ปัว"])
    }

    @Test func `with a number that is another's, or one unit twice, is refused`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let list = "school,1,บ้านหนึ่ง,,,,\nschool,2,บ้านสอง,,,,\n"
        #expect(await site.post("/units/import/applied", ["list": list], as: admin).status == 303)
        for wrong in ["school,1,บ้านสอง,,,,\n", "school,3,บ้านสอง,,,,\nschool,3,บ้านสอง,,,,\n"] {
            #expect(await site.post("/units/import/applied", ["list": wrong], as: admin).status == 422, "\(wrong)")
        }
        // What was previewed has been changed since.
        let preview = await site.post("/units/import", ["list": "school,1,บ้านหนึ่ง,,ปัว,,\n"], as: admin).text
        let seen = preview.firstMatch(of: /name="seen" value="([^"]+)"/).map { String($0.1) } ?? ""
        #expect(await site.post("/units/import/applied", ["list": "school,1,บ้านหนึ่ง,,น่าน,,\n"], as: admin).status == 303)
        let late: KeyValuePairs = ["list": "school,1,บ้านหนึ่ง,,ปัว,,\n", "seen": seen]
        #expect(await site.post("/units/import/applied", late, as: admin).status == 409)
    }

    private func count(_ site: TestSite) async throws -> String {
        try await site.row("SELECT count(*) FROM units WHERE area_id = \(site.area.id)")[0]
    }

    private func siteWithAdmin() async throws -> (TestSite, TestMember) {
        let site = try await TestSite()
        return (site, try await site.member(holding: .settings, .members))
    }
}
