import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.clonedDatabase, .timeLimit(.minutes(1))) struct `Of two who act on a report at once` {
    @Test(arguments: [true, false])
    func `one confirms and the deadline comes: the first counts`(isConfirmedFirst: Bool) async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -10, due: 3600)
        let confirm: Act = { await site.confirm().status }
        let miss: Act = {
            try await ReportSite.runDeadline(in: site.area, of: site.site.database, at: .now + 7200)
            return 200
        }
        let statuses = try await site.race(isConfirmedFirst ? [confirm, miss] : [miss, confirm])
        if isConfirmedFirst {
            #expect(statuses == [303, 200])
            #expect(try await site.row("state, version") == ["confirmed", "1"])
            #expect(try await site.recorded("report.missed") == "0")
        } else {
            #expect(statuses == [200, 422])
            #expect(try await site.row("state, confirmed_at, version") == ["missed", "null", "1"])
            #expect(try await site.recorded("report.confirmed") == "0")
        }
        #expect(try await site.state(of: site.others[0]) == "missed")
        #expect(try await site.areCountsRight())
    }

    @Test(arguments: [true, false])
    func `one withdraws and one checks: the first counts, the second is refused`(isWithdrawnFirst: Bool) async throws {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        let withdraw: Act = { await site.site.post("\(site.report)/withdrawal", as: site.director).status }
        let check: Act = { await site.check().status }
        let statuses = try await site.race(isWithdrawnFirst ? [withdraw, check] : [check, withdraw])
        #expect(statuses == (isWithdrawnFirst ? [303, 422] : [303, 409]))
        #expect(
            try await site.row("state, check_score")
                == (isWithdrawnFirst ? ["draft", "null"] : ["checked", "4"]))
        #expect(try await site.areCountsRight())
    }

    @Test func `both check: the second learns who was first`() async throws {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        let other = try await site.site.member("ผู้ตรวจสอง", holding: .proof)
        let statuses = try await site.race([
            { await site.check("5").status }, { await site.check("4", as: other).status },
        ])
        #expect(statuses == [303, 422])
        #expect(try await site.row("check_score::text, checked_by") == ["5", "\(site.checker.id)"])
        #expect(try await site.recorded("report.checked") == "1")
        #expect(try await site.counts() == ["1", "1", "3", "5"])
    }

    @Test(arguments: [true, false])
    func `one confirms and one removes it: the first counts`(isConfirmedFirst: Bool) async throws {
        let site = try await ReportSite()
        let id = "\(site.id(of: site.report))"
        let confirm: Act = { await site.confirm().status }
        let remove: Act = {
            await site.site.post(
                "/indicators/\(site.indicator)/rounds/c06/removal", ["assignment": id], as: site.catalogue.admin
            ).status
        }
        let statuses = try await site.race(isConfirmedFirst ? [confirm, remove] : [remove, confirm])
        #expect(statuses == (isConfirmedFirst ? [303, 409] : [303, 404]))
        #expect(try await site.counts() == (isConfirmedFirst ? ["1", "0", "3", "0"] : ["0", "0", "2", "0"]))
        #expect(try await site.areCountsRight())
    }

    @Test func `both confirm, of one school: it is confirmed once`() async throws {
        let site = try await ReportSite()
        let statuses = try await site.race([{ await site.confirm().status }, { await site.confirm().status }])
        #expect(statuses == [303, 303])
        #expect(try await site.recorded("report.confirmed") == "1")
        #expect(try await site.counts() == ["1", "0", "3", "0"])
    }

    @Test func `one sends files and one receives: neither waits for the other for ever`() async throws {
        let site = try await ReportSite()
        _ = await site.attach(at: 2)
        let send: Act = {
            await site.site.upload(
                ReportSite.pdf, named: "ก.pdf", as: "file-1", to: "\(site.report)/draft", ["description-2": "ภาพ"],
                as: site.teacher
            ).status
        }
        let receive: Act = { await site.site.post("\(site.report)/evidence/2/receipt", as: site.checker).status }
        let statuses = try await site.race(
            [receive, send], holding: "SELECT 1 FROM evidence WHERE area_id = \(site.area) FOR UPDATE")
        #expect(statuses == [303, 303])
    }

    @Test func `one moves the dates, one closes the year, one confirms: all wait for the year first`() async throws {
        let site = try await ReportSite()
        let admin = site.catalogue.admin
        let round = "/indicators/\(site.indicator)/rounds/c06"
        let acts: [Act] = [
            { await site.site.post("\(round)/dates", ["opens": "1/1/2560", "due": "1/1/2600"], as: admin).status },
            { await site.site.post("/years/\(site.catalogue.year)/closing", as: admin).status },
            { await site.confirm().status },
        ]
        let statuses = try await site.race(
            acts, holding: "SELECT 1 FROM fiscal_years WHERE area_id = \(site.area) FOR UPDATE")
        #expect(statuses == [303, 303, 422])
        #expect(try await site.recorded("report.confirmed") == "0")
    }

    @Test func `and many more at once leave no deadlock and right counts`() async throws {
        let site = try await ReportSite()
        let admin = site.catalogue.admin
        let round = "/indicators/\(site.indicator)/rounds/c06"
        let dates: KeyValuePairs = ["opens": "1/1/2560", "due": "1/1/2600"]
        let acts: [Act] = [
            { await site.confirm().status }, { await site.check("5").status },
            { await site.site.post("\(site.report)/withdrawal", as: site.director).status },
            { await site.site.post("\(round)/dates", dates, as: admin).status },
            { await site.site.post("\(round)/assignments", ["all-schools": "on"], as: admin).status },
            { await site.site.post("\(site.report)/check/undoing", as: site.checker).status },
            { await site.site.post("/years/\(site.catalogue.year)/closing", as: admin).status },
            { await site.site.post("/years/\(site.catalogue.year)/reopening", ["reason": "ก"], as: admin).status },
            { await site.attach().status },
        ]
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...4 { for act in acts { group.addTask { try await act() } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count == 36 && statuses.allSatisfy { [303, 409, 422].contains($0) }, "\(statuses)")
        #expect(try await site.areCountsRight())
    }
}

extension ReportSite {
    fileprivate func race(_ acts: [Act], holding held: SQL? = nil) async throws -> [Int] {
        try await site.race(
            acts, holding: held ?? "SELECT 1 FROM indicator_rounds WHERE area_id = \(area) FOR UPDATE")
    }

    /// Whether what is counted with the round is what there is.
    fileprivate func areCountsRight() async throws -> Bool {
        try await texts(
            """
            r.confirmed = count(*) FILTER (WHERE a.state IN ('confirmed', 'checked'))
                AND r.checked = count(*) FILTER (WHERE a.state = 'checked') AND r.assigned = count(*)
                AND r.score_sum = coalesce(sum(a.check_score), 0)
            """,
            """
            FROM indicator_rounds r
            JOIN assignments a ON a.area_id = r.area_id AND a.indicator_id = r.indicator_id AND a.round = r.round
            WHERE r.area_id = \(area)
            GROUP BY r.area_id, r.indicator_id, r.round
            """) == ["true"]
    }
}
