import Catalogue
import Evidence
import Files
import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Scoring
import Secrets

/// What programs send; each value goes under `entry-` and the variable's name.
let draftFields: [FormField] =
    [
        FormField(
            "entry-value", Phrase("ผล หรือค่าของตัวแปรในช่อง entry-ชื่อ", en: "The result; each variable in entry-NAME"),
            .text(limit: 100)),
        FormField("self-score", Phrase("คะแนนประเมินตนเอง", en: "Self-score"), .text(limit: 10)),
        FormField("words", Phrase("คำชี้แจงการดำเนินงาน", en: "What was done"), .longText(limit: Report.wordsLimit)),
        FormField("reuse", Phrase("เลขไฟล์ที่เคยส่ง", en: "Number of a file sent before"), .number(0...Int.max)),
        FormField(
            "remove", Phrase("เอาหลักฐานที่นี้ออก", en: "Take this place's evidence away"), .number(EvidenceItem.places)),
    ]
    + EvidenceItem.places.flatMap { place in
        [
            FormField(
                "description-\(place)", Phrase("คำอธิบายหลักฐานที่ \(place)", en: "What evidence \(place) shows"),
                .text(limit: EvidenceItem.descriptionLimit)),
            FormField(
                "file-\(place)", Phrase("ไฟล์หลักฐานที่ \(place)", en: "File of evidence \(place)"),
                .file(limit: EvidenceItem.sizeLimit)),
        ]
    }

/// Kept as typed; anything wrong is said at its field, and all else is stored.
func saveReport(_ context: Context) async throws -> Outcome {
    try await send(context, .save)
}

/// Final, from the sender's side: waits for the area's check.
func confirmReport(_ context: Context) async throws -> Outcome {
    try await send(context, .confirm)
}

private func send(_ context: Context, _ step: ReportStep) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let files = try await SentFiles(context)
    let (report, sheet, problems): (Report, ReportSheet, [FieldProblem])
    do {
        (report, sheet, problems) = try await context.deed { deed in
            let change = try await ReportChange(id, deed)
            guard step == .save ? change.access.mayFillIn : change.access.mayConfirm else {
                throw Refusal.forbidden(step.permissions.first)
            }
            let sending = Sending(change: change, files: files, step: step)
            let (report, problems) = try await sending.run()
            return (report, change.sheet, problems)
        }
    } catch Refusal.invalid(let problems) where context.isPart {
        return try await unsavedPart(context, problems)
    } catch Refusal.conflict(let reason) where context.isPart {
        return try await unsavedPart(context, [FieldProblem("report", reason)])
    } catch Refusal.conflict(let reason) where !context.isAPI {
        // In the form, so that what was typed isn't lost.
        throw Refusal.invalid("report", reason)
    }
    if context.isPart { return try await savedPart(context, report, sheet) }
    if !problems.isEmpty { throw Refusal.invalid(problems) }
    let says =
        step == .save
        ? Phrase("บันทึกร่างแล้ว", en: "The draft is saved")
        : Phrase("ยืนยันผลแล้ว รอเขตตรวจ", en: "Confirmed. It waits for the area's check")
    return .done(
        report.path, says: says, json: ["state": .text(report.state.rawValue), "version": JSON(report.version)])
}

/// One sending of the form, within its deed.
private struct Sending: Sendable {
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
        if step == .confirm, before.state == .confirmed, before.confirmed?.member == deed.viewer?.member,
            files.isEmpty, draft.isHeld(by: before)
        {
            return (before, [])
        }
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
                    draft.refuse(
                        "file-\(place)", Phrase("มีผู้อื่นส่งไฟล์ที่ช่องนี้ระหว่างนี้", en: "Somebody else sent a file here meanwhile")
                    )
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

extension ReportChange {
    /// A file takes its place; what was there stays behind.
    func attach(_ file: KeptFile, at place: Int, described description: String, over known: EvidenceItem?) async throws
    {
        if let known { deed.sendAlong(.remove(known.id, in: deed.area, at: deed.now)) }
        let stored = try await deed.run(.insert(file, in: deed.area, by: deed.viewer, at: deed.now))
        try await attach(stored, (file.name, file.digest), at: place, described: description, over: known)
    }

    /// The same with a file that is there already.
    fileprivate func attach(
        _ id: FileID, _ file: (name: String, digest: Digest), at place: Int, described description: String,
        over known: EvidenceItem? = nil
    ) async throws {
        deed.sendAlong(
            .attach(
                id, at: place, described: description, to: .report(before.id), in: deed.area, by: deed.viewer,
                at: deed.now))
        try await deed.record(
            .evidenceSent, on: before.subject, named: name,
            before: known.map { ["file": .text($0.file.name), "sha256": .text($0.file.digest.hexadecimal)] } ?? [:],
            after: [
                "place": JSON(place), "file": .text(file.name), "sha256": .text(file.digest.hexadecimal),
                "description": .text(description),
            ])
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
        try await change.attach(
            wanted, (use.file.name, use.file.digest), at: free, described: use.description)
    }
}

extension ReportChange {
    /// It leaves the report, and stays on the record.
    fileprivate func remove(_ item: EvidenceItem) async throws {
        deed.sendAlong(.remove(item.id, in: deed.area, at: deed.now))
        try await deed.record(
            .evidenceRemoved, on: before.subject, named: name,
            before: [
                "place": JSON(item.place), "file": .text(item.file.name),
                "sha256": .text(item.file.digest.hexadecimal),
            ])
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
