import Evidence
import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

let evidenceFields = [
    FormField(
        "description", Phrase("คำอธิบายไฟล์", en: "What the file shows"), .text(limit: EvidenceItem.descriptionLimit),
        required: true),
    FormField(
        "file", Phrase("ไฟล์", en: "File"), .file(limit: EvidenceItem.sizeLimit),
        hint: Phrase("PDF รูปภาพ Word หรือ Excel", en: "PDF, picture, Word or Excel")),
]

func attachEvidence(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(evidenceFields, context.form.fields)
    guard let upload = context.form.files["file"] else {
        draft.refuse("file", Phrase("เลือกไฟล์", en: "Choose a file"))
        throw Refusal.invalid(draft.problems)
    }
    try draft.check()
    let description = draft["description"]
    let file = try await KeptFile(upload, sentAs: "file", upTo: EvidenceItem.sizeLimit, by: context.platform)
    let path = try await context.changeResult { change in
        try change.requireEvidenceOpen()
        if change.evidence.contains(where: { $0.file.digest == file.digest && $0.description == description }) {
            // A double click, or the line broke before the answer came.
            return change.result.path
        }
        let taken = Set(change.evidence.map(\.place))
        guard let place = EvidenceItem.places.first(where: { !taken.contains($0) }) else {
            throw Refusal.invalid(
                "file",
                Phrase("แนบได้ไม่เกิน \(EvidenceItem.places.count) ไฟล์", en: "At most \(EvidenceItem.places.count) files"))
        }
        let deed = change.deed
        deed.sendAlong(
            .attach(
                file, at: place, described: description, to: .result(change.result.id), in: deed.area, by: deed.viewer,
                at: deed.now))
        try await deed.record(
            .resultEvidenceSent, on: change.result.subject, named: change.entry.whole.name,
            after: [
                "file": .text(file.name), "sha256": .text(file.digest.hexadecimal), "description": .text(description),
            ])
        deed.takeSpace(for: file)
        return change.result.path
    }
    return .done("\(path)#evidence", says: Phrase("แนบไฟล์แล้ว", en: "The file is attached"), made: true)
}

/// It leaves what is being filled in; what was sent with it keeps it.
func removeResultEvidence(_ context: Context) async throws -> Outcome {
    let place = place(of: context)
    let path = try await context.changeResult { change in
        try change.requireEvidenceOpen()
        guard let item = change.evidence.first(where: { $0.place == place }) else { throw Refusal.notFound }
        let deed = change.deed
        deed.sendAlong(.remove(item.id, in: deed.area, at: deed.now))
        try await deed.record(
            .resultEvidenceRemoved, on: change.result.subject, named: change.entry.whole.name,
            before: ["file": .text(item.file.name), "sha256": .text(item.file.digest.hexadecimal)])
        return change.result.path
    }
    return .done("\(path)#evidence", says: Phrase("เอาไฟล์ออกแล้ว", en: "The file is taken away"))
}

func openResultEvidence(_ context: Context) async throws -> Outcome {
    let id: AreaResultID = try context.identifier("result")
    let (_, items) = try await context.page(.evidence(of: .result(id), in: context.area.id))
    guard let item = items.first(where: { $0.place == place(of: context) }) else { throw Refusal.notFound }
    return context.request.query["show"] == nil
        ? try await item.file.download(context) : try await item.file.show(context)
}

private func place(of context: Context) -> Int? { context.request.parameters["place"].flatMap { Int($0) } }

extension ResultChange {
    fileprivate func requireEvidenceOpen() throws(Refusal) {
        guard deed.viewer?.permissions.contains(.owner) == true else { throw .forbidden(.owner) }
        _ = try requireOpen(.save)
    }
}
