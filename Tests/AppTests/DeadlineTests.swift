import HTTP
import Kernel
import Postgres
import Reporting
import Runtime
import TestSupport
import Testing

@testable import Jobs

@Suite(.database) struct `The deadline of a report` {
    @Test func `passes, and what is not sent is missed, each once on the record`() async throws {
        let site = try await ReportSite()
        try await site.putOneInEachState()
        try await site.setDates(opened: -20, due: -60)
        for _ in 1...2 { try await site.runDeadline() }
        for report in [site.report] + site.others {
            #expect(try await site.state(of: report) == "missed")
            #expect(try await site.recorded("report.missed", of: report) == "1")
        }
        #expect(try await site.row("version") == ["2"])
        #expect(try await site.counts() == ["0", "0", "3", "0"])
        #expect(
            try await site.texts(
                "actor_id, actor_name, subject_name LIKE '1 ร้อยละ% · รอบ 6 เดือน · โรงเรียน%'",
                "FROM journal WHERE area_id = \(site.area) AND action = 'report.missed'") == ["null", "", "true"])
        let page = await site.site.get(site.report, as: site.teacher).text
        #expect(page.contains("ขาดส่ง") && page.contains("1.00000"))
        #expect(await site.site.get("/", as: site.teacher).text.contains("ขาดส่ง คะแนน 1.00000"))
        #expect(await site.confirm().status == 422)
    }

    @Test func `is not passed at its very moment`() async throws {
        let site = try await ReportSite()
        let due = Instant.now + 3600
        try await site.site.execute("UPDATE indicator_rounds SET due_at = \(due) WHERE area_id = \(site.area)")
        try await site.runDeadline(at: due)
        #expect(try await site.state() == "waiting")
        try await site.runDeadline(at: Instant(microseconds: due.microseconds + 1))
        #expect(try await site.state() == "missed")
    }

    @Test func `doesn't concern what is confirmed or checked`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        try await site.confirmOther(site.others[0])
        _ = await site.check("5")
        try await site.setDates(opened: -20, due: -60)
        try await site.runDeadline()
        #expect(try await site.state() == "checked")
        #expect(try await site.state(of: site.others[0]) == "confirmed")
        #expect(try await site.state(of: site.others[1]) == "missed")
        #expect(try await site.counts() == ["2", "1", "3", "5"])
    }

    @Test func `is later for one that was extended, and one that is to be corrected`() async throws {
        let site = try await ReportSite()
        try await site.putOneInEachState()
        try await site.setDates(opened: -20, due: -60)
        let later = Instant.now + 3600
        let (draft, returned) = (site.id(of: site.report), site.id(of: site.others[1]))
        try await site.site.execute(
            """
            UPDATE assignments
            SET extended_until = \(later), extension_reason = 'น้ำท่วม'
            WHERE area_id = \(site.area) AND id = \(draft)
            """)
        try await site.site.execute(
            "UPDATE assignments SET correct_by = \(later) WHERE area_id = \(site.area) AND id = \(returned)")
        try await site.runDeadline()
        #expect(try await site.states() == ["draft", "missed", "returned"])
        try await site.runDeadline(at: later + 1)
        #expect(try await site.states() == ["missed", "missed", "missed"])
    }

    @Test(
        arguments: [
            "UPDATE indicators SET state = 'hidden'", "UPDATE fiscal_years SET closed_at = now()",
        ] as [SQL])
    func `concerns nobody while the indicator is hidden or the year closed`(change: SQL) async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -20, due: -60)
        try await site.site.execute("\(part: change) WHERE area_id = \(site.area)")
        try await site.runDeadline()
        #expect(try await site.states() == ["waiting", "waiting", "waiting"])
    }

    @Test func `of another area is left alone`() async throws {
        let (site, other) = (try await ReportSite(), try await ReportSite())
        for site in [site, other] { try await site.setDates(opened: -20, due: -60) }
        try await site.runDeadline()
        #expect(try await site.state() == "missed")
        #expect(try await other.state() == "waiting")
    }
}

@Suite(.database) struct `A missed report is taken again` {
    /// Three that were waiting, a draft and returned, all missed.
    private func site() async throws -> ReportSite {
        let site = try await ReportSite()
        try await site.putOneInEachState()
        try await site.setDates(opened: -20, due: -60)
        try await site.runDeadline()
        #expect(try await site.states() == ["missed", "missed", "missed"])
        return site
    }

    @Test func `when it is extended, as it was`() async throws {
        let site = try await site()
        for report in [site.report] + site.others { #expect(await site.extend(report).status == 303) }
        #expect(try await site.states() == ["draft", "waiting", "returned"])
        #expect(try await site.row("entries ->> 'a', version") == ["281", "2"])
        #expect(await site.site.get(site.report, as: site.teacher).text.contains("น้ำท่วม"))
        #expect(await site.confirm(["entry-b": "300", "self-score": "4"]).status == 303)
        #expect(try await site.row("state, round(score, 5)::text") == ["confirmed", "3.73333"])
        #expect(try await site.counts() == ["1", "0", "3", "0"])
        // It is the extension that counts now.
        try await site.runDeadline()
        #expect(try await site.states() == ["confirmed", "waiting", "returned"])
    }

    @Test func `when the round is due later, all of them`() async throws {
        let site = try await site()
        #expect(await site.setDue("1/1/2500").status == 422)
        #expect(await site.setDue(day(-1)).status == 303)
        #expect(try await site.states() == ["missed", "missed", "missed"])
        #expect(await site.setDue(day(30)).status == 303)
        #expect(try await site.states() == ["draft", "waiting", "returned"])
        #expect(await site.confirm(["entry-b": "300", "self-score": "4"]).status == 303)
    }

    private func day(_ days: Int) -> String { "\((Day(inBangkok: .now) + days).text) 16:30" }
}

@Suite(.database) struct `The work of a deadline` {
    @Test func `is planned once for each moment, however it comes about`() async throws {
        let site = try await ReportSite()
        let next = Day(inBangkok: .now) + 40
        // The year's own date of the round.
        #expect(try await site.planned() == "1")
        for _ in 1...2 { #expect(await site.setDue("\(next.text) 12:00").status == 303) }
        #expect(try await site.planned() == "2")
        #expect(try await site.planned(at: next.instant(hour: 12, minute: 0) + 1) == "1")
        for report in site.others {
            #expect(await site.extend(report, until: "\((next + 1).text) 12:00").status == 303)
        }
        #expect(try await site.planned(at: (next + 1).instant(hour: 12, minute: 0) + 1) == "1")
        #expect(await site.confirm().status == 303)
        let words: KeyValuePairs = ["comment": "แก้", "correct-by": "\((next + 2).text) 12:00"]
        #expect(await site.site.post("\(site.report)/return", words, as: site.checker).status == 303)
        #expect(try await site.planned(at: (next + 2).instant(hour: 12, minute: 0) + 1) == "1")
        #expect(try await site.planned() == "4")
    }

    @Test func `is planned at once when a date is set that has passed`() async throws {
        let site = try await ReportSite()
        #expect(try await site.planned() == "1")
        #expect(await site.setDue("\((Day(inBangkok: .now) + -1).text) 16:30").status == 303)
        #expect(try await site.planned() == "2")
        try await site.runDeadline()
        #expect(try await site.states() == ["missed", "missed", "missed"])
        // Nothing is left to do.
        #expect(await site.setDue("\((Day(inBangkok: .now) + -1).text) 16:30").status == 303)
        #expect(try await site.planned() == "2")
    }

    @Test func `is planned at once when an indicator is shown whose date has passed`() async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -20, due: -60)
        try await site.site.execute("UPDATE indicators SET state = 'hidden' WHERE area_id = \(site.area)")
        let shown = await site.catalogue.send("/indicators/\(site.indicator)", site.catalogue.form())
        #expect(shown.status == 303, "\(shown.text)")
        #expect(try await site.planned() == "2")
    }

    @Test func `is planned at once for one who must report when it has passed`() async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -20, due: -60)
        try await site.runDeadline()
        let unit = try await TestSite.makeUnit("โรงเรียนที่ลืม", in: site.site.area, site.site.database)
        let path = "/indicators/\(site.indicator)/rounds/c06/assignments"
        #expect(await site.site.post(path, ["units": "\(unit)"], as: site.catalogue.admin).status == 303)
        #expect(try await site.planned() == "2")
    }
}

extension ReportSite {
    /// The first school has a draft, the second waits, the third is to correct by a moment that has passed.
    fileprivate func putOneInEachState() async throws {
        #expect(await save(["entry-a": "281"]).status == 303)
        try await confirmOther(others[1])
        let words: KeyValuePairs = ["comment": "แก้", "correct-by": "1/1/2600"]
        #expect(await site.post("\(others[1])/return", words, as: checker).status == 303)
        let past = Instant.now + -120
        try await site.execute(
            "UPDATE assignments SET correct_by = \(past) WHERE area_id = \(area) AND correct_by IS NOT NULL")
        #expect(try await states() == ["draft", "waiting", "returned"])
    }

    fileprivate func states() async throws -> [String] {
        var states: [String] = []
        for report in [report] + others { try await states.append(state(of: report)) }
        return states
    }

    fileprivate func runDeadline(at now: Instant = .now) async throws {
        try await Self.runDeadline(in: area, of: site.database, at: now)
    }

    static func runDeadline(in area: AreaID, of database: Database, at now: Instant) async throws {
        let kinds = ReportingJobs.kinds(database, clock: { now })
        #expect(kinds.map(\.name) == ["deadline"])
        try await kinds[0].run(Job(area: area.rawValue, id: 1, kind: "deadline", payload: [:], attempts: 1))
    }

    fileprivate func extend(_ report: String, until: String = "1/1/2600") async -> Response {
        await site.post(
            "/indicators/\(indicator)/rounds/c06/extension",
            ["assignment": "\(id(of: report))", "until": until, "reason": "น้ำท่วม"], as: catalogue.admin)
    }

    fileprivate func setDue(_ due: String) async -> Response {
        let opens = (Day(inBangkok: .now) + -20).text
        return await site.post(
            "/indicators/\(indicator)/rounds/c06/dates", ["opens": opens, "due": due], as: catalogue.admin)
    }

    fileprivate func planned(at moment: Instant? = nil) async throws -> String {
        try await texts(
            "count(*)",
            """
            FROM jobs
            WHERE area_id = \(area) AND kind = 'deadline' AND run_at = coalesce(\(moment)::timestamptz, run_at)
            """)[0]
    }
}
