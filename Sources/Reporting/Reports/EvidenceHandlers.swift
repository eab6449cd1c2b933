import Catalogue
import Evidence
import HTML
import HTTP
import Kernel
import Postgres
import Runtime

/// Downloaded under its own name; or shown in place with `?show`. The first time that somebody of the office opens it is
/// kept.
func openEvidence(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let area = context.area.id
    let (visit, report, sheet, items) = try await context.page(
        .report(id, in: area), .sheet(ofReport: id, in: area), .evidence(of: .report(id), in: area))
    guard let report, let sheet else { throw Refusal.notFound }
    let access = ReportAccess(visit.viewer, report, sheet)
    guard access.mayOpenEvidence, let item = items.first(where: { $0.place == place(of: context) }) else {
        throw Refusal.notFound
    }
    if item.opened == nil, !access.isReporters, let viewer = visit.viewer, viewer.seenBy == nil {
        try await context.platform.database.transaction(in: area.rawValue) { transaction in
            _ = try await transaction.run(.noteOpening(of: item.id, by: viewer.name, in: area, at: context.now))
        }
    }
    return context.request.query["show"] == nil
        ? try await item.file.download(context) : try await item.file.show(context)
}

/// One file by itself: what a page with script sends while the rest is still being typed, and what programs send.
func sendEvidence(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let place = place(of: context)
    guard context.isPart, let place else {
        _ = try await attach(context, id, place)
        return .done("/reports/\(id)", says: Phrase("ส่งไฟล์แล้ว", en: "The file is sent"), made: true)
    }
    // What a page with script shows is said at the place, and nothing else of the page is touched.
    do {
        return try await slotPart(context, id, place, versions: try await attach(context, id, place))
    } catch Refusal.invalid(let problems) {
        return try await slotPart(context, id, place, problems)
    } catch Refusal.conflict(let reason) {
        return try await slotPart(context, id, place, [FieldProblem("file-\(place)", reason)])
    } catch Refusal.outdated {
        return try await slotPart(context, id, place, [.sentMeanwhile(at: place)])
    }
}

/// The versions before and after, when it made a new one.
private func attach(_ context: Context, _ id: ReportID, _ place: Int?) async throws -> (from: Int, to: Int)? {
    let files = try await SentFiles(context)
    if !files.problems.isEmpty { throw Refusal.invalid(files.problems) }
    guard let place, let file = files.kept[place] else {
        throw Refusal.invalid("file-\(place ?? 1)", Phrase("เลือกไฟล์", en: "Choose a file"))
    }
    let description = "description-\(place)"
    let draft = FormDraft(draftFields.filter { $0.name == description }, context.form.fields)
    try draft.check()
    return try await context.change(id) { change in
        let deed = change.deed
        guard change.access.mayFillIn else { throw Refusal.forbidden(.school) }
        _ = try ReportStep.save.outcome(from: change.before.state, change.before.terms(change.sheet), at: deed.now)
        let known = change.evidence.first { $0.place == place }
        files.forgetPieces(deed)
        let isLeftAlone =
            ShownValues(sentWith: context.form.fields)?.showed(draft[description], in: description) ?? false
        let said = isLeftAlone ? nil : draft.textIfAny(description)
        if let known, file.digest == known.file.digest {
            // The same file again is there already; what it shows may be said anew.
            guard let said, said != known.description else { return nil }
            return try await change.describe(known, said)
        }
        if let seen = files.seen[place], seen != known?.id.rawValue ?? 0 { throw Refusal.outdated }
        let waiting = change.before.entries[description]
        try await change.attach(
            file, at: place, described: said ?? known?.description ?? waiting ?? "", over: known)
        guard change.before.state == .waiting || waiting != nil else { return nil }
        let report = try await change.take(.save) { report in
            report.saved = change.signature
            report.entries[description] = nil
        }
        return (change.before.version, report.version)
    }
}

/// The one place of the form, with what was sent in it, or why it wasn't taken.
private func slotPart(
    _ context: Context, _ id: ReportID, _ place: Int, _ problems: [FieldProblem] = [],
    versions: (from: Int, to: Int)? = nil
) async throws -> Outcome {
    let area = context.area.id
    var (visit, report, sheet, items, uses) = try await context.page(
        .report(id, in: area), .sheet(ofReport: id, in: area), .evidence(of: .report(id), in: area),
        .fileUses(besideReport: id, in: area))
    guard let report, let sheet else { throw Refusal.notFound }
    let access = ReportAccess(visit.viewer, report, sheet)
    // A file may be refused before anybody has asked whose report it is.
    guard access.mayFillIn else { throw Refusal.notFound }
    if !problems.isEmpty { visit.rejection = Rejection(fields: context.form.fields, problems: problems) }
    let form = ReportForm(
        visit: visit, report: report, sheet: sheet, access: access, evidence: items, uses: uses)
    return .part(of: visit, headers: versions.map { ["x-version": "\($0.from) \($0.to)"] } ?? [:]) {
        EvidenceSlots(form: form, mayUpload: true).slot($0, place)
    }
}

extension FieldProblem {
    static func sentMeanwhile(at place: Int) -> FieldProblem {
        FieldProblem(
            "file-\(place)", Phrase("มีผู้อื่นส่งไฟล์ที่ช่องนี้ระหว่างนี้", en: "Somebody else sent a file here meanwhile"))
    }
}

/// The receiver has filed it; its sender sees that.
func receiveEvidence(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    guard let place = place(of: context) else { throw Refusal.notFound }
    let indicator = try await context.deed { deed in
        // Who sends more of it holds the report too, so that neither waits for the other for ever.
        let (report, sheet, items) = try await deed.run(
            .reportForUpdate(id, in: deed.area), .sheet(ofReport: id, in: deed.area),
            .evidence(of: .report(id), in: deed.area))
        guard let report, let sheet, ReportAccess(deed.viewer, report, sheet).mayReceive,
            let item = items.first(where: { $0.place == place })
        else { throw Refusal.notFound }
        let count = try await deed.run(
            .receive(item.id, by: deed.viewer?.name ?? "", in: deed.area, at: deed.now))
        // Somebody else was quicker: it is received all the same.
        guard count == 1 else { return report.indicator }
        try await deed.record(
            .evidenceReceived, on: report.subject, named: "\(sheet.title) · \(report.reporter)",
            after: ["place": JSON(place), "file": .text(item.file.name)])
        return report.indicator
    }
    let isFromList = context.form.fields["back"] == "list"
    return .done(
        isFromList ? "/indicators/\(indicator)/receipts" : "/reports/\(id)#evidence",
        says: Phrase("รับไฟล์แล้ว", en: "The file is received"))
}

private func place(of context: Context) -> Int? {
    context.request.parameters["place"].flatMap { Int($0) }
        .flatMap { EvidenceItem.places.contains($0) ? $0 : nil }
}
