import HTML
import HTTP
import Kernel
import Postgres
import Runtime

let choiceFields = [
    FormField(
        "mail", Phrase("อีเมลสรุป", en: "Summary by e-mail"),
        .choice([
            .init("daily", Phrase("ทุกเช้า เมื่อมีเรื่อง", en: "Each morning, when there is something")),
            .init("never", Phrase("ไม่ต้องส่ง", en: "Never")),
        ]), required: true),
    FormField(
        "hooks",
        Phrase("ชื่อของฉันในโปรแกรมที่เขตเชื่อมต่อไว้ เช่น LINE", en: "My name in the area's other programs, such as LINE"),
        .choice([
            .init("yes", Phrase("ส่งชื่อเมื่อเป็นเรื่องของฉัน", en: "Named when it concerns me")),
            .init("no", Phrase("ไม่ส่งชื่อ", en: "Not named")),
        ])),
]

func showChoices(_ context: Context) async throws -> Outcome {
    let visit = try await context.page() as Visit
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    let (_, choices) = try await context.page(.choices(of: viewer.member, in: context.area.id))
    let key = CalendarKey(
        of: viewer.member, number: choices.calendar, in: context.area.id, signedWith: context.platform.key)
    let page = ChoicesPage(
        visit: visit, choices: choices, calendar: context.platform.baseURL + context.prefix + key.path)
    return .page(
        page, visit,
        json: [
            "mail": .text(choices.mail), "hooks": .text(choices.hooks), "calendar": .text(page.calendar),
        ])
}

func saveChoices(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(choiceFields, context.form.fields)
    try draft.check()
    try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        _ = try await deed.run(
            .choose(
                mail: draft["mail"], hooks: draft.textIfAny("hooks"), of: viewer.member, in: deed.area))
    }
    return .done("/account/notices", says: Phrase("บันทึกแล้ว", en: "Saved"))
}

/// Whoever had the address before, has it no more.
func changeCalendar(_ context: Context) async throws -> Outcome {
    try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        _ = try await deed.run(.changeCalendar(of: viewer.member, in: deed.area))
        try await deed.record(.calendarChanged, on: "member/\(viewer.member)", named: viewer.name)
    }
    return .done("/account/notices", says: Phrase("เปลี่ยนที่อยู่ปฏิทินแล้ว", en: "The calendar has a new address"))
}
