import HTML
import Kernel
import Postgres
import Runtime

/// Somebody of the office, and what an indicator has named them for: to receive its evidence, to report.
struct NamedPerson: Sendable {
    let id: MemberID
    let name: String
    let unitName: String
    let permissions: Permissions
    let isReceiver: Bool
    let isReporter: Bool
    /// In some round, so that they can't be taken out of it.
    let hasReported: Bool

    var label: Phrase { Phrase(same: "\(name) · \(unitName)") }

    var json: JSON {
        [
            "member": JSON(id.rawValue), "name": .text(name), "receiver": .bool(isReceiver),
            "reporter": .bool(isReporter),
        ]
    }

    static let schema = APISchema.object([
        ("member", .number), ("name", .text), ("receiver", .flag), ("reporter", .flag),
    ])
}

extension Query where Answer == [NamedPerson] {
    /// All of the office who could be named, and whoever is.
    static func namedPeople(of indicator: IndicatorID, in area: AreaID) -> Query {
        .all(
            """
            SELECT m.id, m.title || m.first_name || ' ' || m.last_name, u.name, m.flags, r.member_id IS NOT NULL,
                a.member_id IS NOT NULL, coalesce(a.has_reported, false)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            LEFT JOIN indicator_receivers r
                ON r.area_id = m.area_id AND r.member_id = m.id AND r.indicator_id = \(indicator)
            LEFT JOIN (
                SELECT area_id, member_id, bool_or(state <> 'waiting') AS has_reported
                FROM assignments
                WHERE area_id = \(area) AND indicator_id = \(indicator) AND member_id IS NOT NULL
                GROUP BY area_id, member_id
            ) a ON a.area_id = m.area_id AND a.member_id = m.id
            WHERE m.area_id = \(area) AND (
                m.status = 'enabled' AND u.kind <> 'school' OR r.member_id IS NOT NULL OR a.member_id IS NOT NULL
            )
            ORDER BY u.name, m.first_name, m.last_name, m.id
            """
        ) {
            NamedPerson(
                id: try $0.next(), name: try $0.next(), unitName: try $0.next(),
                permissions: Permissions(try $0.nextArray()), isReceiver: try $0.next(), isReporter: try $0.next(),
                hasReported: try $0.next())
        }
    }
}

extension Query where Answer == Int {
    static func setReceivers(_ receivers: [MemberID], of indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            WITH others AS (
                DELETE FROM indicator_receivers
                WHERE area_id = \(area) AND indicator_id = \(indicator) AND member_id <> ALL (\(receivers)::bigint[])
                RETURNING member_id
            )
            INSERT INTO indicator_receivers (area_id, indicator_id, member_id)
            SELECT area_id, \(indicator)::bigint, id
            FROM members
            WHERE area_id = \(area) AND id = ANY (\(receivers)::bigint[])
            ON CONFLICT DO NOTHING
            """)
    }

    /// Officers who are not named any more, where they have reported nothing.
    static func removeOfficers(_ officers: [MemberID], _ indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            DELETE FROM assignments
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND member_id = ANY (\(officers)::bigint[])
                AND state = 'waiting'
            """)
    }
}
