import HTML
import HTTP
import Interface
import Jobs
import Kernel
import Postgres
import Runtime

let resultExtensionFields = [
    FormField("until", Phrase("ขยายถึง", en: "Until"), .moment, required: true),
    FormField("reason", Phrase("เหตุผล", en: "Reason"), .text(limit: 300), required: true),
]

let resultReopeningFields = [
    FormField("reason", Phrase("เหตุผล", en: "Reason"), .longText(limit: 4000), required: true)
]

/// More time for one area, by the indicator office; also where it was cut already.
func extendResult(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(resultExtensionFields, context.form.fields)
    let until = draft.moment("until") ?? context.now
    if until <= context.now { draft.refuse("until", Phrase("ต้องเป็นเวลาข้างหน้า", en: "This must lie ahead")) }
    try draft.check()
    let reason = draft["reason"]
    return try await oversee(context, .extend) { national, deed in
        guard until > max(national.terms?.deadline ?? until, national.result.correctBy ?? context.now) else {
            throw Refusal.invalid(
                "until", Phrase("ต้องหลังกำหนดเดิม", en: "This must be later than the time that it has already"))
        }
        deed.sendAlong(
            .extend(national.result, until: until, because: reason, at: deed.now),
            // The clock looks again then.
            .enqueue(ResultClock.job, [:], in: national.result.area.rawValue, at: until + 1))
        try await deed.record(
            .resultExtended, on: national.result.subject, named: national.name,
            after: ["until": .text(until.text), "reason": .text(reason)])
    }
}

/// What was certified is to be decided once more, by the indicator office and on the record.
func reopenResult(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(resultReopeningFields, context.form.fields)
    try draft.check()
    let ruling = Ruling(step: .reopen, comment: draft["reason"])
    return try await oversee(context, .reopen) { national, deed in
        guard let terms = national.terms else { throw Refusal.notFound }
        let mark = AreaResult.Mark(at: deed.now, name: deed.viewer?.name ?? "")
        let (after, decision) = try ruling.applied(to: national.result, by: .office, named: mark, terms)
        try await deed.store(after, decision, since: national)
        if let moved = after.terms(national.national) {
            deed.sendAlong(.enqueue(ResultClock.job, [:], in: after.area.rawValue, at: moved.decideBy + 1))
        }
    }
}

private func oversee(
    _ context: Context, _ step: ResultStep, _ body: @Sendable (NationalResult, Deed) async throws -> Void
) async throws -> Outcome {
    let key = try deskKey(context)
    let scope = try await context.deed(onSubmissionsOf: key.area) { deed in
        let national = try await deed.find(.nationalForUpdate(key.result, in: key.area))
        guard let terms = national.terms else { throw Refusal.notFound }
        _ = try step.outcome(from: national.result.state, by: .office, terms, at: deed.now)
        try await body(national, deed)
        return national.result.deskScope
    }
    return .done(
        "\(scope.path)?show=all&item=\(key)", says: Phrase("บันทึกและแจ้งเขตแล้ว", en: "Done, and the area is told"))
}

extension Query where Answer == Int {
    fileprivate static func extend(_ result: AreaResult, until: Instant, because reason: String, at now: Instant)
        -> Query
    {
        .deed(
            """
            UPDATE area_results
            SET extended_until = \(until), extension_reason = \(reason), cut_at = NULL, told_area_at = \(now),
                correct_by = CASE WHEN state = 'refused' THEN \(until) ELSE correct_by END
            WHERE area_id = \(result.area) AND id = \(result.id)
            """)
    }
}

/// What the indicator office may do beside deciding.
struct OversightForms {
    let visit: Visit
    let item: DeskItem

    private var path: String { item.result.deskKey.path }

    func write(to html: HTML) {
        guard visit.holds(.publish), let terms = item.national.terms else { return }
        let may: (ResultStep) -> Bool = {
            $0.obstacle(from: item.result.state, by: .office, terms, at: visit.now) == nil
        }
        if may(.extend) {
            form(html, "extension", Phrase("ขยายเวลาให้เขตนี้", en: "More time for this area"), resultExtensionFields)
        }
        if may(.reopen) {
            form(html, "reopening", Phrase("เปิดพิจารณาใหม่", en: "Open it again"), resultReopeningFields)
        }
    }

    private func form(_ html: HTML, _ noun: String, _ label: Phrase, _ fields: [FormField]) {
        html.details(.className("mt-3")) {
            html.summary(text: label)
            html.form(to: "\(path)/\(noun)", visit, .className("mt-2")) {
                FormWriter(html, fields, visit, markedBy: "-\(noun)").all()
                html.submit(label, primary: false)
            }
        }
    }
}
