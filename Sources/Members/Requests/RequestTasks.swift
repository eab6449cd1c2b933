import HTML
import Kernel
import Postgres

extension Query where Answer == [TaskGroup] {
    private static var shown: Int { 20 }

    /// For those who manage members: who asks for an account or a password.
    static func requestsWaiting(in area: AreaID) -> Query {
        Query(
            """
            SELECT j.id, j.kind, j.title || j.first_name || ' ' || j.last_name, coalesce(u.name, j.origin),
                coalesce(j.endorsed, false), count(*) OVER ()
            FROM account_requests j
            LEFT JOIN units u ON u.area_id = j.area_id AND u.id = j.unit_id
            WHERE j.area_id = \(area) AND j.state = 'open' AND \(part: .viewerHolds(.members))
            ORDER BY j.created_at, j.id
            LIMIT \(shown)
            """
        ) { rows in
            var count = 0
            let items = try rows.map { cells in
                var cells = cells
                let id: AccountRequestID = try cells.next()
                let kind: AccountRequest.Kind = try cells.next()
                let name: String = try cells.next()
                let unit: String = try cells.next()
                let isEndorsed: Bool = try cells.next()
                count = try cells.next()
                return TaskItem(
                    Phrase(same: name), at: "/members/requests/\(id)", icon: "people",
                    state: isEndorsed ? ("ok", "check", Phrase("รับรองแล้ว", en: "Endorsed")) : nil,
                    detail: kind.phrase + Phrase(same: " · \(unit)"), verb: Phrase("พิจารณา", en: "Decide"))
            }
            return [
                TaskGroup(
                    .toApprove, for: .holders(of: .members), Phrase("รออนุมัติ", en: "Waiting for approval"), items,
                    count: count)
            ]
        }
    }

    /// For those who confirm in a unit's name: who asks for something in it.
    static func requestsToBeEndorsed(in area: AreaID) -> Query {
        let requests = Query<[AccountRequest]>.requestsToEndorse(in: area)
        return Query(requests.sql) { rows in
            let items = try requests.decode(rows).map { request in
                TaskItem(
                    Phrase(same: request.name), at: "/endorsements/\(request.id)", icon: "people",
                    detail: request.kind.phrase + Phrase(same: " · \(request.position)"),
                    verb: Phrase("รับรอง", en: "Endorse"))
            }
            return [
                TaskGroup(
                    .toApprove, for: .holders(of: .selfAssess),
                    Phrase("คำขอจากหน่วยงานของท่าน", en: "Requests from your unit"), items)
            ]
        }
    }
}
