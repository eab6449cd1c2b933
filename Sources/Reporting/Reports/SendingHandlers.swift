import Catalogue
import Evidence
import HTML
import HTTP
import Kernel
import Runtime

/// What programs send; each value goes under `entry-` and the variable's name.
let draftFields: [FormField] =
    [
        FormField(
            "entry-value", Phrase("ผล หรือค่าของตัวแปรในช่อง entry-ชื่อ", en: "The result; each variable in entry-NAME"),
            .text(limit: 100)),
        FormField("self-score", Phrase("คะแนนประเมินตนเอง", en: "Self-score"), .text(limit: 10)),
        FormField("reuse", Phrase("เลขไฟล์ที่เคยส่ง", en: "Number of a file sent before"), .number(0...Int.max)),
        FormField(
            "remove", Phrase("เอาหลักฐานที่นี้ออก", en: "Take this place's evidence away"), .number(EvidenceItem.places)),
    ]
    + Narrative.fields
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
        (report, sheet, problems) = try await context.change(id) { change in
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
