import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `The area returns a report` {
    private static let words: KeyValuePairs = ["comment": "แนบหลักฐาน\nเพิ่ม", "correct-by": "1/1/2600 12.00"]

    private func site() async throws -> ReportSite {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        return site
    }

    private func giveBack(
        _ site: ReportSite, _ fields: KeyValuePairs<String, String> = words, as member: TestMember? = nil
    ) async -> Response {
        await site.site.post("\(site.report)/return", fields, as: member ?? site.checker)
    }

    @Test func `with what is to be corrected, and until when`() async throws {
        let site = try await site()
        #expect(await giveBack(site).status == 303)
        #expect(
            try await site.row("state, confirmed_at, correct_by = '2057-01-01 12:00+07'") == [
                "returned", "null", "true",
            ])
        #expect(try await site.counts() == ["0", "0", "3", "0"])
        #expect(try await site.recorded("report.returned") == "1")
        let page = await site.site.get(site.report, as: site.teacher).text
        #expect(page.contains("เขตส่งกลับให้แก้ไข") && page.contains("แนบหลักฐาน"))
        #expect(page.contains("แก้ไขภายใน 1 ม.ค. 2600"))
        #expect(await site.site.get("/", as: site.teacher).text.contains("ส่งกลับให้แก้ไข"))
    }

    @Test func `not until a moment that has passed, nor without saying what`() async throws {
        let site = try await site()
        let past = await giveBack(site, ["comment": "แก้", "correct-by": "1/1/2560"])
        #expect(past.status == 422 && past.problem(at: "correct-by")?.contains("ต้องเป็นเวลาข้างหน้า") == true)
        #expect(past.text.contains("value=\"1/1/2560\"") && past.problem(at: "comment") == nil)
        let silent = await giveBack(site, ["comment": " ", "correct-by": "1/1/2600"])
        #expect(silent.status == 422 && silent.problem(at: "comment") != nil)
        #expect(try await site.row("state, version") == ["confirmed", "1"])
    }

    @Test func `which is corrected and confirmed again, also after the round's deadline`() async throws {
        let site = try await site()
        _ = await giveBack(site)
        try await site.setDates(opened: -10, due: -1)
        #expect(await site.save(["entry-a": "290"]).status == 303)
        #expect(try await site.row("state, entries ->> 'a'") == ["returned", "290"])
        #expect(await site.confirm(["entry-a": "300", "self-score": "5"]).status == 303)
        #expect(try await site.row("state, score::text") == ["confirmed", "5"])
        #expect(try await site.counts() == ["1", "0", "3", "0"])
        #expect(await site.check("5").status == 303)
    }

    @Test func `is not returned once it is checked, nor before it is confirmed`() async throws {
        let site = try await site()
        _ = await site.check()
        let late = await giveBack(site)
        #expect(late.status == 422 && late.text.contains("แล้วเมื่อ"))
        _ = await site.site.post("\(site.report)/check/undoing", as: site.checker)
        _ = await giveBack(site)
        #expect(await giveBack(site).status == 422)
        #expect(try await site.recorded("report.returned") == "1")
    }

    @Test func `by the owner of the indicator, who gives no score`() async throws {
        let site = try await site()
        let owner = try await site.site.member("เจ้าของ", holding: .owner)
        try await site.move(owner, to: site.office)
        #expect(await giveBack(site, as: owner).status == 404)
        #expect(await site.site.get("\(site.report)/check", as: owner).status == 404)
        try await site.site.execute("UPDATE indicators SET owner_id = \(owner.id) WHERE area_id = \(site.area)")
        let page = await site.site.get("\(site.report)/check", as: owner)
        #expect(page.status == 200 && !page.text.contains("name=\"check-score\""))
        #expect(page.text.contains("\(site.report)/return\""))
        #expect(await site.check(as: owner).status == 403)
        #expect(await giveBack(site, as: owner).status == 303)
        #expect(try await site.state() == "returned")
    }
}

@Suite(.database) struct `What is said about a report` {
    @Test func `stays with it, and both sides read it in order`() async throws {
        let site = try await ReportSite()
        let path = "\(site.report)/comments"
        #expect(await site.site.post(path, ["comment": "ส่งช้าได้ไหม"], as: site.teacher).status == 303)
        #expect(await site.site.post(path, ["comment": "ได้ถึงวันศุกร์"], as: site.checker).status == 303)
        let page = await site.site.get(site.report, as: site.director).text
        let (question, answer) = (page.firstRange(of: "ส่งช้าได้ไหม"), page.firstRange(of: "ได้ถึงวันศุกร์"))
        #expect(try #require(question).lowerBound < #require(answer).lowerBound)
        #expect(try await site.recorded("report.commented") == "2")
        #expect(await site.site.get("\(site.report)/check", as: site.checker).text.contains("ส่งช้าได้ไหม"))
    }

    @Test func `is said by those who send, check or receive it, and is never empty`() async throws {
        let site = try await ReportSite()
        let path = "\(site.report)/comments"
        let friend = try await site.site.member("ผู้เทียบ", holding: .compare)
        try await site.move(friend, to: site.office)
        for stranger in [friend, try await site.neighbour()] {
            #expect(await site.site.post(path, ["comment": "เห็น"], as: stranger).status == 404)
        }
        let empty = await site.site.post(path, ["comment": "  "], as: site.teacher)
        #expect(empty.status == 422 && empty.problem(at: "comment") != nil)
        #expect(try await site.recorded("report.commented") == "0")
    }
}

@Suite(.database) struct `Who sees a report` {
    @Test func `is its school, those who compare, check, receive or control it, and nobody else`() async throws {
        let site = try await ReportSite()
        let (neighbour, owner) = (try await site.neighbour(), try await site.site.member(holding: .owner))
        let (friend, other) = (try await site.site.member(holding: .compare), try await ReportSite())
        for member in [owner, friend] { try await site.move(member, to: site.office) }
        for member in [neighbour, owner] { #expect(await site.site.get(site.report, as: member).status == 404) }
        for member in [site.teacher, site.director, site.checker, friend] {
            #expect(await site.site.get(site.report, as: member).status == 200)
        }
        #expect(await other.site.get(site.report, as: other.teacher).status == 404)
        #expect(await other.site.get(site.report, as: other.checker).status == 404)
        try await site.site.execute("UPDATE indicators SET owner_unit_id = \(site.office) WHERE area_id = \(site.area)")
        #expect(await site.site.get(site.report, as: owner).status == 200)
    }

    @Test func `is nobody while its indicator is hidden`() async throws {
        let site = try await ReportSite()
        let owner = try await site.site.member(holding: .owner)
        _ = await site.attach()
        try await site.site.execute(
            "UPDATE indicators SET state = 'hidden', owner_id = \(owner.id) WHERE area_id = \(site.area)")
        for member in [site.teacher, site.director, site.checker, site.catalogue.admin] {
            #expect(await site.site.get(site.report, as: member).status == 404)
        }
        #expect(await site.save(["entry-a": "1"]).status == 404)
        #expect(await site.confirm().status == 404)
        #expect(await site.site.get("\(site.report)/evidence/1", as: site.teacher).status == 404)
        #expect(await site.site.post("\(site.report)/comments", ["comment": "ก"], as: site.teacher).status == 404)
        for path in ["", "/check", "/evidence/1"] {
            #expect(await site.site.get(site.report + path, as: owner).status == 404)
        }
        #expect(!(await site.site.get("/reports", as: site.teacher).text.contains(site.report)))
    }

    @Test func `of an officer by name are that officer and their unit, and only the officer fills it in`() async throws
    {
        let site = try await ReportSite()
        let colleague = try await site.site.member("เพื่อนร่วมงาน", holding: .school, .selfAssess)
        let officer = try await site.site.member("เจ้าหน้าที่", holding: .school, .selfAssess)
        for member in [colleague, officer] { try await site.move(member, to: site.office) }
        let round = "/indicators/\(site.indicator)/rounds/c06"
        _ = await site.site.post("\(round)/assignments", ["officers": "\(officer.id)"], as: site.catalogue.admin)
        let id = try await site.texts("id", "FROM assignments WHERE area_id = \(site.area) AND member_id IS NOT NULL")[
            0]
        let path = "/reports/\(id)/draft"
        #expect(await site.site.get("/reports/\(id)", as: colleague).status == 200)
        #expect(await site.site.post(path, ["entry-a": "1"], as: colleague).status == 403)
        #expect(await site.site.post(path, ["entry-a": "1"], as: officer).status == 303)
        #expect(await site.site.get("/reports", as: officer).text.contains("/reports/\(id)\""))
        #expect(!(await site.site.get("/reports", as: colleague).text.contains("/reports/\(id)\"")))
    }
}
