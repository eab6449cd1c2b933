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
