import Catalogue
import Jobs
import Kernel
import Postgres
import Runtime

/// What happens to an area's results when a time goes by: nothing sent is cut, nothing decided lapses.
struct ResultClock: Sendable {
    static let job = "result-clock"
    let database: Database

    func run(in area: AreaID, at now: Instant) async throws {
        let late = try await database.transaction(in: area.rawValue) {
            try await $0.run(.lateResults(in: area, at: now))
        }
        // One at a time, so that nobody who sends or decides another waits.
        var failure: (any Error)?
        for id in late {
            do {
                try await database.transaction(in: area.rawValue) { try await strike(id, in: area, at: now, $0) }
            } catch {
                // The others' time goes by all the same.
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Whoever does something in the same second has locked it before, or finds it done.
    private func strike(
        _ id: AreaResultID, in area: AreaID, at now: Instant, _ transaction: Transaction
    ) async throws {
        guard let found = try await transaction.run(.nationalForUpdate(id, in: area)), let terms = found.terms,
            !terms.isFrozen
        else { return }
        let before = found.result
        let mark = AreaResult.Mark(at: now, name: "")
        let after: AreaResult
        var decision: Decision?
        let changes: [Query<Int>]
        switch before.state {
        case .unreported where before.cutAt == nil && now > terms.deadline:
            after = before.cut(at: now)
            changes = [.cut(after), .lockTotals(in: area), .refreshTotals(of: id, in: area)]
        case .waiting where !terms.isEscalated && now > terms.decideBy:
            (after, decision) = try Ruling(step: .lapse).applied(to: before, by: .clock, named: mark, terms)
            changes = Ruling.storing(after, decision, of: found.national.definition.year, by: nil)
        default: return
        }
        for change in changes { transaction.sendAlong(change) }
        let action: Action = before.state == .unreported ? .resultCut : Ruling.action(for: decision)
        transaction.sendLast(
            .record(after.entry(action, named: found.name, since: before, by: (area, nil, ""), at: now)))
        transaction.sendLast(.enqueue(News.job, [:], in: area.rawValue, at: now))
    }
}

extension AreaResult {
    /// The deadline went by without a report: it counts 1, and says so.
    fileprivate func cut(at now: Instant) -> AreaResult {
        var after = self
        after.cutAt = now
        after.forArea.told = now
        return after
    }
}

extension Query where Answer == [AreaResultID] {
    /// Those of which a time may have gone by; each is judged by itself, under its lock.
    fileprivate static func lateResults(in area: AreaID, at now: Instant) -> Query {
        .all(
            """
            SELECT r.id
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            JOIN national_rounds q ON q.indicator_id = r.indicator_id AND q.round = r.round
            WHERE r.area_id = \(area)
                AND CASE r.state
                    WHEN 'unreported' THEN r.cut_at IS NULL AND greatest(q.due_at, r.extended_until) < \(now)
                    WHEN 'waiting' THEN r.escalated_at IS NULL AND q.decide_by < \(now)
                    ELSE false
                END
            ORDER BY r.id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == NationalResult? {
    static func nationalForUpdate(_ id: AreaResultID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: NationalResult.columns)
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            WHERE r.area_id = \(area) AND r.id = \(id)
            FOR UPDATE OF r
            """
        ) { try NationalResult(&$0) }
    }
}

extension Query where Answer == Int {
    fileprivate static func cut(_ result: AreaResult) -> Query {
        .deed(
            """
            UPDATE area_results
            SET cut_at = \(result.cutAt), told_area_at = \(result.forArea.told)
            WHERE area_id = \(result.area) AND id = \(result.id)
            """)
    }
}
