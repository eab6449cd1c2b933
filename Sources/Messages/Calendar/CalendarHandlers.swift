import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// For calendar programs, which can't sign in: the address itself is the key. It can be changed, and then the old one
/// is not found.
func showCalendar(_ context: Context) async throws -> Outcome {
    let area = context.area
    guard let text = context.request.parameters["key"],
        let key = CalendarKey(text, in: area.id, signedWith: context.platform.key)
    else { throw Refusal.notFound }
    let choices = try await context.page(.choices(of: key.member, in: area.id)).1
    guard choices.calendar == key.number else { throw Refusal.notFound }
    let sources = context.platform.registry.calendar.map { $0(context) }
    let (_, answers) = try await context.page(asking: [.seeing(as: key.member, in: area.id)] + sources)
    let calendar = Calendar(
        name: area.shortName, events: answers.flatMap(\.self), language: context.language,
        address: context.platform.baseURL + context.prefix, now: context.now)
    return .response(
        Response(
            200,
            headers: [
                "content-type": "text/calendar; charset=utf-8", "cache-control": "private, max-age=3600",
                "content-disposition": "inline; filename=\"rabrong.ics\"",
            ], body: .bytes(ByteBuffer(calendar.text))))
}

let choiceFields = [
    FormField(
        "mail", Phrase("อีเมลสรุป", en: "Summary by e-mail"),
        .choice([
            .init("daily", Phrase("ทุกเช้า เมื่อมีเรื่อง", en: "Each morning, when there is something")),
            .init("never", Phrase("ไม่ต้องส่ง", en: "Never")),
        ]), required: true)
]

func showChoices(_ context: Context) async throws -> Outcome {
    let visit = try await context.page() as Visit
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    let (_, choices) = try await context.page(.choices(of: viewer.member, in: context.area.id))
    let key = CalendarKey(
        of: viewer.member, number: choices.calendar, in: context.area.id, signedWith: context.platform.key)
    let page = ChoicesPage(
        visit: visit, choices: choices, calendar: context.platform.baseURL + context.prefix + key.path)
    return .page(page, visit, json: ["mail": .text(choices.mail), "calendar": .text(page.calendar)])
}

func saveChoices(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(choiceFields, context.form.fields)
    try draft.check()
    try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        _ = try await deed.run(.choose(mail: draft["mail"], of: viewer.member, in: deed.area))
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

/// How a member wants to be told.
struct Choices: Sendable {
    var mail: String
    var calendar: Int
}

extension Query where Answer == Choices {
    static func choices(of member: MemberID, in area: AreaID) -> Query {
        .one(
            """
            SELECT coalesce(max(mail), 'daily'), coalesce(max(calendar), 1)
            FROM notice_choices
            WHERE area_id = \(area) AND member_id = \(member)
            """
        ) { Choices(mail: try $0.next(), calendar: try $0.next()) }
    }
}

extension Query where Answer == Int {
    static func choose(mail: String, of member: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO notice_choices (area_id, member_id, mail)
            VALUES (\(area), \(member), \(mail))
            ON CONFLICT (area_id, member_id) DO UPDATE
            SET mail = excluded.mail
            """)
    }

    static func changeCalendar(of member: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO notice_choices (area_id, member_id, calendar)
            VALUES (\(area), \(member), 2)
            ON CONFLICT (area_id, member_id) DO UPDATE
            SET calendar = notice_choices.calendar + 1
            """)
    }
}

struct ChoicesPage: NarrowPage {
    let visit: Visit
    let choices: Choices
    let calendar: String

    var title: Phrase { Phrase("การแจ้งเตือนของฉัน", en: "How I am told") }

    func write(to html: HTML) {
        html.head(title)
        html.form(to: "/account/notices", visit, .className("panel")) {
            html.h2(text: Phrase("ทางอีเมล", en: "By e-mail"))
            FormWriter(html, choiceFields, values: Fields(["mail": choices.mail]), visit).all()
            html.submit(Phrase("บันทึก", en: "Save"))
        }
        html.section(.className("panel"), .id("calendar")) {
            html.h2(text: Phrase("กำหนดส่งในปฏิทิน", en: "Deadlines in the calendar"))
            html.p(
                text: Phrase(
                    "เพิ่มที่อยู่นี้ในปฏิทินของท่าน กำหนดส่งจะตามมาเอง ใครมีที่อยู่นี้เห็นกำหนดส่งของท่านได้",
                    en:
                        "Add this address to your calendar, and deadlines follow by themselves. Whoever has it sees your deadlines."
                ))
            html.label(
                .className("form-label"), .forField("calendar-address"),
                text: Phrase("ที่อยู่ปฏิทิน", en: "The calendar's address"))
            html.input(
                .className("form-control mb-3"), .id("calendar-address"), Attribute("readonly", ""), .value(calendar))
            html.deedButton(
                "/account/calendar", Phrase("เปลี่ยนที่อยู่", en: "Change the address"), icon: "repeat", visit)
        }
    }
}
