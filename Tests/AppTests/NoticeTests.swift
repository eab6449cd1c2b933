import HTTP
import Kernel
import Postgres
import TestSupport
import Testing

@Suite(.database) struct `Members are told of what happens to their reports` {
    /// The texts of a member's notices, the latest first.
    private func told(_ member: TestMember, _ site: ReportSite) async -> [String] {
        let page = await site.site.get("/notices", as: member).text
        return page.split(separator: "<div class=\"date\">").dropFirst().map(String.init)
    }

    private func bell(_ member: TestMember, _ site: ReportSite) async -> String {
        await site.site.get("/notices/bell", as: member).text
    }

    @Test func `when it is returned: all of the unit who report, and nobody else`() async throws {
        let site = try await ReportSite()
        let neighbour = try await site.neighbour()
        _ = await site.confirm()
        let form: KeyValuePairs = ["comment": "ตรวจจำนวนนักเรียน", "correct-by": "1/1/2600"]
        #expect(await site.site.post("\(site.report)/return", form, as: site.checker).status == 303)
        try await site.site.run(job: "news")
        for member in [site.teacher, site.director] {
            let notices = await told(member, site)
            #expect(notices.count == 1 && notices[0].contains("ส่งกลับแก้ไข ตรวจจำนวนนักเรียน"))
            #expect(await bell(member, site).contains(">1<"))
        }
        #expect(await told(neighbour, site) == [])
        #expect(await told(site.checker, site) == [])
    }

    @Test func `once, however often the work is done`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        _ = await site.check("4")
        for _ in 1...3 { try await site.site.run(job: "news") }
        let notices = await told(site.teacher, site)
        #expect(notices.count == 1 && notices[0].contains("ตรวจแล้ว 4.00000"))
    }

    @Test func `from the first on, however much was done before anybody was told`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        _ = await site.check("4")
        _ = await site.site.post("\(site.report)/comments", ["comment": "เก็บต้นฉบับไว้"], as: site.checker)
        try await site.site.run(job: "news")
        #expect(await told(site.teacher, site).count == 2)
    }

    @Test func `when somebody comments: the other side`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        _ = await site.site.post("\(site.report)/comments", ["comment": "เอกสารที่ 2 อ่านไม่ออก"], as: site.checker)
        try await site.site.run(job: "news")
        #expect(await told(site.teacher, site).count == 1)
        #expect(await told(site.checker, site) == [])
        _ = await site.site.post("\(site.report)/comments", ["comment": "ส่งใหม่แล้ว"], as: site.teacher)
        try await site.site.run(job: "news")
        let answered = await told(site.checker, site)
        #expect(answered.count == 1 && answered[0].contains("ส่งใหม่แล้ว"))
    }

    @Test func `and a notice that is opened leads there, and is read`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        _ = await site.check("4")
        try await site.site.run(job: "news")
        let id = try await site.texts(
            "id", "FROM notices WHERE area_id = \(site.area) AND member_id = \(site.teacher.id)")
        #expect(await site.site.post("/notices/\(id[0])/reading", as: site.checker).status == 404)
        let opened = await site.site.post("/notices/\(id[0])/reading", as: site.teacher)
        #expect(opened.status == 303 && opened.headers["location"]?.hasSuffix(site.report) == true)
        #expect(await !bell(site.teacher, site).contains(">1<"))
        #expect(await bell(site.director, site).contains(">1<"))
        #expect(await site.site.post("/notices/reading", as: site.director).status == 303)
        #expect(await !bell(site.director, site).contains(">1<"))
    }

    @Test func `and nobody of another area`() async throws {
        let (site, other) = (try await ReportSite(), try await ReportSite())
        _ = await site.confirm()
        _ = await site.check("4")
        try await site.site.run(job: "news")
        try await other.site.run(job: "news")
        #expect(await told(other.teacher, other) == [])
    }
}

@Suite(.database) struct `A calendar of deadlines` {
    private func address(_ member: TestMember, _ site: ReportSite) async throws -> String {
        let page = await site.site.get("/account/notices", as: member).text
        let address = try #require(page.split(separator: "/calendar/").last?.split(separator: "\"").first)
        return "/calendar/\(address)"
    }

    @Test func `is read without signing in, by whoever has the address`() async throws {
        let site = try await ReportSite()
        let path = try await address(site.teacher, site)
        let calendar = await site.site.get(path)
        #expect(calendar.status == 200 && calendar.headers["content-type"]?.hasPrefix("text/calendar") == true)
        #expect(calendar.text.split(separator: "BEGIN:VEVENT").count == 2)
        #expect(calendar.text.contains("/reports/\(site.id(of: site.report))"))
        #expect(calendar.text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
    }

    @Test func `forgets what was sent`() async throws {
        let site = try await ReportSite()
        let path = try await address(site.teacher, site)
        _ = await site.confirm()
        #expect(await !site.site.get(path).text.contains("BEGIN:VEVENT"))
    }

    @Test func `moves to another address, and the old one is nobody's`() async throws {
        let site = try await ReportSite()
        let path = try await address(site.teacher, site)
        #expect(await site.site.post("/account/calendar", as: site.teacher).status == 303)
        #expect(await site.site.get(path).status == 404)
        #expect(try await site.site.get(address(site.teacher, site)).status == 200)
    }

    @Test func `is not guessed, and shows nothing of who was disabled`() async throws {
        let site = try await ReportSite()
        let path = try await address(site.teacher, site)
        let near = path.dropLast(5) + (path.hasSuffix("A.ics") ? "B.ics" : "A.ics")
        for guess in ["/calendar/1-1-x.ics", "/calendar/x", String(near)] {
            #expect(await site.site.get(guess).status == 404)
        }
        try await site.site.execute(
            "UPDATE members SET status = 'disabled' WHERE area_id = \(site.area) AND id = \(site.teacher.id)")
        #expect(await !site.site.get(path).text.contains("BEGIN:VEVENT"))
    }
}
