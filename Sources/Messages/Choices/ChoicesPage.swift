import HTML
import HTTP
import Interface
import Kernel

/// How one is told, and the address of one's calendar.
struct ChoicesPage: NarrowPage {
    let visit: Visit
    let choices: Choices
    let calendar: String

    var title: Phrase { Phrase("การแจ้งเตือนของฉัน", en: "How I am told") }

    func write(to html: HTML) {
        html.head(title)
        html.form(to: "/account/notices", visit, .className("panel")) {
            html.h2(text: Phrase("นอกระบบ", en: "Outside these pages"))
            FormWriter(html, choiceFields, values: Fields(["mail": choices.mail, "hooks": choices.hooks]), visit).all()
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
