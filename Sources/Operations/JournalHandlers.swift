import Areas
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

func showJournal(_ context: Context) async throws -> Outcome {
    try await journal(of: context.area, context)
}

/// The operator reads any area's record.
func showJournalOfArea(_ context: Context) async throws -> Outcome {
    try await journal(of: try await areaNamed(context), context)
}

private func journal(of area: Area, _ context: Context) async throws -> Outcome {
    let filter = JournalFilter(context)
    let (visit, entries, count) = try await context.page(
        of: area, .journal(of: area.id, matching: filter), .journalCount(of: area.id, matching: filter))
    let page = JournalPage(
        visit: visit, area: area, filter: filter, entries: entries, actions: context.platform.registry.actions,
        labels: context.platform.registry.labels,
        paging: Paging(filter.part, of: count))
    return .page(page, visit, json: ["total": JSON(count), "items": .array(entries.map(\.json))])
}

/// Looked up only for those who may know whether it is there.
func areaNamed(_ context: Context) async throws -> Area {
    _ = try await context.page() as Visit
    guard let code = context.request.parameters["code"],
        let area = try await Areas.area(code: code, in: context.platform.database)
    else { throw Refusal.notFound }
    return area
}
