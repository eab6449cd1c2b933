import Catalogue
import Evidence
import HTML
import HTTP
import Kernel
import Postgres
import Rounds
import Runtime

func showReport(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let area = context.area.id
    let (visit, report, sheet, evidence, earlier, uses, comments, history) = try await context.page(
        .report(id, in: area), .sheet(ofReport: id, in: area), .evidence(of: .report(id), in: area),
        .earlierEvidence(of: .report(id), in: area), .fileUses(besideReport: id, in: area), .comments(of: id, in: area),
        .history(of: id, in: area))
    guard let report, let sheet else { throw Refusal.notFound }
    let access = ReportAccess(visit.viewer, report, sheet)
    guard access.maySee else { throw Refusal.notFound }
    try await context.noteOpening(of: report, sheet, by: visit, history)
    let page =
        access.mayOpenEvidence
        ? ReportPage(
            visit: visit, report: report, sheet: sheet, access: access, evidence: evidence, earlier: earlier,
            uses: access.isReporters ? uses : [], comments: comments, history: history)
        // Neither names of files nor what the area and the unit say to each other is for those who compare.
        : ReportPage(
            visit: visit, report: report, sheet: sheet, access: access, evidence: [], earlier: [], uses: [],
            comments: [],
            history: history.filter { !$0.isOfEvidence })
    return .page(
        page, visit,
        json: .object(
            [
                .init(name: "id", value: JSON(id.rawValue)), .init(name: "version", value: JSON(report.version)),
                .init(name: "indicator", value: JSON(report.indicator.rawValue)),
                .init(name: "round", value: .text(report.round.code)),
                .init(name: "reporter", value: .text(report.reporter)),
                .init(name: "evidence", value: .array(page.evidence.map(\.json))),
                .init(name: "comments", value: .array(page.comments.map(\.json))),
                .init(name: "due-at", value: .text(report.terms(sheet).deadline.text)),
            ] + report.json.members))
}

extension Report {
    static let schema = APISchema.object(
        [
            ("id", .number), ("version", .number), ("indicator", .number), ("round", .text), ("reporter", .text),
            ("evidence", .list(EvidenceItem.schema)), ("comments", .list(ReportComment.schema)), ("due-at", .moment),
            ("state", .text), ("entries", .object([])), ("self-score", .optional(.number)),
            ("result", .optional(.text)), ("score", .optional(.text)), ("check-score", .optional(.text)),
            ("correct-by", .optional(.moment)),
        ] + Narrative.schema)
}

/// Back to where it can be changed, until the area has checked it.
func withdrawReport(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let report = try await context.change(id) { change in
        guard change.access.mayConfirm else { throw Refusal.forbidden(.selfAssess) }
        return try await change.take(.withdraw) { report in
            // What was to be corrected still is.
            if report.correctBy != nil { report.state = .returned }
            report.confirmed = nil
            report.result = nil
            report.score = nil
        }
    }
    return .done(report.path, says: Phrase("ถอนคืนแล้ว แก้ไขต่อได้", en: "Withdrawn. You can change it again"))
}

/// The parts that follow the typing: the score, when it was saved, and the version that the next sending has seen.
func savedPart(_ context: Context, _ report: Report, _ sheet: ReportSheet) async throws -> Outcome {
    let visit = try await context.page() as Visit
    // What the page shows is what was typed into it, also where another's word is kept instead.
    let typed = context.form.fields
    let fields = ShownValues(sentWith: typed)?.fields ?? []
    let shown = ShownValues(fields.map { ($0, tidied(typed[$0] ?? "")) })
    return .part(of: visit, headers: ["x-draft": "saved"]) { html in
        ReportForm.scorePanel(report, sheet, html)
        ReportForm.saved(report, html, isPart: true)
        ReportForm.seen(report, shown, html, isPart: true)
    }
}

/// What was typed was not saved, and why; it stays in the fields.
func unsavedPart(_ context: Context, _ problems: [FieldProblem]) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let (visit, sheet) = try await context.page(.sheet(ofReport: id, in: context.area.id))
    let label = (sheet?.formFields ?? draftFields).first { $0.name == problems.first?.field }?.label
    return .part(of: visit, headers: ["hx-reswap": "none"]) { html in ReportForm.unsaved(problems, at: label, html) }
}
