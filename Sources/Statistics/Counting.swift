package import Kernel
package import Postgres
package import Runtime

/// Counts an area's statistics anew, from what other rooms let be counted.
package struct Counting: Sendable {
    package static let job = "statistics"
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// So long after the last count, times have gone by of which the record has nothing.
    private static let longest = 3600

    /// Does nothing where nothing has happened since the last time.
    package func run(in area: AreaID, at now: Instant) async throws {
        try await database.transaction(in: area.rawValue) { transaction in
            guard try await transaction.run(.beginCount(of: area, at: now, ifBefore: now + -Self.longest)) > 0 else {
                return
            }
            for count in [
                Query.countResults(of: area, at: now), .countUnits(of: area, at: now),
                .countSchools(of: area, at: now),
            ] { transaction.sendAlong(count) }
            for table: SQL in ["result_statistics", "unit_statistics", "school_statistics"] {
                transaction.sendAlong(.forget(table, of: area, before: now))
            }
        }
    }
}

extension Query where Answer == Int {
    /// Locks out whoever counts at the same time; 0 where there is nothing to do.
    fileprivate static func beginCount(of area: AreaID, at now: Instant, ifBefore longest: Instant) -> Query {
        .deed(
            """
            INSERT INTO statistics_counts AS c (area_id, entries, counted_at)
            SELECT h.area_id, h.number, \(now)::timestamptz
            FROM journal_heads h
            WHERE h.area_id = \(area)
            ON CONFLICT (area_id) DO UPDATE
            SET entries = excluded.entries, counted_at = excluded.counted_at
            WHERE c.entries <> excluded.entries OR c.counted_at < \(longest)
            """)
    }

    fileprivate static func countResults(of area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO result_statistics (
                area_id, year, framework, round, name, place, unreported, waiting, refused, certified, unsettled, weight,
                weighted, due, in_time, counted_at
            )
            SELECT r.area_id, r.year, r.framework, r.round, min(r.name), min(r.place),
                count(*) FILTER (WHERE r.state = 'unreported'), count(*) FILTER (WHERE r.state = 'waiting'),
                count(*) FILTER (WHERE r.state = 'refused'), count(*) FILTER (WHERE r.state = 'certified'),
                count(*) FILTER (WHERE r.open_until >= \(now)),
                coalesce(sum(r.weight) FILTER (WHERE r.open_until IS NULL OR r.open_until < \(now)), 0),
                coalesce(sum(r.weight * r.official) FILTER (WHERE r.open_until IS NULL OR r.open_until < \(now)), 0),
                count(*) FILTER (WHERE r.first_sent_at IS NOT NULL OR r.due_at < \(now)),
                count(*) FILTER (WHERE r.first_sent_at <= r.due_at), \(now)::timestamptz
            FROM countable_results r
            WHERE r.area_id = \(area)
            GROUP BY r.area_id, r.year, r.framework, r.round
            ON CONFLICT (area_id, year, framework, round) DO UPDATE
            SET name = excluded.name, place = excluded.place, unreported = excluded.unreported,
                waiting = excluded.waiting, refused = excluded.refused, certified = excluded.certified,
                unsettled = excluded.unsettled, weight = excluded.weight, weighted = excluded.weighted,
                due = excluded.due, in_time = excluded.in_time, counted_at = excluded.counted_at
            """)
    }

    fileprivate static func countUnits(of area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO unit_statistics (
                area_id, year, framework, round, unit_id, assigned, sent, missed, checked, score_sum, due, in_time,
                counted_at
            )
            SELECT r.area_id, r.year, r.framework, r.round, r.unit_id, count(*), count(*) FILTER (WHERE r.is_sent),
                count(*) FILTER (WHERE r.state = 'missed'), count(r.check_score), coalesce(sum(r.check_score), 0),
                count(*) FILTER (WHERE r.is_sent OR r.due_at < \(now)), count(*) FILTER (WHERE r.is_in_time),
                \(now)::timestamptz
            FROM countable_reports r
            WHERE r.area_id = \(area)
            GROUP BY r.area_id, r.year, r.framework, r.round, r.unit_id
            ON CONFLICT (area_id, year, framework, round, unit_id) DO UPDATE
            SET assigned = excluded.assigned, sent = excluded.sent, missed = excluded.missed,
                checked = excluded.checked, score_sum = excluded.score_sum, due = excluded.due,
                in_time = excluded.in_time, counted_at = excluded.counted_at
            """)
    }

    fileprivate static func countSchools(of area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO school_statistics (
                area_id, year, framework, round, assigned, sent, missed, checked, score_sum, due, in_time, counted_at
            )
            SELECT s.area_id, s.year, s.framework, s.round, sum(s.assigned), sum(s.sent), sum(s.missed), sum(s.checked),
                sum(s.score_sum), sum(s.due), sum(s.in_time), \(now)::timestamptz
            FROM unit_statistics s
            JOIN units u ON u.area_id = s.area_id AND u.id = s.unit_id
            WHERE s.area_id = \(area) AND s.counted_at = \(now) AND u.kind = 'school'
            GROUP BY s.area_id, s.year, s.framework, s.round
            ON CONFLICT (area_id, year, framework, round) DO UPDATE
            SET assigned = excluded.assigned, sent = excluded.sent, missed = excluded.missed,
                checked = excluded.checked, score_sum = excluded.score_sum, due = excluded.due,
                in_time = excluded.in_time, counted_at = excluded.counted_at
            """)
    }

    /// What this count hasn't found any more, of years in which the area has worked here.
    fileprivate static func forget(_ table: SQL, of area: AreaID, before now: Instant) -> Query {
        .deed(
            """
            DELETE FROM \(part: table) s
            WHERE s.area_id = \(area) AND s.counted_at < \(now)
                AND s.year IN (SELECT y.year FROM fiscal_years y WHERE y.area_id = \(area))
            """)
    }
}
