import Evidence
import HTML
import HTTP
import Kernel
import Rounds
import Runtime
import Secrets

func listDocuments(_ context: Context) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    let (visit, indicator, documents) = try await context.page(
        .indicator(id, in: context.area.id), .documents(of: id, in: context.area.id))
    guard let indicator else { throw Refusal.notFound }
    return .page(
        DocumentsPage(visit: visit, indicator: indicator, documents: documents), visit,
        json: ["items": .array(documents.map(\.json))])
}

func downloadDocument(_ context: Context) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    let (visit, indicator, documents) = try await context.page(
        .indicator(id, in: context.area.id), .documents(of: id, in: context.area.id))
    guard let indicator, indicator.state.isSeen(by: visit),
        let document = documents.first(where: { $0.place == place(of: context) })
    else { throw Refusal.notFound }
    return try await document.file.download(context)
}

/// A new document, another file in an old one's place, or another name for it.
func saveDocument(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(IndicatorDocument.fields, context.form.fields)
    let place = place(of: context)
    let isNamed = place.flatMap { IndicatorDocument.fixedTitle(of: $0) } != nil
    if !isNamed, draft["title"].isEmpty { draft.refuse("title", Phrase("ตั้งชื่อเอกสาร", en: "Name the document")) }
    let upload = context.form.files["file"]
    if upload == nil, seen(context) ?? 0 == 0 { draft.refuse("file", Phrase("เลือกไฟล์", en: "Choose a file")) }
    var kept: KeptFile?
    if let upload {
        do {
            kept = try await KeptFile(
                upload, sentAs: "file", upTo: IndicatorDocument.sizeLimit, by: context.platform)
        } catch Refusal.invalid(let problems) {
            for problem in problems { draft.refuse(problem.field, problem.reason) }
        }
    }
    try draft.check()
    let (title, file) = (isNamed ? "" : draft["title"], kept)
    return try await changeDocument(context, says: Phrase("บันทึกเอกสารแล้ว", en: "The document is saved")) { change in
        let id: FileID
        if let file {
            id = try await change.deed.run(
                .insert(file, in: change.deed.area, by: change.deed.viewer, at: change.deed.now))
        } else if let known = change.known {
            id = known.file.id
        } else {
            throw Refusal.outdated
        }
        _ = try await change.deed.run(
            .saveDocument(id, titled: title, at: change.place, of: change.indicator.id, in: change.deed.area))
        let name = file?.name ?? change.known?.file.name ?? ""
        try await change.record(
            .documentSaved,
            after: [
                "title": .text(title), "file": .text(name),
                "sha256": .text((file?.digest ?? change.known?.file.digest)?.hexadecimal ?? ""),
            ])
        if let file { change.deed.takeSpace(for: file) }
    }
}

/// The document goes; what it was stays on the record.
func removeDocument(_ context: Context) async throws -> Outcome {
    try await changeDocument(context, says: Phrase("ลบเอกสารแล้ว", en: "The document is removed")) { change in
        guard change.known != nil else { throw Refusal.notFound }
        _ = try await change.deed.run(
            .removeDocument(at: change.place, of: change.indicator.id, in: change.deed.area))
        try await change.record(.documentRemoved, after: [:])
    }
}

/// A document's place that is about to change, with what lies there now.
private struct DocumentChange: Sendable {
    let deed: Deed
    let indicator: Indicator
    let place: Int
    let known: IndicatorDocument?

    func record(_ action: Action, after: JSON) async throws {
        let before: JSON =
            known.map {
                [
                    "title": .text($0.title), "file": .text($0.file.name), "sha256": .text($0.file.digest.hexadecimal),
                ]
            } ?? [:]
        try await deed.record(
            action, on: "indicator/\(indicator.id)", named: indicator.title, before: before, after: after)
    }
}

private func changeDocument(
    _ context: Context, says: Phrase, _ body: @Sendable (DocumentChange) async throws -> Void
) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    guard let place = place(of: context) else { throw Refusal.notFound }
    try await context.deed { deed in
        guard deed.viewer?.permissions.contains(.upload) == true else { throw Refusal.forbidden(.upload) }
        _ = try await deed.run(.lockIndicator(id, in: deed.area))
        let indicator = try await deed.find(.indicator(id, in: deed.area))
        try await Rounds.requireOpen(indicator.year, deed)
        let known = try await deed.run(.documents(of: id, in: deed.area)).first { $0.place == place }
        // Another has put a document there, or taken it away, since the page was opened.
        if let seen = seen(context), seen != known?.file.id.rawValue ?? 0 { throw Refusal.outdated }
        try await body(DocumentChange(deed: deed, indicator: indicator, place: place, known: known))
    }
    return .done("/indicators/\(id)/documents", says: says)
}

private func place(of context: Context) -> Int? {
    context.request.parameters["place"].flatMap { Int($0) }
        .flatMap { IndicatorDocument.places.contains($0) ? $0 : nil }
}

/// The number of the file that the page showed at the place, 0 for none; programs needn't say.
private func seen(_ context: Context) -> Int? { context.form.fields["seen"].flatMap { Int($0) } }
