import HTML
import Interface
import Kernel
import Postgres
import Runtime

/// What waits for the person, from all features, in one trip.
func showHome(_ context: Context) async throws -> Outcome {
    let registry = context.platform.registry
    let crossing = context.area.id == Area.central ? registry.centralTasks : []
    let (visit, answers) = try await context.page(
        asking: registry.tasks.map { $0(context) }, ofSubmissions: crossing.map { $0(context) })
    let groups = answers.joined().filter { $0.access.admits(visit.viewer) }
    let page = HomePage(visit: visit, groups: groups)
    return .page(page, visit, json: ["items": .array(groups.flatMap { $0.items.map(\.json) })])
}

extension Query where Answer == [TaskGroup] {
    /// Those who have asked to join.
    static func membersToApprove(in area: AreaID) -> Query {
        let shown = 20
        return Query(
            """
            SELECT m.id, m.title || m.first_name || ' ' || m.last_name, u.name, count(*) OVER ()
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND m.status = 'pending'
            ORDER BY m.created_at, m.id
            LIMIT \(shown)
            """
        ) { rows in
            var count = 0
            let items = try rows.map { cells in
                var cells = cells
                let id: MemberID = try cells.next()
                let name: String = try cells.next()
                let unit: String = try cells.next()
                count = try cells.next()
                return TaskItem(
                    Phrase(same: name), at: "/members?status=pending#m\(id)", icon: "people",
                    detail: Phrase(same: unit),
                    verb: Phrase("พิจารณา", en: "Decide"))
            }
            return [
                TaskGroup(
                    .toApprove, for: .holders(of: .members), Phrase("รออนุมัติ", en: "Waiting for approval"), items,
                    count: count)
            ]
        }
    }
}
