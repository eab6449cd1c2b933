import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import TestSupport
import Testing

/// In a database of their own: a year that is closed is closed for all tests.
@Suite(.clonedDatabase, .timeLimit(.minutes(3))) struct `The end of a year of results` {
    private static let year = FiscalYear(at: .now).number

    /// Certified, and past all its dates.
    private func site(certified: Bool = true) async throws -> NationalSite {
        let site = try await NationalSite()
        #expect(try await site.confirm().status == 303)
        if certified { #expect(try await site.certify().status == 303) }
        try await site.letTimePass(due: -3600)
        return site
    }

    private func close(_ site: NationalSite) async throws -> Response {
        let answer = await site.centre.post("/years/\(Self.year)/closing", as: site.office)
        try await site.deliver(from: site.centre)
        return answer
    }

    @Test func `makes every result final, with a summary that anybody can verify`() async throws {
        let site = try await site()
        #expect(try await close(site).status == 303)
        let reopened = await site.centre.post(
            "\(try await site.item())/reopening", ["reason": "พบข้อมูลซ้ำ"], as: site.office)
        #expect(reopened.status == 409 && reopened.text.contains("ปิดปีแล้ว"), "\(reopened.text)")
        #expect(try await site.state() == "certified")
        let results = await site.area.get("/results", as: site.director).text
        #expect(results.contains("ผลของปีนี้เป็นที่สิ้นสุด"))
        let summary = try #require(results.firstMatch(of: /\/verify\/[0-9a-f-]+/)).output
        let page = await site.area.get(String(summary)).text
        #expect(page.contains("ผลทั้งปี") && page.contains("3.73333") && page.contains("เลขที่ 1"))
        #expect(await site.centre.get("/overall", as: site.office).text.contains("ผลของปีนี้เป็นที่สิ้นสุดแล้ว"))
        #expect(try await site.recorded("results.closed") == "1")
    }

    @Test func `waits for what is still under way`() async throws {
        let waiting = try await site(certified: false)
        let refused = try await close(waiting)
        #expect(refused.status == 409 && refused.text.contains("1 ผลรอการรับรอง"), "\(refused.text)")
        #expect(try await waiting.certify().status == 303)
        try await waiting.letTimePass(due: 3600)
        #expect(try await close(waiting).text.contains("1 รอบยังไม่ครบกำหนด"))
        try await waiting.letTimePass(due: -3600)
        #expect(try await close(waiting).status == 303)
    }

    @Test func `can be undone with a reason, and its summary says so`() async throws {
        let site = try await site()
        #expect(try await close(site).status == 303)
        let results = await site.area.get("/results", as: site.director).text
        let summary = String(try #require(results.firstMatch(of: /\/verify\/[0-9a-f-]+/)).output)
        let opened = await site.centre.post(
            "/years/\(Self.year)/reopening", ["reason": "ศาลสั่งให้พิจารณาใหม่"], as: site.office)
        #expect(opened.status == 303)
        try await site.deliver(from: site.centre)
        #expect(await site.area.get(summary).text.contains("ศาลสั่งให้พิจารณาใหม่"))
        let reopened = await site.centre.post(
            "\(try await site.item())/reopening", ["reason": "พบข้อมูลซ้ำ"], as: site.office)
        #expect(reopened.status == 303)
        #expect(try await close(site).text.contains("1 ผลรอการรับรอง"))
    }

    @Test func `brought twice, gives one summary`() async throws {
        let site = try await site()
        #expect(try await close(site).status == 303)
        try await site.centre.execute(
            "UPDATE deliveries SET delivered_at = NULL WHERE area_id = 0 AND kind = 'year-end'")
        try await site.deliver(from: site.centre)
        let count = try await site.area.row(
            "SELECT count(*) FROM certificates WHERE area_id = \(site.area.area.id) AND result_id IS NULL")
        #expect(count == ["1"])
    }

    @Test func `of an area alone leaves the central office's open`() async throws {
        let site = try await site()
        let admin = try await site.area.member("ผู้ดูแล", holding: .settings)
        _ = await site.area.post("/years", ["year": "\(Self.year)"], as: admin)
        #expect(await site.area.post("/years/\(Self.year)/closing", as: admin).status == 303)
        #expect(try await site.centre.row("SELECT count(*) FROM deliveries WHERE kind = 'year-end'") == ["0"])
    }
}
