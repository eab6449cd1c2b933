import Kernel
import Postgres
import Rounds

/// What the viewer must report, for their unit or by name.
struct OwnAssignment: Sendable {
    let id: AssignmentID
    let indicator: IndicatorID
    let round: Round
}

extension Query where Answer == [OwnAssignment] {
    static func ownAssignments(in year: FiscalYear, of area: AreaID) -> Query {
        .all(
            """
            SELECT a.id, a.indicator_id, a.round
            FROM assignments a
            JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
            WHERE a.area_id = \(area) AND i.year = \(year.number)
                AND (
                    a.unit_id = \(part: .viewerUnit) AND a.member_id IS NULL
                    OR a.member_id = ANY (\(part: .viewerMembers))
                )
            """
        ) { OwnAssignment(id: try $0.next(), indicator: try $0.next(), round: try $0.next()) }
    }
}
