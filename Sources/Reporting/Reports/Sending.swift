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

    private var deed: Deed { change.deed }
    private var input: Fields { deed.context.form.fields }

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
        if change.access.mayFillIn {
            try await attach(&draft)
            try await reuse()
        }
        var report = before
        draft.apply(to: &report)
        let evidence = try await deed.run(.evidence(of: .report(before.id), in: deed.area))
        let missing = step == .confirm ? report.missing(change.sheet, evidence) : []
        let described = newDescriptions(evidence)
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

    /// Of evidence that is still the same.
    private func newDescriptions(_ evidence: [EvidenceItem]) -> JSON {
        .object(
            evidence.filter { item in
                change.evidence.contains { $0.id == item.id && $0.description != item.description }
            }.map { .init(name: "description-\($0.place)", value: .text($0.description)) })
    }

    private func keep(_ report: Report, saying described: JSON) async throws -> Report {
        guard change.access.mayFillIn,
            report.json != change.before.json || report.state == .waiting || !described.members.isEmpty
        else { return report }
        let isOnRecord = !deed.context.isPart || !described.members.isEmpty
        return try await change.take(.save, from: report, saying: described, isOnRecord: isOnRecord) {
            $0.saved = change.signature
        }
    }

    private func confirm(_ report: Report, saying described: JSON) async throws -> Report {
        try await change.take(.confirm, from: report, saying: described) { report in
            report.settleNumbers(change.sheet)
            report.saved = change.signature
            report.confirmed = change.signature
            let assessment = try? change.sheet.assess(report.entries).get()
            report.result = assessment?.result
            report.score = assessment?.score
        }
    }

    /// Who sends over what another has saved meanwhile is told what that is, field by field, and chooses. Who only
    /// confirms must have seen what is confirmed.
    private func refuseOverwriting(_ draft: ReportDraft) throws(Refusal) {
        let report = change.before
        if !change.access.mayFillIn { return try change.requireUnchanged() }
        guard let seen = input["version"].flatMap({ Int($0) }), seen != report.version else { return }
        var problems: [FieldProblem] = []
        for (place, description) in draft.descriptions.sorted(by: { $0.key < $1.key }) {
            let kept = self.description(at: place) ?? ""
            if description != kept { problems.append(.changedMeanwhile("description-\(place)", kept)) }
        }
        let changed = draft.isHeld(by: report) ? [] : change.sheet.inputs.filter(\.isEntered)
        for field in changed where draft.entries[field.name] != report.entries[field.name] {
            problems.append(.changedMeanwhile(field.field, report.entries[field.name] ?? ""))
        }
        if draft.words != report.words { problems.append(.changedMeanwhile("words", report.words)) }
        if draft.selfScore != report.selfScore {
            problems.append(.changedMeanwhile("self-score", report.selfScore.map { "\($0)" } ?? ""))
        }
        if !problems.isEmpty { throw .invalid(problems) }
    }

    /// As it is kept: with its file, or still waiting for one.
    private func description(at place: Int) -> String? {
        change.evidence.first { $0.place == place }?.description ?? change.before.entries["description-\(place)"]
    }

    private func attach(_ draft: inout ReportDraft) async throws {
        let removed = input["remove"].flatMap { Int($0) }
        for place in EvidenceItem.places {
            let known = change.evidence.first { $0.place == place }
            let description = draft.descriptions[place]
            if place == removed {
                if let known { try await change.remove(known) }
                draft.keep(description: nil, at: place)
            } else if let file = files.kept[place], file.digest != known?.file.digest {
                guard files.seen[place] ?? known?.id.rawValue ?? 0 == known?.id.rawValue ?? 0 else {
                    draft.refuse([.sentMeanwhile(at: place)])
                    continue
                }
                let described = description ?? self.description(at: place) ?? ""
                try await change.attach(file, at: place, described: described, over: known)
                draft.keep(description: nil, at: place)
            } else if let known {
                guard let description, description != known.description else { continue }
                deed.sendAlong(.describe(known.id, description, in: deed.area))
            } else if let description {
                draft.keep(description: description, at: place)
            }
        }
    }
}

extension Sending {
    /// One of the unit's own files goes to the first free place; it is not sent again.
    private func reuse() async throws {
        guard let wanted = input["reuse"].flatMap({ FileID(sqlText: $0) }) else { return }
        guard deed.viewer?.permissions.contains(.upload) == true else { throw Refusal.forbidden(.upload) }
        let (uses, evidence) = try await deed.run(
            .fileUses(besideReport: change.before.id, in: deed.area),
            .evidence(of: .report(change.before.id), in: deed.area))
        guard let use = uses.first(where: { $0.file.id == wanted }) else { throw Refusal.notFound }
        let used = Set(evidence.map(\.place))
        guard !evidence.contains(where: { $0.file.digest == use.file.digest }),
            let free = EvidenceItem.places.first(where: { !used.contains($0) })
        else { return }
        try await change.attach(use.file, at: free, described: use.description)
    }
}

extension FieldProblem {
    fileprivate static func changedMeanwhile(_ field: String, _ now: String) -> FieldProblem {
        FieldProblem(
            field,
            Phrase(
                "มีผู้อื่นแก้ไขระหว่างนี้ ค่าขณะนี้คือ “\(now)” บันทึกอีกครั้งเพื่อใช้ค่าของท่าน",
                en: "Somebody changed this meanwhile; it is now “\(now)”. Save again to use yours"))
    }
}
