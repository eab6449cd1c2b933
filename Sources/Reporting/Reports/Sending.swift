import Catalogue
import Evidence
import HTML
import HTTP
import Kernel
import Runtime
import Scoring
import Secrets

/// One sending of the form, within its deed.
struct Sending: Sendable {
    let change: ReportChange
    let files: SentFiles
    let step: ReportStep

    /// What was typed; what the person left alone is as others have made it since.
    let input: Fields
    private let shown: ShownValues?

    private var deed: Deed { change.deed }

    init(change: ReportChange, files: SentFiles, step: ReportStep) {
        (self.change, self.files, self.step) = (change, files, step)
        let typed = change.deed.context.form.fields
        shown = ShownValues(sentWith: typed)
        var merged = typed
        for field in shown?.fields ?? [] where shown?.showed(tidied(typed[field] ?? ""), in: field) == true {
            merged.set(field, change.before.kept(in: field, change.evidence))
        }
        input = merged
    }

    /// The report as it is then, and what kept it from being confirmed, or wasn't taken.
    func run() async throws -> (Report, [FieldProblem]) {
        let before = change.before
        // Who may only confirm, confirms what others have filled in.
        var draft = ReportDraft(change.access.mayFillIn ? input : Fields(), over: before, change.sheet)
        if isRepeated(draft) { return (before, []) }
        // Said before anything is stored.
        _ = try ReportStep.save.outcome(from: before.state, before.terms(change.sheet), at: deed.now)
        try refuseOverwriting(draft)
        draft.refuse(files.problems)
        let sending = try await attach(&draft)
        let described = JSON.object(sending.said)
        var report = before
        draft.apply(to: &report)
        let missing = step == .confirm ? report.missing(change.sheet, sending.descriptions) : []
        guard step == .confirm, draft.problems.isEmpty, missing.isEmpty else {
            return (try await keep(report, saying: described), draft.problems + missing)
        }
        return (try await confirm(report, saying: described), [])
    }

    /// The same once more from whoever has confirmed it: a double click, or the line broke before the answer came.
    private func isRepeated(_ draft: ReportDraft) -> Bool {
        let report = change.before
        guard step == .confirm, report.state == .confirmed, report.confirmed?.member == deed.viewer?.member,
            draft.problems.isEmpty, files.problems.isEmpty
        else { return false }
        return draft.isHeld(by: report)
            && draft.descriptions.allSatisfy { place, typed in typed == description(at: place) ?? "" }
            && files.kept.allSatisfy { place, file in
                change.evidence.contains { $0.place == place && $0.file.digest == file.digest }
            }
    }

    private func keep(_ report: Report, saying described: JSON) async throws -> Report {
        guard change.access.mayFillIn,
            report.json != change.before.json || report.state == .waiting || !described.members.isEmpty
        else { return report }
        // One person's typing is told when it is confirmed; where two have typed, each is.
        let isOthers = change.before.saved.map { $0.name != deed.viewer?.name } ?? false
        let isOnRecord = !deed.context.isPart || !described.members.isEmpty || isOthers
        return try await change.take(.save, from: report, saying: described, isOnRecord: isOnRecord) {
            $0.saved = change.signature
        }
    }

    private func confirm(_ report: Report, saying described: JSON) async throws -> Report {
        try await change.take(.confirm, from: report, saying: described) { report in
            report.entries = change.sheet.settled(report.entries)
            report.saved = change.signature
            report.confirmed = change.signature
            let assessment = try? change.sheet.assess(report.entries).get()
            report.result = assessment?.result
            report.score = assessment?.score
        }
    }

    /// Who sends over what another has saved meanwhile is told what that is, field by field, and chooses. What is
    /// confirmed must have been seen, also where one has changed nothing.
    private func refuseOverwriting(_ draft: ReportDraft) throws(Refusal) {
        let report = change.before
        if !change.access.mayFillIn { return try change.requireUnchanged() }
        // The page may have saved by itself since, and know the newest version without having shown it.
        let unseen = unseen.map(changedMeanwhile)
        guard let seen = input["version"].flatMap({ Int($0) }), seen != report.version else {
            if !unseen.isEmpty { throw .invalid(unseen) }
            return
        }
        var changed: [String] = []
        for (place, description) in draft.descriptions.sorted(by: { $0.key < $1.key })
        where description != self.description(at: place) ?? "" {
            changed.append("description-\(place)")
        }
        let entered = draft.isHeld(by: report) ? [] : change.sheet.inputs.filter(\.isEntered)
        changed += entered.filter { draft.entries[$0.name] != report.entries[$0.name] }.map(\.field)
        changed += Narrative.fields.map(\.name).filter { draft.narrative[$0] != report.narrative[$0] }
        if draft.selfScore != report.selfScore { changed.append("self-score") }
        let problems = changed.filter(isNew).map(changedMeanwhile) + unseen
        if !problems.isEmpty { throw .invalid(problems) }
    }

    /// Whether another has saved something else there than the form showed; of a form that doesn't tell, one can't say.
    private func isNew(_ field: String) -> Bool {
        shown.map { !$0.showed(change.before.kept(in: field, change.evidence), in: field) } ?? true
    }

    /// What others have changed and the person who confirms has left alone.
    private var unseen: [String] {
        guard step == .confirm, let shown else { return [] }
        let typed = deed.context.form.fields
        return shown.fields.filter { isNew($0) && shown.showed(tidied(typed[$0] ?? ""), in: $0) }
    }

    private func changedMeanwhile(_ field: String) -> FieldProblem {
        .changedMeanwhile(field, change.before.kept(in: field, change.evidence))
    }

}

extension FieldProblem {
    fileprivate static func changedMeanwhile(_ field: String, _ now: String) -> FieldProblem {
        FieldProblem(
            field,
            Phrase(
                "มีผู้อื่นแก้ไขระหว่างนี้ ค่าขณะนี้คือ “\(now)” กด “เก็บเป็นร่าง” อีกครั้งเพื่อใช้ค่าของท่าน",
                en: "Somebody changed this meanwhile; it is now “\(now)”. Press “Keep as draft” again to use yours"))
    }
}
