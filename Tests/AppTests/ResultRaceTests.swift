import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import TestSupport
import Testing

@testable import Certification

@Suite(.clonedDatabase, .timeLimit(.minutes(3))) struct `Of two who act on a result at once` {
    @Test(arguments: [true, false])
    func `one certifies and the area withdraws: the first counts`(isCertifiedFirst: Bool) async throws {
        let site = try await NationalSite()
        #expect(try await site.confirm().status == 303)
        let withdraw: Act = { await site.area.post("\(try await site.result())/withdrawal", as: site.director).status }
        let certify: Act = { try await site.certify().status }
        let statuses = try await site.race(isCertifiedFirst ? [certify, withdraw] : [withdraw, certify])
        #expect(statuses == [303, 409])
        #expect(
            try await site.row("state, round(official, 5)::text")
                == (isCertifiedFirst ? ["certified", "3.73333"] : ["unreported", "1.00000"]))
        #expect(try await site.recorded("result.certified") == (isCertifiedFirst ? "1" : "0"))
        #expect(try await site.areTotalsRight())
    }

    @Test(arguments: [true, false])
    func `one certifies after all and the area edits: nothing is lost`(isCertifiedFirst: Bool) async throws {
        let site = try await NationalSite()
        #expect(try await site.confirm().status == 303)
        #expect(try await site.refuse().status == 303)
        // Who hasn't seen that it was refused doesn't certify over it.
        #expect(try await site.certify().status == 409)
        let decided = try await site.decided()
        let edit: Act = {
            await site.area.post(
                "\(try await site.result())/draft", ["entry-a": "290", "entry-b": "300"], as: site.director
            ).status
        }
        let certify: Act = { try await site.certify(after: decided).status }
        let statuses = try await site.race(isCertifiedFirst ? [certify, edit] : [edit, certify])
        #expect(statuses == (isCertifiedFirst ? [303, 422] : [303, 303]))
        // What was sent is what is certified, whatever is being typed.
        #expect(try await site.row("state, round(official, 5)::text") == ["certified", "3.73333"])
        #expect(try await site.areTotalsRight())
    }

    @Test(arguments: [true, false])
    func `the deadline comes and the area sends: the first counts`(isSentFirst: Bool) async throws {
        let site = try await NationalSite()
        let send: Act = { try await site.confirm().status }
        let cut: Act = {
            try await site.strike(at: .now + 20 * 86_400)
            return 200
        }
        let statuses = try await site.race(isSentFirst ? [send, cut] : [cut, send])
        // It is late by the clock's time, and in time by the sender's: the state decides.
        #expect(statuses[isSentFirst ? 0 : 1] == 303)
        #expect(try await site.state() == "waiting")
        #expect(try await site.recorded("result.cut") == (isSentFirst ? "0" : "1"))
        #expect(try await site.areTotalsRight())
    }

    @Test func `both certify: it is decided once, and the second learns by whom`() async throws {
        let site = try await NationalSite()
        let colleague = try await site.centre.member("เพื่อน", holding: .certify)
        #expect(try await site.confirm().status == 303)
        let statuses = try await site.race([
            { try await site.certify().status }, { try await site.certify(as: colleague).status },
        ])
        #expect(statuses == [303, 409])
        #expect(try await site.recorded("result.certified") == "1")
        #expect(try await site.area.row("SELECT count(*) FROM decisions WHERE area_id = \(site.area.area.id)") == ["1"])
    }

    @Test(arguments: [true, false])
    func `the year ends and the office opens one again: the summary says what came of it`(isOpenedFirst: Bool)
        async throws
    {
        let site = try await NationalSite()
        #expect(try await site.confirm().status == 303)
        #expect(try await site.certify().status == 303)
        try await site.letTimePass(due: -3600)
        let closed = await site.centre.post("/years/\(FiscalYear(at: .now).number)/closing", as: site.office)
        #expect(closed.status == 303, "\(closed.text)")
        let open: Act = {
            await site.centre.post("\(try await site.item())/reopening", ["reason": "ซ้ำ"], as: site.office).status
        }
        let bring: Act = {
            try await site.deliver(from: site.centre)
            return 200
        }
        let statuses = try await site.race(isOpenedFirst ? [open, bring] : [bring, open])
        #expect(statuses == (isOpenedFirst ? [303, 200] : [200, 409]))
        let state = try await site.state()
        #expect(state == (isOpenedFirst ? "waiting" : "certified"))
        let summary = try await site.area.row(
            """
            SELECT content::jsonb -> 'results' -> 0 ->> 'state'
            FROM certificates
            WHERE area_id = \(site.area.area.id) AND result_id IS NULL
            """)
        #expect(summary == [state])
    }

    @Test func `two of one framework are decided: both count in its total`() async throws {
        let site = try await NationalSite(["weight": "50"])
        let keys = try await site.area.row(
            "SELECT string_agg(id::text, ' ' ORDER BY id) FROM area_results WHERE area_id = \(site.area.area.id)")[0]
        let results = keys.split(separator: " ").map(String.init)
        #expect(results.count == 2)
        for result in results {
            #expect(
                await site.area.post("/results/\(result)/confirmation", NationalSite.sound, as: site.director).status
                    == 303)
        }
        let acts: [Act] = results.map { result in
            {
                await site.centre.post(
                    "/desk/items/\(site.area.area.id)-\(result)/certification", ["number": "1"], as: site.certifier
                ).status
            }
        }
        // Both have locked their own result, and wait for the total.
        let statuses = try await site.area.race(
            acts, holding: "SELECT 1 FROM area_totals WHERE area_id = \(site.area.area.id) FOR UPDATE")
        #expect(statuses == [303, 303])
        #expect(try await site.areTotalsRight())
        #expect(
            try await site.area.row("SELECT certified FROM area_totals WHERE area_id = \(site.area.area.id)") == ["2"])
    }

    @Test func `many more leave no deadlock, and right totals`() async throws {
        let site = try await NationalSite()
        let acts: [Act] = [
            { try await site.confirm().status }, { try await site.certify(having: nil).status },
            { try await site.refuse(having: nil).status },
            { await site.area.post("\(try await site.result())/withdrawal", as: site.director).status },
            { await site.centre.post("\(try await site.item())/reopening", ["reason": "ก"], as: site.office).status },
            { await site.centre.post("\(try await site.item())/look", as: site.certifier).status },
            {
                try await site.strike(at: .now)
                return 200
            },
        ]
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...5 { for act in acts { group.addTask { try await act() } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.allSatisfy { [200, 204, 303, 409, 422].contains($0) }, "\(statuses)")
        #expect(try await site.areTotalsRight())
    }

    @Test func `a delivery that fails on its way reaches all others, and each once`() async throws {
        let site = try await NationalSite(published: false)
        let other = try await TestSite()
        try await site.setRule(["areas": "\(site.area.area.code) \(other.area.code)"])
        let sent = await site.centre.post("/publications/\(site.framework)", as: site.office)
        #expect(sent.status == 303, "\(sent.text)")
        // In the middle, one where nothing can arrive.
        try await site.centre.execute(
            "UPDATE deliveries SET receivers = ARRAY[receivers[1], 9999, receivers[2]] WHERE area_id = 0")
        for _ in 1...2 {
            await #expect(throws: (any Error).self) { try await site.deliver(from: site.centre) }
        }
        try await site.centre.execute(
            "UPDATE deliveries SET receivers = array_remove(receivers, 9999) WHERE area_id = 0")
        try await site.deliver(from: site.centre)
        try await site.deliver(from: site.centre)
        for area in [site.area, other] {
            #expect(try await site.recorded("national.published", in: area) == "1")
            #expect(try await area.row("SELECT count(*) FROM area_results WHERE area_id = \(area.area.id)") == ["1"])
        }
    }
}

extension NationalSite {
    fileprivate func race(_ acts: [Act]) async throws -> [Int] {
        try await area.race(acts, holding: "SELECT 1 FROM area_results WHERE area_id = \(area.area.id) FOR UPDATE")
    }

    /// The clock, at a time of its own.
    fileprivate func strike(at now: Instant) async throws {
        try await ResultClock(database: area.database).run(in: area.area.id, at: now)
    }

    /// Whether what is counted with the area is what there is.
    fileprivate func areTotalsRight() async throws -> Bool {
        try await area.row(
            """
            SELECT t.weighted = sum(n.weight * r.official)
                AND t.certified = count(*) FILTER (WHERE r.state = 'certified')
                AND t.waiting = count(*) FILTER (WHERE r.state = 'waiting')
                AND t.unreported = count(*) FILTER (WHERE r.state = 'unreported')
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id
            JOIN area_totals t ON t.area_id = r.area_id AND t.framework_id = r.framework_id AND t.round = r.round
            WHERE r.area_id = \(area.area.id)
            GROUP BY t.weighted, t.certified, t.waiting, t.unreported
            """) == ["true"]
    }
}
