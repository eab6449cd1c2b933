import HTTP
import Kernel
import Postgres
import TestSupport
import Testing

@Suite(.database) struct `Those whom an indicator names` {
    private func path(_ site: ReportSite) -> String { "/indicators/\(site.indicator)/people" }

    /// Another of the office who holds the same flags as the checker.
    private func colleague(_ site: ReportSite) async throws -> TestMember {
        let colleague = try await site.site.member("เพื่อนร่วมงาน", holding: .receive, .school, .selfAssess, .upload)
        try await site.move(colleague, to: site.office)
        return colleague
    }

    private func assigned(_ member: TestMember, _ site: ReportSite) async throws -> String {
        try await site.site.row(
            """
            SELECT coalesce(string_agg(round || ' ' || state, ', ' ORDER BY round), '')
            FROM assignments
            WHERE area_id = \(site.area) AND member_id = \(member.id)
            """)[0]
    }

    @Test func `to receive have it to do, and receive it; others may only open it`() async throws {
        let site = try await ReportSite()
        let colleague = try await colleague(site)
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        _ = await site.confirm()
        // With nobody named, it is everybody's.
        for member in [site.checker, colleague] {
            #expect(await site.site.get("/", as: member).text.contains("รอรับ 1 ไฟล์"))
        }
        let saved = await site.site.post(path(site), ["receivers": "\(colleague.id)"], as: site.catalogue.admin)
        #expect(saved.status == 303, "\(saved.text)")
        #expect(
            await site.site.get("/indicators/\(site.indicator)", as: site.catalogue.admin).text.contains("เพื่อนร่วมงาน"))
        #expect(await !site.site.get("/", as: site.checker).text.contains("รอรับ 1 ไฟล์"))
        #expect(await site.site.get("/", as: colleague).text.contains("รอรับ 1 ไฟล์"))
        #expect(await site.site.get("\(site.report)/evidence/1", as: site.checker).status == 200)
        #expect(await site.site.post("\(site.report)/evidence/1/receipt", as: site.checker).status == 404)
        let list = await site.site.get("/indicators/\(site.indicator)/receipts", as: site.checker).text
        #expect(list.contains("มีผู้รับตามชื่อ") && !list.contains("evidence/1/receipt"))
        #expect(await site.site.post("\(site.report)/evidence/1/receipt", as: colleague).status == 303)
        #expect(try await site.evidence("receiver_name")[0].contains("เพื่อนร่วมงาน"))
    }

    @Test func `to report do so in every round, and stay where they have`() async throws {
        let site = try await ReportSite(rounds: ["c06", "c09"])
        let colleague = try await colleague(site)
        let admin = site.catalogue.admin
        #expect(await site.site.post(path(site), ["officers": "\(colleague.id)"], as: admin).status == 303)
        #expect(try await assigned(colleague, site) == "c06 waiting, c09 waiting")
        #expect(
            try await site.site.row(
                "SELECT string_agg(assigned::text, ' ') FROM indicator_rounds WHERE area_id = \(site.area)") == ["4 4"])
        let report = try await site.site.row(
            "SELECT id FROM assignments WHERE area_id = \(site.area) AND member_id = \(colleague.id) AND round = 'c06'")[
                0]
        #expect(await site.site.post("/reports/\(report)/draft", ["entry-a": "1"], as: colleague).status == 303)
        #expect(await site.site.post(path(site), as: admin).status == 303)
        #expect(try await assigned(colleague, site) == "c06 draft")
        #expect(
            try await site.site.row(
                "SELECT string_agg(assigned::text, ' ' ORDER BY round) FROM indicator_rounds WHERE area_id = \(site.area)"
            )
                == ["4 3"])
    }

    @Test func `are not overwritten by one who has not seen them`() async throws {
        let site = try await ReportSite()
        let colleague = try await colleague(site)
        let admin = site.catalogue.admin
        _ = await site.site.post(path(site), ["receivers": "\(colleague.id)", "seen": ""], as: admin)
        #expect(await site.site.post(path(site), ["seen": ""], as: admin).status == 409)
        #expect(try await site.count("indicator_receivers") == "1")
    }

    @Test func `must be able to, and of the office`() async throws {
        let site = try await ReportSite()
        let other = try await site.site.member("ทั่วไป", holding: .upload)
        try await site.move(other, to: site.office)
        let admin = site.catalogue.admin
        let unable = await site.site.post(path(site), ["receivers": "\(other.id)"], as: admin)
        #expect(unable.status == 422 && unable.text.contains("ไม่มีสิทธิ์ File"))
        #expect(await site.site.post(path(site), ["officers": "\(site.teacher.id)"], as: admin).status == 422)
        #expect(try await site.count("indicator_receivers") == "0")
    }

    @Test func `are taken into the next year`() async throws {
        let site = try await ReportSite()
        let colleague = try await colleague(site)
        let admin = site.catalogue.admin
        _ = await site.site.post(path(site), ["receivers": "\(colleague.id)"], as: admin)
        let year = try await site.site.row("SELECT year FROM indicators WHERE area_id = \(site.area)")[0]
        let next = (Int(year) ?? 0) + 1
        #expect(await site.site.post("/years", ["year": "\(next)", "from": year], as: admin).status == 303)
        #expect(try await site.count("indicator_receivers") == "2")
    }

    @Test func `can be those whom the administrator lets report, by one click`() async throws {
        let site = try await ReportSite()
        let officer = try await site.site.member("ทั่วไป", holding: .compare)
        try await site.move(officer, to: site.office)
        let admin = try await site.site.member("ผู้จัดการ", holding: .members)
        func flags() async throws -> String {
            try await site.site.row(
                "SELECT array_to_string(flags, ' ') FROM members WHERE area_id = \(site.area) AND id = \(officer.id)")[
                    0]
        }
        #expect(await site.site.get("/members/reporters", as: admin).text.contains("เจ้าหน้าที่ทั่วไป"))
        #expect(await site.site.post("/members/reporters", ["switch": "\(officer.id).yes"], as: admin).status == 303)
        #expect(try await Set(flags().split(separator: " ")) == ["Friends", "School", "SA", "Upload"])
        #expect(await site.site.post("/members/reporters", ["switch": "\(officer.id).no"], as: admin).status == 303)
        #expect(try await flags() == "Friends")
        #expect(await site.site.post("/members/reporters", ["switch": "x"], as: admin).status == 404)
    }
}
