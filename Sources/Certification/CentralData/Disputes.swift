import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Scoring

let disputeFields = [
    FormField("variable", Phrase("ตัวแปร", en: "Variable"), .text(limit: 60), required: true),
    FormField("dispute", Phrase("ข้อทักท้วง", en: "What is wrong with it"), .longText(limit: 2000), required: true),
]

let disputeAnswerFields = [
    FormField("variable", Phrase("ตัวแปร", en: "Variable"), .text(limit: 60), required: true),
    FormField("answer", Phrase("คำตอบ", en: "Answer"), .longText(limit: 2000), required: true),
]

/// The area doesn't agree with a number; until the round is due.
func disputeCentralData(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(disputeFields, context.form.fields)
    try draft.check()
    let path = try await context.changeResult { change in
        guard change.deed.now <= change.entry.terms.deadline, change.result.state != .certified else {
            throw Refusal.conflict(
                Phrase("เลยกำหนดหรือรับรองแล้ว ทักท้วงไม่ได้", en: "It is past due or certified; it can't be disputed"))
        }
        let deed = change.deed
        let count = try await deed.run(
            .dispute(draft["variable"], draft["dispute"], of: change.result, by: change.mark))
        guard count == 1 else { throw Refusal.notFound }
        deed.sendAlong(.tell(.centre, of: change.result.id, in: deed.area, at: deed.now))
        try await change.record(.centralDataDisputed, saying: ["comment": .text(draft["dispute"])])
        deed.tellCentre(.centralDataDisputed, change.entry.whole, saying: draft["dispute"])
        return change.result.path
    }
    return .done("\(path)#central-data", says: Phrase("ส่งข้อทักท้วงแล้ว", en: "The dispute is sent"))
}

func answerDispute(_ context: Context) async throws -> Outcome {
    let key = try deskKey(context)
    let draft = FormDraft(disputeAnswerFields, context.form.fields)
    try draft.check()
    let scope = try await context.deed(onSubmissionsOf: key.area) { deed in
        let national = try await deed.find(.nationalForUpdate(key.result, in: key.area))
        let isSupplier = deed.viewer?.permissions.contains(.supply) == true
        guard isSupplier || DeskAccess(deed.viewer, national).actor != .otherBureau else { throw Refusal.notFound }
        let mark = AreaResult.Mark(at: deed.now, name: deed.viewer?.name ?? "")
        let count = try await deed.run(
            .answerDispute(draft["variable"], draft["answer"], of: national.result, by: mark))
        guard count == 1 else { throw Refusal.notFound }
        deed.sendAlong(.tell(.area, of: key.result, in: key.area, at: deed.now))
        try await deed.record(
            .disputeAnswered, on: national.result.subject, named: national.name,
            after: ["comment": .text(draft["answer"])])
        return national.result.deskScope
    }
    return .done(
        "\(scope.path)?show=all&item=\(key)", says: Phrase("ตอบข้อทักท้วงแล้ว", en: "The dispute is answered"))
}

/// The numbers that came from the central office, each with its source and what was said to it.
struct CentralDataPanel {
    let visit: Visit
    let side: ResultSide
    let values: [CentralValue]
    let labels: [String: Phrase]
    /// Where one disputes, or answers; nil where that can't be done.
    let action: String?

    func write(to html: HTML) {
        guard !values.isEmpty else { return }
        html.section(.className("panel"), .id("central-data")) {
            html.h2(text: Phrase("ข้อมูลส่วนกลาง", en: "Central data"))
            html.ul(.className("steps")) { for value in values { item(html, value) } }
        }
    }

    private func item(_ html: HTML, _ value: CentralValue) {
        html.li {
            html.b(text: labels[value.variable] ?? Phrase(same: value.variable))
            html.text(" \(value.value.shortText()) ")
            html.div(
                .className("small dim"),
                text: Phrase("แหล่งข้อมูล ", en: "Source: ") + Phrase(same: value.source)
                    + Phrase(" ณ วันที่ ", en: ", as of ") + value.asOf.inShort)
            if let disputed = value.disputed { said(html, value, disputed) }
            if let action, side == .area ? !value.isDisputed : value.isDisputed { form(html, value, action) }
        }
    }

    private func said(_ html: HTML, _ value: CentralValue, _ disputed: AreaResult.Mark) {
        html.div {
            html.state(.wait, "warn", Phrase("ทักท้วงแล้ว", en: "Disputed"))
            html.text(" ")
            html.paragraphs(value.dispute ?? "")
            html.span(.className("small dim"), text: Phrase(same: " \(disputed.name) · ") + disputed.at.inShort)
        }
        guard let answered = value.answered else { return }
        html.div {
            html.state(.ok, "check", Phrase("ตอบแล้ว", en: "Answered"))
            html.text(" ")
            html.paragraphs(value.answer ?? "")
            html.span(.className("small dim"), text: Phrase(same: " \(answered.name) · ") + answered.at.inShort)
        }
    }

    private func form(_ html: HTML, _ value: CentralValue, _ action: String) {
        var visit = visit
        if visit.rejection?.fields["variable"] != value.variable { visit.rejection = nil }
        let label = side == .area ? Phrase("ทักท้วง", en: "Dispute it") : Phrase("ตอบข้อทักท้วง", en: "Answer")
        html.details(.className("mt-1"), Attribute("open", "").when(visit.rejection != nil)) {
            html.summary(.className("small"), text: label)
            html.form(to: action, visit, .className("mt-2")) {
                html.input(.type("hidden"), .name("variable"), .value(value.variable))
                let fields = side == .area ? disputeFields : disputeAnswerFields
                FormWriter(html, fields, visit, markedBy: "-\(value.variable)").field(fields[1].name)
                html.submit(label, primary: false)
            }
        }
    }
}
