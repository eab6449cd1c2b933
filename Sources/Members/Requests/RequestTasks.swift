import HTML
import Kernel
import Postgres

extension Query where Answer == [TaskGroup] {
    private static var shown: Int { 40 }

    /// For those who manage members: who asks for an account or a password. For those who confirm in a unit's name: who
    /// asks for something in it, and isn't endorsed yet.
    static func requestsWaiting(in area: AreaID) -> Query {
        let manages = SQL.viewerHolds(.members)
        let endorses: SQL = """
            coalesce(
                j.unit_id = \(part: .viewerUnit) AND j.endorsed IS NULL AND \(part: .viewerHolds(.selfAssess)), false)
            """
        return Query(
            """
            SELECT j.id, j.kind, j.title || j.first_name || ' ' || j.last_name, coalesce(u.name, j.origin), j.position,
                coalesce(j.endorsed, false), coalesce(\(part: manages), false), \(part: endorses), count(*) OVER ()
            FROM account_requests j
            LEFT JOIN units u ON u.area_id = j.area_id AND u.id = j.unit_id
            WHERE j.area_id = \(area) AND j.state = 'open' AND (\(part: manages) OR \(part: endorses))
            ORDER BY j.created_at, j.id
            LIMIT \(shown)
            """
        ) { rows in
            var (toDecide, toEndorse): ([TaskItem], [TaskItem]) = ([], [])
            var count = 0
            for var cells in rows {
                let request = try WaitingRequest(&cells)
                if request.isForManager { toDecide.append(request.decision) }
                if request.isForDirector { toEndorse.append(request.endorsement) }
                count = try cells.next()
            }
            return [
                TaskGroup(
                    .toApprove, for: .holders(of: .members), Phrase("รออนุมัติ", en: "Waiting for approval"), toDecide,
                    count: toDecide.isEmpty ? 0 : count),
                TaskGroup(
                    .toApprove, for: .holders(of: .selfAssess),
                    Phrase("คำขอจากหน่วยงานของท่าน", en: "Requests from your unit"), toEndorse),
            ]
        }
    }
}

/// A request in the list of tasks.
private struct WaitingRequest {
    private let id: AccountRequestID
    private let kind: AccountRequest.Kind
    private let name: String
    private let place: String
    private let position: String
    private let isEndorsed: Bool
    let isForManager: Bool
    let isForDirector: Bool

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        kind = try cells.next()
        name = try cells.next()
        place = try cells.next()
        position = try cells.next()
        isEndorsed = try cells.next()
        isForManager = try cells.next()
        isForDirector = try cells.next()
    }

    var decision: TaskItem {
        TaskItem(
            Phrase(same: name), at: "/members/requests/\(id)", icon: "people",
            state: isEndorsed ? ("ok", "check", Phrase("รับรองแล้ว", en: "Endorsed")) : nil,
            detail: kind.phrase + Phrase(same: " · \(place)"), verb: Phrase("พิจารณา", en: "Decide"))
    }

    var endorsement: TaskItem {
        TaskItem(
            Phrase(same: name), at: "/endorsements/\(id)", icon: "people",
            detail: kind.phrase + Phrase(same: " · \(position)"), verb: Phrase("รับรอง", en: "Endorse"))
    }
}
