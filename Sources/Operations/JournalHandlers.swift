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
    let filter = JournalFilter(context.request.query)
    let (visit, entries, count) = try await context.page(
        of: area, .journal(of: area.id, matching: filter), .journalCount(of: area.id, matching: filter))
    let page = JournalPage(
        visit: visit, area: area, filter: filter, entries: entries, actions: context.platform.registry.actions,
        labels: context.platform.registry.labels,
        paging: Paging(page: filter.page, total: count))
    return .page(page, visit, json: ["total": JSON(count), "items": .array(entries.map(\.json))])
}

func downloadJournal(_ context: Context) async throws -> Outcome {
    try await download(of: context.area, context)
}

func downloadJournalOfArea(_ context: Context) async throws -> Outcome {
    try await download(of: try await areaNamed(context), context)
}

/// At most as many lines as a spreadsheet bears comfortably; the dates narrow it down.
private func download(of area: Area, _ context: Context) async throws -> Outcome {
    let filter = JournalFilter(context.request.query)
    let (visit, entries) = try await context.page(of: area, .journal(of: area.id, matching: filter, limit: 50_000))
    let language = visit.language
    let head = [
        Phrase("เลขที่", en: "No."), Phrase("เมื่อ (UTC)", en: "When (UTC)"), Phrase("ใคร", en: "Who"),
        Phrase("แทน", en: "For"), Phrase("จาก", en: "From"), Phrase("ทำอะไร", en: "Deed"), Phrase("กับ", en: "To what"),
        Phrase("ก่อน", en: "Before"), Phrase("หลัง", en: "After"),
    ].map { $0[language] }
    let rows = entries.map { recorded in
        let entry = recorded.entry
        return [
            String(recorded.number), entry.happenedAt.text, entry.actorName, entry.actingFor ?? "", entry.address,
            context.platform.registry.action(entry.action)[language], entry.subjectName, entry.before.text,
            entry.after.text,
        ]
    }
    return .response(
        Response(
            200,
            headers: [
                "content-type": "text/csv; charset=utf-8",
                "content-disposition": "attachment; filename=\"record-\(area.code).csv\"",
            ],
            body: .bytes(CSV.table(head: head, rows: rows))))
}

/// Looked up only for those who may know whether it is there.
func areaNamed(_ context: Context) async throws -> Area {
    _ = try await context.page() as Visit
    guard let code = context.request.parameters["code"],
        let area = try await Areas.area(code: code, in: context.platform.database)
    else { throw Refusal.notFound }
    return area
}
