import Jobs
package import Kernel
package import Postgres
package import Runtime

/// The work that is due when reports are: named here, where the dates are set, and done where the reports are.
package enum Deadline {
    package static let job = "deadline"
}

extension Query where Answer == Int {
    /// Looks at the area's reports when a moment has passed; planned once, however many rounds end then.
    package static func planDeadline(at moment: Instant, in area: AreaID) -> Query {
        .planDeadlines("SELECT \(moment)::timestamptz AS moment", in: area)
    }

    /// The same for every due date ahead, after dates were set; and at once where a date that was set has passed.
    package static func planDeadlines(in area: AreaID, after now: Instant) -> Query {
        .planDeadlines(
            """
            SELECT due_at AS moment
            FROM indicator_rounds
            WHERE area_id = \(area) AND due_at > \(now)
            UNION
            SELECT extended_until
            FROM assignments
            WHERE area_id = \(area) AND extended_until > \(now)
            UNION
            SELECT \(now)::timestamptz
            FROM indicator_rounds r
            JOIN indicators i ON i.area_id = r.area_id AND i.id = r.indicator_id AND i.state <> 'hidden'
            JOIN fiscal_years y ON y.area_id = i.area_id AND y.year = i.year AND y.closed_at IS NULL
            JOIN assignments a ON a.area_id = r.area_id AND a.indicator_id = r.indicator_id AND a.round = r.round
            WHERE r.area_id = \(area) AND a.state IN ('waiting', 'draft', 'returned')
                AND greatest(r.due_at, a.extended_until, a.correct_by) < \(now)
            """, in: area)
    }

    private static func planDeadlines(_ moments: SQL, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
            SELECT DISTINCT \(area)::int, \(Deadline.job)::text, '{}'::jsonb, w.moment + interval '1 second', now()
            FROM (\(part: moments)) w
            LEFT JOIN jobs j
                ON j.area_id = \(area) AND j.kind = \(Deadline.job) AND j.run_at = w.moment + interval '1 second'
            WHERE j.id IS NULL
            RETURNING id
            """)
    }
}
