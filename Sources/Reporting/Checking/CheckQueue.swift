import Catalogue
import Kernel
import Postgres

/// Where a report stands among those of its indicator and round that wait for a check.
struct CheckQueue: Sendable {
    /// The next after it, or the first of all when there is none.
    var next: ReportID?
    var previous: ReportID?
    var waiting: Int
    var checked: Int
    var assigned: Int
}

extension Query where Answer == CheckQueue {
    static func queue(around id: ReportID, in area: AreaID) -> Query {
        .one(
            """
            WITH here AS (
                SELECT a.area_id, a.indicator_id, a.round, u.name, a.id
                FROM assignments a
                JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
                WHERE a.area_id = \(area) AND a.id = \(id)
            ), waiting AS (
                SELECT a.id, (u.name, a.id) > (h.name, h.id) AS is_after, u.name
                FROM here h
                JOIN assignments a
                    ON a.area_id = h.area_id AND a.indicator_id = h.indicator_id AND a.round = h.round
                JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
                WHERE a.area_id = \(area) AND a.state = 'confirmed' AND a.id <> h.id
            )
            SELECT (SELECT w.id FROM waiting w ORDER BY w.is_after DESC, w.name, w.id LIMIT 1),
                (SELECT w.id FROM waiting w ORDER BY w.is_after, w.name DESC, w.id DESC LIMIT 1),
                r.confirmed - r.checked, r.checked, r.assigned
            FROM here h
            JOIN indicator_rounds r
                ON r.area_id = h.area_id AND r.indicator_id = h.indicator_id AND r.round = h.round
            WHERE r.area_id = \(area)
            UNION ALL
            SELECT NULL, NULL, 0, 0, 0
            LIMIT 1
            """
        ) {
            CheckQueue(
                next: try $0.nextIfAny(), previous: try $0.nextIfAny(), waiting: try $0.next(),
                checked: try $0.next(), assigned: try $0.next())
        }
    }
}
