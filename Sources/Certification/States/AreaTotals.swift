import Kernel
import Postgres

extension Query where Answer == Int {
    /// To go before the counting, as a statement of its own: who counts then sees what others have changed meanwhile.
    static func lockTotals(in area: AreaID) -> Query {
        .deed(
            """
            SELECT 1
            FROM area_totals
            WHERE area_id = \(area)
            ORDER BY framework_id, round
            FOR UPDATE
            """)
    }

    /// What the area's results come to, counted anew: some tens of rows, in the deed that changes one of them, so that
    /// lists of all areas need not count 12,000. Parts of an indicator count within it.
    static func refreshTotals(where condition: SQL, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO area_totals (
                area_id, framework_id, round, year, weight, weighted, unreported, waiting, refused, certified
            )
            SELECT r.area_id, r.framework_id, r.round, min(r.year), coalesce(sum(w.weight), 0),
                coalesce(sum(w.weight * r.official), 0), count(*) FILTER (WHERE r.state = 'unreported'),
                count(*) FILTER (WHERE r.state = 'waiting'), count(*) FILTER (WHERE r.state = 'refused'),
                count(*) FILTER (WHERE r.state = 'certified')
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            JOIN national_rounds q ON q.indicator_id = r.indicator_id AND q.round = r.round
            CROSS JOIN LATERAL (
                SELECT CASE WHEN n.parent_id IS NULL THEN coalesce(q.weight, n.weight) END AS weight
            ) w
            WHERE r.area_id = \(area) AND \(part: condition)
            GROUP BY r.area_id, r.framework_id, r.round
            ON CONFLICT (area_id, framework_id, round) DO UPDATE
            SET weight = excluded.weight, weighted = excluded.weighted, unreported = excluded.unreported,
                waiting = excluded.waiting, refused = excluded.refused, certified = excluded.certified
            """)
    }
}
