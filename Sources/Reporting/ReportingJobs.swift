import Catalogue
import HTML
package import Jobs
package import Kernel
package import Postgres
import Rounds
package import Runtime

/// What happens to reports by themselves.
package enum ReportingJobs {
    package static func papers(_ platform: Platform) -> [JobKind] { [ReportVolume(platform: platform).kind] }

    package static func kinds(
        _ database: Database, clock: @escaping @Sendable () -> Instant = { .now }
    ) -> [JobKind] {
        [
            // Run again, it finds nothing left to do.
            JobKind(Deadline.job) { job in
                let (area, now) = (AreaID(job.area), clock())
                let overdue = try await database.transaction(in: job.area) {
                    try await $0.run(.overdue(in: area, at: now))
                }
                for round in overdue {
                    // A round at a time, so that nobody who sends in another waits.
                    try await database.transaction(in: job.area) { transaction in
                        _ = try await transaction.run(.lock(round, in: area), .miss(round, in: area, at: now))
                        _ = try await transaction.run(.enqueue(News.job, .object([]), in: job.area, at: now))
                    }
                }
            }
        ]
    }
}

/// A round in which reports are past due.
struct OverdueRound: Sendable {
    let indicator: IndicatorID
    let round: Round
}

/// Of `assignments a` and `indicator_rounds r`: neither an extension nor a correction keeps it open. Hidden indicators
/// are nobody's duty.
private func isOverdue(at now: Instant) -> SQL {
    """
    a.state IN ('waiting', 'draft', 'returned') AND r.due_at < \(now)
        AND greatest(r.due_at, a.extended_until, a.correct_by) < \(now)
    """
}

extension Query where Answer == [OverdueRound] {
    static func overdue(in area: AreaID, at now: Instant) -> Query {
        .all(
            """
            SELECT DISTINCT a.indicator_id, a.round
            FROM assignments a
            JOIN indicator_rounds r
                ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
            JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
            JOIN fiscal_years y ON y.area_id = i.area_id AND y.year = i.year
            WHERE a.area_id = \(area) AND i.state <> 'hidden' AND y.closed_at IS NULL AND \(part: isOverdue(at: now))
            """
        ) { OverdueRound(indicator: try $0.next(), round: try $0.next()) }
    }
}

extension Query where Answer == Int {
    /// As whoever confirms in the same second does: one comes first.
    fileprivate static func lock(_ overdue: OverdueRound, in area: AreaID) -> Query {
        .deed(
            """
            SELECT 1
            FROM indicator_rounds
            WHERE area_id = \(area) AND indicator_id = \(overdue.indicator) AND round = \(overdue.round)
            FOR NO KEY UPDATE
            """)
    }

    /// What isn't sent by now is missed, each on the record.
    fileprivate static func miss(_ overdue: OverdueRound, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            WITH missed AS (
                UPDATE assignments a
                SET state = 'missed', version = a.version + 1
                FROM indicator_rounds r
                WHERE a.area_id = \(area) AND a.indicator_id = \(overdue.indicator) AND a.round = \(overdue.round)
                    AND r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
                    AND \(part: isOverdue(at: now))
                RETURNING a.area_id, a.id, a.indicator_id, a.unit_id
            )
            SELECT app.record(ROW(
                \(area)::int, NULL, \(now)::timestamptz, \(area)::int, NULL, '', NULL, '',
                \(Action.reportMissed.name)::text, 'report/' || missed.id,
                i.number || ' ' || i.name || \(" · \(overdue.round.name.thai) · ")::text || u.name,
                '{}'::jsonb, '{"state": "missed"}'::jsonb, NULL
            )::journal)
            FROM missed
            JOIN indicators i ON i.area_id = missed.area_id AND i.id = missed.indicator_id
            JOIN units u ON u.area_id = missed.area_id AND u.id = missed.unit_id
            """)
    }
}
