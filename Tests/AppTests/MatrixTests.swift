import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `Units by rounds` {
    private func path(_ site: ReportSite) -> String { "/indicators/\(site.indicator)/matrix" }

    @Test func `show what each gave itself, what the area gave, and who`() async throws {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        #expect(await site.check("4.5").status == 303)
        try await site.confirmOther(site.others[0])
        let page = await site.site.get(path(site), as: site.checker).text
        let row = try #require(page.split(separator: "<tr>").first { $0.contains("\(site.report)\"") })
        #expect(row.contains(">4</span>") && row.contains("class=\"who\">อำนวย<"))
        #expect(row.contains(">4.5</span>") && row.contains("class=\"who\">ตรวจการ<"))
        #expect(page.contains("เฉลี่ย 4.50"))
        #expect(page.contains("href=\"/\(site.site.area.code)\(site.others[0])/check\""))
    }

    @Test func `show only those in a state, and count them`() async throws {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        let page = await site.site.get("\(path(site))?only=waiting", as: site.checker).text
        #expect(page.contains("\(site.others[0])\"") && !page.contains("\(site.report)\""))
        #expect(page.contains("รอส่ง 2") && page.contains("รอตรวจ 1") && page.contains("ทั้งหมด 3"))
    }

    @Test func `say nothing yet of a round that isn't open`() async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: 1, due: 2 * 86_400)
        let page = await site.site.get(path(site), as: site.checker).text
        #expect(!page.contains("รอส่ง") && page.contains("<td class=\"later\">"))
    }

    @Test func `are there for those who compare, check or receive, and for the indicator's owner`() async throws {
        let site = try await ReportSite()
        let (friend, owner) = (
            try await site.site.member(holding: .compare), try await site.site.member(holding: .owner)
        )
        #expect(await site.site.get(path(site), as: friend).status == 200)
        #expect(await site.site.get(path(site), as: site.teacher).status == 403)
        for path in [path(site), path(site) + ".xlsx"] {
            #expect(await site.site.get(path, as: owner).status == 404)
        }
        try await site.site.execute("UPDATE indicators SET owner_id = \(owner.id) WHERE area_id = \(site.area)")
        for path in [path(site), path(site) + ".xlsx"] {
            #expect(await site.site.get(path, as: owner).status == 200)
        }
        let other = try await ReportSite()
        #expect(await other.site.get(path(site), as: other.checker).status == 404)
        try await site.site.execute("UPDATE indicators SET state = 'hidden' WHERE area_id = \(site.area)")
        #expect(await site.site.get(path(site), as: site.checker).status == 404)
    }

    @Test func `keep officers of one name apart`() async throws {
        let site = try await ReportSite()
        let officers = [try await site.site.member(), try await site.site.member()]
        for officer in officers { try await site.move(officer, to: site.office) }
        try await site.site.execute(
            "UPDATE members SET last_name = 'ใจดี' WHERE area_id = \(site.area) AND unit_id = \(site.office)")
        let path = "/indicators/\(site.indicator)/rounds/c06/assignments"
        let both = officers.map { "\($0.id)" }.joined(separator: ",")
        #expect(await site.site.post(path, ["officers": both], as: site.catalogue.admin).status == 303)
        let page = await site.site.get(self.path(site), as: site.checker).text
        #expect(page.contains("5 หน่วยงาน"))
        #expect(page.components(of: "<th scope=\"row\">กตัญญู ใจดี · กลุ่มนิเทศ</th>") == 2)
    }

    @Test func `are the same for programs`() async throws {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        let token = try await site.site.apiToken(of: site.checker, .proof)
        let answer = try JSON(parsing: Array(await site.site.api(.get, path(site), token: token).text.utf8))
        let items = try #require(answer["items"]?.items)
        #expect(items.count == 3 && items.count { $0["state"] == "waiting" } == 2)
        let own = try #require(items.first { $0["state"] == "confirmed" })
        #expect(own["self-score"] == 4 && own["round"] == "c06" && own["check-score"] == .null)
    }
}

@Suite(.database) struct `What is to be done` {
    @Test func `is for the school to begin, to finish, and to wait`() async throws {
        let site = try await ReportSite()
        func home() async -> String { await site.site.get("/", as: site.teacher).text }
        #expect(await home().contains("เริ่มรายงาน"))
        _ = await site.save(["entry-a": "281"])
        let drafted = await home()
        #expect(drafted.contains("กรอกต่อ") && !drafted.contains("เริ่มรายงาน"))
        _ = await site.confirm()
        #expect(await home().contains("ส่งแล้ว รอเขตตรวจ"))
        _ = await site.check("4.5")
        #expect(await home().contains("ตรวจแล้ว ได้ 4.50000"))
    }

    @Test func `is for the office to check, to receive, and to look after its own`() async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -10, due: 5 * 86_400)
        let owner = try await site.site.member(holding: .owner)
        try await site.move(owner, to: site.office)
        #expect(!(await site.site.get("/", as: owner).text.contains("ยังไม่ส่ง")))
        try await site.site.execute("UPDATE indicators SET owner_id = \(owner.id) WHERE area_id = \(site.area)")
        #expect(await site.site.get("/", as: owner).text.contains("ยังไม่ส่ง 3 หน่วยงาน"))
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        #expect(await site.confirm().status == 303)
        let home = await site.site.get("/", as: site.checker).text
        #expect(home.contains("รอตรวจ 1 หน่วยงาน") && home.contains("รอรับ 1 ไฟล์"))
        #expect(home.contains("\(site.report)/check\""))
        #expect(await site.site.get("/", as: owner).text.contains("ยังไม่ส่ง 2 หน่วยงาน"))
        #expect(!(await site.site.get("/", as: site.teacher).text.contains("รอตรวจ 1 หน่วยงาน")))
    }

    @Test func `is listed for the year: to be sent, sent, and not open yet`() async throws {
        let site = try await ReportSite()
        let open = await site.site.get("/reports", as: site.teacher).text
        #expect(open.contains("ต้องส่ง") && open.contains("\(site.report)\""))
        #expect(!open.contains("\(site.others[0])\""))
        try await site.setDates(opened: 5, due: 10 * 86_400)
        #expect(await site.site.get("/reports", as: site.teacher).text.contains("ยังไม่เปิดรับ 1 รายการ"))
        try await site.setDates(opened: -10, due: -60)
        #expect(await site.site.get("/reports", as: site.teacher).text.contains("ส่งแล้วและผ่านไปแล้ว"))
        let none = await site.site.get("/reports", as: site.checker).text
        #expect(none.contains("ปีนี้ยังไม่มีรายงานที่ต้องส่ง"))
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
