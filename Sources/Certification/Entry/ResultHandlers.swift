import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Scoring

/// What programs send; each value goes under `entry-` and the variable's name.
let resultFields: [FormField] =
    [
        FormField(
            "entry-value", Phrase("ผล หรือค่าของตัวแปรในช่อง entry-ชื่อ", en: "The result; each variable in entry-NAME"),
            .text(limit: 100))
    ] + Narrative.fields

let savedResultSchema = APISchema.object([("state", .text), ("version", .number)])

func listResults(_ context: Context) async throws -> Outcome {
    let (visit, results, certificate) = try await context.page(
        .results(in: context.year, of: context.area.id),
        .certificate(ofYear: context.year, in: context.area.id))
    return .page(
        ResultsPage(visit: visit, results: results, certificate: certificate), visit,
        json: ["items": .array(results.map(\.json))])
}

func showResult(_ context: Context) async throws -> Outcome {
    let id: AreaResultID = try context.identifier("result")
    let area = context.area.id
    let (visit, entry, evidence, submissions, decisions, messages, central, rollUp, certificate) =
        try await context.page(
            .entry(id, in: area), .evidence(of: .result(id), in: area), .submissions(of: id, in: area),
            .decisions(of: id, in: area), .messages(about: id, in: area), .centralValues(for: id, in: area),
            .rollUp(for: id, in: area), .certificate(of: id, in: area))
    guard let entry = entry?.counting(rollUp) else { throw Refusal.notFound }
    return .page(
        ResultPage(
            visit: visit, entry: entry, evidence: evidence, submissions: submissions, decisions: decisions,
            messages: messages, central: central, rollUp: rollUp, certificate: certificate), visit,
        json: .object(
            entry.whole.json.members + [
                .init(name: "version", value: JSON(entry.draft.version)),
                .init(name: "entries", value: entry.draft.entriesJSON),
                .init(name: "evidence", value: .array(evidence.map(\.json))),
                .init(name: "messages", value: .array(messages.map(\.json))),
            ] + entry.draft.narrative.members))
}

/// Kept as typed; what is wrong is said at its field, and all else is stored.
func saveResult(_ context: Context) async throws -> Outcome {
    try await sendResult(context, .save)
}

/// The area says that its figures are final, and sends them to the central office.
func confirmResult(_ context: Context) async throws -> Outcome {
    try await sendResult(context, .confirm)
}

private func sendResult(_ context: Context, _ step: ResultStep) async throws -> Outcome {
    let (draft, entry, problems): (ResultDraft, ResultEntry, [FieldProblem])
    do {
        (draft, entry, problems) = try await context.changeResult { change in
            guard change.deed.viewer?.permissions.contains(.owner) == true else { throw Refusal.forbidden(.owner) }
            if step == .confirm, change.isRepeated { return (change.entry.draft, change.entry, []) }
            _ = try change.requireOpen(step)
            try change.requireUnchanged(since: context.form.fields["version"].flatMap { Int($0) })
            var (draft, problems) = change.entry.draft.reading(context.form.fields, change.entry.sheet)
            if step == .confirm { problems += change.missing(draft) }
            if step == .confirm, problems.isEmpty { draft.entries = change.entry.sheet.settled(draft.entries) }
            let saved = try await change.save(draft)
            if step == .confirm, problems.isEmpty { try await change.confirm(saved) }
            return (saved, change.entry, problems)
        }
    } catch Refusal.conflict(let reason) where context.isPart {
        return .part(of: try await context.page() as Visit, headers: ["hx-reswap": "none"]) { html in
            ResultForm.unsaved(reason, html)
        }
    } catch Refusal.conflict(let reason) where !context.isAPI {
        // In the form, so that what was typed isn't lost.
        throw Refusal.invalid("result", reason)
    }
    if context.isPart {
        return .part(of: try await context.page() as Visit, headers: ["x-draft": "saved"]) { html in
            ResultForm.saved(draft, entry.sheet, html)
        }
    }
    if !problems.isEmpty { throw Refusal.invalid(problems) }
    return .done(
        entry.result.path,
        says: step == .save
            ? Phrase("บันทึกร่างแล้ว", en: "The draft is saved")
            : Phrase("ยืนยันผลแล้ว รอส่วนกลางรับรอง", en: "Confirmed. It waits for the central office"),
        json: [
            "state": .text((step == .confirm ? ResultState.waiting : entry.result.state).rawValue),
            "version": JSON(draft.version),
        ])
}

/// Back to where it can be changed, until the bureau has decided.
func withdrawResult(_ context: Context) async throws -> Outcome {
    let path = try await context.changeResult { change in
        guard change.deed.viewer?.permissions.contains(.owner) == true else { throw Refusal.forbidden(.owner) }
        try await change.withdraw()
        return change.result.path
    }
    return .done(path, says: Phrase("ถอนคืนแล้ว แก้ไขต่อได้", en: "Withdrawn. You can change it again"))
}

extension ResultChange {
    /// The same once more from whoever has sent it: a double click, or the line broke before the answer came.
    fileprivate var isRepeated: Bool {
        let (read, problems) = entry.draft.reading(deed.context.form.fields, entry.sheet)
        return result.state == .waiting && result.sent?.name == deed.viewer?.name && problems.isEmpty
            && entry.sheet.settled(read.entries) == entry.draft.entries && read.narrative == entry.draft.narrative
    }

    /// What is wanted before it can be sent.
    fileprivate func missing(_ draft: ResultDraft) -> [FieldProblem] {
        entry.sheet.missing(in: draft.entries).map { FieldProblem($0.field, .needed) } + unseenFigures
    }

    /// Schools' numbers that aren't there yet, or have changed since they were seen.
    private var unseenFigures: [FieldProblem] {
        let seen = deed.context.form.fields["rolled-up"]
        let isOutdated = seen != nil && seen != entry.sheet.rolledUpMark
        return entry.sheet.inputs.filter { $0.lock == .rolledUp }.compactMap { input in
            if input.carried == nil {
                return FieldProblem(
                    input.field, Phrase("ยังไม่มีรายงานของโรงเรียนที่ตรวจแล้ว", en: "No school's report was checked yet"))
            }
            guard isOutdated else { return nil }
            return FieldProblem(
                input.field,
                Phrase(
                    "ตัวเลขจากโรงเรียนเปลี่ยนไปแล้ว ตรวจดูแล้วยืนยันอีกครั้ง",
                    en: "The schools' numbers have changed. Look at them and confirm again"))
        }
    }
}

extension ResultDraft {
    /// What was typed, over what is kept.
    fileprivate func reading(_ form: Fields, _ sheet: ReportSheet) -> (ResultDraft, [FieldProblem]) {
        var (draft, problems): (ResultDraft, [FieldProblem]) = (self, [])
        for input in sheet.inputs where input.isEntered {
            switch input.reading(of: form) {
            case .unsaid: continue
            case .refused(let reason): problems.append(FieldProblem(input.field, reason))
            case .kept(let typed, let problem):
                draft.entries[input.name] = typed
                if let problem { problems.append(FieldProblem(input.field, problem)) }
            }
        }
        problems += draft.narrative.read(form)
        return (draft, problems)
    }
}

extension AreaResult {
    static let schemaWithDraft = APISchema.object(
        [("indicator", .text)] + members + [
            ("version", .number), ("entries", .object([])), ("evidence", .list(EvidenceItem.schema)),
            ("messages", .list(ResultMessage.schema)),
        ] + Narrative.schema)
}
