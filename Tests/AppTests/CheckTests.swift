import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `The area checks a report` {
    /// With one report that is confirmed, self-score 4.
    private func site() async throws -> ReportSite {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        return site
    }

    @Test func `with a score, which is counted at once`() async throws {
        let site = try await site()
        #expect(await site.check("4.73333").headers["location"] == "/\(site.site.area.code)\(site.report)/check")
        #expect(
            try await site.row("state, check_score::text, checked_by, checked_name")
                == ["checked", "4.73333", "\(site.checker.id)", site.name(of: site.checker, "ตรวจการ")])
        #expect(try await site.counts() == ["1", "1", "3", "4.73333"])
        #expect(try await site.recorded("report.checked") == "1")
        #expect(await site.site.get("/indicators", as: site.teacher).text.contains("ยืนยัน 1 ตรวจ 1 ทั้งหมด 3"))
        #expect(await site.site.get(site.report, as: site.teacher).text.contains("4.73333"))
    }

    @Test func `and the unit sees who opened it, once for each sending`() async throws {
        let site = try await site()
        for path in [site.report, "\(site.report)/check", site.report] {
            #expect(await site.site.get(path, as: site.checker).status == 200)
        }
        #expect(try await site.recorded("report.opened") == "1")
        let clock = await site.site.get(site.report, as: site.teacher).text
        #expect(clock.contains("<b>เปิดดู</b>") && clock.contains(site.name(of: site.checker, "ตรวจการ")))
        // Their own look is nothing to tell.
        #expect(try await site.recorded("report.opened") == "1")
        _ = await site.site.post("\(site.report)/withdrawal", as: site.director)
        _ = await site.confirm(["version": "2"])
        _ = await site.site.get(site.report, as: site.checker)
        #expect(try await site.recorded("report.opened") == "2")
    }

    @Test(arguments: ["0", "0.99999", "5.00001", "6", "4.123456", "x", ""])
    func `with a score from 1 to 5 of five decimals only`(score: String) async throws {
        let site = try await site()
        let refused = await site.check(score)
        #expect(refused.status == 422 && refused.problem(at: "check-score") != nil)
        #expect(refused.text.contains("name=\"check-score\" type=\"text\" value=\"\(score)\""))
        #expect(try await site.row("state, check_score") == ["confirmed", "null"])
    }

    @Test func `with what the figures come to, by one button`() async throws {
        let site = try await site()
        #expect(await site.site.get("\(site.report)/check", as: site.checker).text.contains("ให้ตามตัวเลข 3.73333"))
        let given = await site.site.post(
            "\(site.report)/check", ["check-score": "4", "offered": "3.73333", "reason": "ตามตัวเลข"], as: site.checker)
        #expect(given.status == 303)
        #expect(try await site.row("check_score::text") == ["3.73333"])
    }

    @Test func `lower than the school did only with a reason, that the school reads`() async throws {
        let site = try await site()
        let refused = await site.check("3.99999")
        #expect(refused.status == 422 && refused.problem(at: "reason")?.contains("(4)") == true)
        #expect(refused.text.contains("value=\"3.99999\""))
        #expect(try await site.state() == "confirmed")
        let given = await site.site.post(
            "\(site.report)/check", ["check-score": "๓.๕", "reason": "หลักฐานไม่ครบ"], as: site.checker)
        #expect(given.status == 303)
        #expect(try await site.row("state, check_score::text") == ["checked", "3.5"])
        #expect(await site.site.get(site.report, as: site.teacher).text.contains("หลักฐานไม่ครบ"))
    }

    @Test func `and undoes it, by whoever may check`() async throws {
        let site = try await site()
        let other = try await site.site.member("ผู้ตรวจสอง", holding: .proof)
        #expect(await site.site.post("\(site.report)/check/undoing", as: other).status == 409)
        _ = await site.check()
        let undoing = "\(site.report)/check/undoing"
        #expect(await site.site.get(site.report, as: other).text.contains(undoing))
        #expect(!(await site.site.get(site.report, as: site.director).text.contains(undoing)))
        #expect(await site.site.post("\(site.report)/check/undoing", as: other).status == 303)
        #expect(
            try await site.row("state, check_score, checked_at, checked_by, checked_name")
                == ["confirmed", "null", "null", "null", "null"])
        #expect(try await site.counts() == ["1", "0", "3", "0"])
        #expect(try await site.recorded("report.check-undone") == "1")
        #expect(await site.check("5").status == 303)
        #expect(try await site.counts() == ["1", "1", "3", "5"])
    }

    @Test func `that another has checked meanwhile, and learns who`() async throws {
        let site = try await site()
        _ = await site.check("4")
        let other = try await site.site.member("ผู้ตรวจสอง", holding: .proof)
        for score in ["5", "4"] {
            let late = await site.check(score, as: other)
            #expect(late.status == 422 && late.text.contains("\(site.name(of: site.checker, "ตรวจการ")) ตรวจรายงานของ"))
        }
        #expect(try await site.row("check_score::text, checked_by") == ["4", "\(site.checker.id)"])
        // The first one's double click is no second check.
        #expect(await site.check("4").status == 303)
        #expect(try await site.recorded("report.checked") == "1")
        #expect(try await site.counts() == ["1", "1", "3", "4"])
    }

    @Test func `as it saw it: one that changed since is looked at again`() async throws {
        let site = try await site()
        _ = await site.site.post("\(site.report)/withdrawal", as: site.director)
        _ = await site.confirm(["entry-a": "290"])
        let form: KeyValuePairs = ["check-score": "5", "version": "1"]
        let refused = await site.site.post("\(site.report)/check", form, as: site.checker)
        #expect(refused.status == 422 && refused.text.contains("เปลี่ยนไปหลังจากที่ท่านเปิดดู"))
        #expect(refused.text.contains("name=\"version\" value=\"3\""))
        let returned = await site.site.post(
            "\(site.report)/return", ["comment": "แก้", "correct-by": "1/1/2600", "version": "1"], as: site.checker)
        #expect(returned.status == 422)
        #expect(try await site.row("state, version") == ["confirmed", "3"])
        let again: KeyValuePairs = ["check-score": "5", "version": "3"]
        #expect(await site.site.post("\(site.report)/check", again, as: site.checker).status == 303)
    }

    @Test func `only when the school has confirmed it`() async throws {
        let site = try await ReportSite()
        _ = await site.save(ReportSite.sound)
        let refused = await site.check()
        #expect(refused.status == 422 && refused.text.contains("ยังไม่มีรายงานที่ยืนยันแล้วให้ตรวจ"))
        let program = await site.site.api(
            .post, "\(site.report)/check", token: try await site.site.apiToken(of: site.checker, .proof),
            "{\"check-score\": 4}")
        #expect(program.status == 409)
        #expect(try await site.row("state, check_score") == ["draft", "null"])
    }

    @Test func `and goes on to the next that waits, in the order of the names`() async throws {
        let site = try await site()
        // บ้านน้ำใจ, บ้านปัว, บ้านเหนือ; after the last the first that was passed over.
        for other in site.others { try await site.confirmOther(other) }
        let start = "/\(site.site.area.code)"
        #expect(await next(site, site.others[0]) == "\(start)\(site.others[1])/check")
        #expect(await next(site, site.others[1]) == "\(start)\(site.report)/check")
        #expect(await next(site, site.report) == "\(start)/indicators/\(site.indicator)/matrix")
        #expect(try await site.counts() == ["3", "3", "3", "12"])
    }

    private func next(_ site: ReportSite, _ report: String) async -> String? {
        await site.site.post("\(report)/check", ["check-score": "4", "then": "next"], as: site.checker)
            .headers["location"]
    }

    @Test func `with the flag Proof, and not one that is hidden`() async throws {
        let site = try await site()
        #expect(await site.check(as: site.director).status == 403)
        #expect(await site.site.get("\(site.report)/check", as: site.director).status == 403)
        let other = try await ReportSite()
        #expect(await other.check("4", site.report).status == 404)
        try await site.site.execute("UPDATE indicators SET state = 'hidden' WHERE area_id = \(site.area)")
        #expect(await site.check().status == 404)
        #expect(try await site.state() == "confirmed")
    }

    @Test func `not in a year that is closed, of which nothing changes`() async throws {
        let site = try await site()
        try await site.confirmOther(site.others[0])
        #expect(await site.check("5", site.others[0]).status == 303)
        let closing: SQL = "UPDATE fiscal_years SET closed_at = now() WHERE area_id = \(site.area)"
        try await site.site.execute(closing)
        let refused = await site.check()
        #expect(refused.status == 422 && refused.text.contains("ปีงบประมาณ \(site.catalogue.year) ปิดแล้ว"))
        let words: KeyValuePairs = ["comment": "แก้", "correct-by": "1/1/2600"]
        #expect(await site.site.post("\(site.report)/return", words, as: site.checker).status == 422)
        #expect(await site.site.post("\(site.others[0])/check/undoing", as: site.checker).status == 409)
        #expect(try await site.counts() == ["2", "1", "3", "5"])
    }

    @Test func `also after the deadline, and when the round is closed`() async throws {
        let site = try await site()
        try await site.setDates(opened: -10, due: -1)
        try await site.site.execute("UPDATE indicator_rounds SET closed_at = now() WHERE area_id = \(site.area)")
        #expect(await site.check().status == 303)
        #expect(try await site.state() == "checked")
    }
}
