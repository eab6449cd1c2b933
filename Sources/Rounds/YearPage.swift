import HTML
import HTTP
import Interface
import Kernel

/// One year: the dates of its rounds, and its closing.
struct YearPage: Page {
    let visit: Visit
    let year: OpenedYear
    let dates: [RoundDates]
    /// What closing it means beyond this area's own.
    let meanings: [Phrase]

    var title: Phrase { year.year.phrase }
    private var path: String { "/years/\(year.year.number)" }

    func write(to html: HTML) {
        html.head(title) { html.action(visit.link("/years"), Phrase("ทุกปี", en: "All years"), icon: "cal") }
        html.p { html.state(of: year, visit) }
        if year.closedAt == nil {
            schedule(html)
            closing(html)
        } else {
            frozenSchedule(html)
            reopening(html)
        }
    }

    private func schedule(_ html: HTML) {
        html.form(to: "\(path)/rounds", visit) {
            let form = FormWriter(html, RoundDates.fields, values: values, visit)
            form.problemNote()
            html.p(
                text: Phrase(
                    "กำหนดการของปีนี้ ใช้เป็นค่าเริ่มต้นเมื่อเปิดรอบให้ตัวชี้วัด ปรับเฉพาะตัวชี้วัดได้ภายหลัง",
                    en:
                        "The dates of this year. An indicator takes them over when a round is opened for it, and may differ."
                ))
            for kind in Round.Kind.allCases {
                html.section(.className("panel")) {
                    html.h2(text: kind.phrase)
                    html.div(.className("row g-3")) {
                        for round in Round.all where round.kind == kind {
                            html.fieldset(.className("col-12 col-lg-6")) {
                                html.legend(.className("visually-hidden"), text: round.name)
                                html.div(.className("row g-2")) {
                                    html.div(.className("col-5")) { form.field("opens-\(round.code)", inRow: true) }
                                    html.div(.className("col-7")) { form.field("due-\(round.code)", inRow: true) }
                                }
                            }
                        }
                    }
                }
            }
            html.div(.className("acts mb-4")) { html.submit(Phrase("บันทึกกำหนดการ", en: "Save the dates")) }
        }
    }

    private var values: Fields {
        var fields = Fields()
        for round in dates {
            fields.add("opens-\(round.round.code)", round.opening.typed)
            fields.add("due-\(round.round.code)", round.due.typed)
        }
        return fields
    }

    private func frozenSchedule(_ html: HTML) {
        html.div(.className("panel flush over")) {
            html.table(.className("table stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("รอบ", en: "Round"))
                        html.th(.scope("col"), text: Phrase("เปิด", en: "Opens"))
                        html.th(.scope("col"), text: Phrase("ครบกำหนด", en: "Due"))
                    }
                }
                html.tbody {
                    for round in dates {
                        html.tr {
                            html.th(.scope("row"), text: round.round.name)
                            html.td(
                                Attribute("data-label", Phrase("เปิด", en: "Opens")), text: round.opening.inShort)
                            html.td(Attribute("data-label", Phrase("ครบกำหนด", en: "Due")), text: round.due.inShort)
                        }
                    }
                }
            }
        }
    }

    private func closing(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ปิดปี", en: "Close the year"))
            html.p(
                text: Phrase(
                    "เมื่อปิดปีแล้ว ทุกอย่างของปีนี้อ่านได้แต่แก้ไขไม่ได้",
                    en: "Once closed, all of the year can be read and nothing of it changed."))
            for meaning in meanings { html.p(text: meaning) }
            html.deedButton("\(path)/closing", Phrase("ปิดปีนี้", en: "Close this year"), icon: "lock", bad: true, visit)
        }
    }

    private func reopening(_ html: HTML) {
        html.form(to: "\(path)/reopening", visit, .className("panel")) {
            html.h2(text: Phrase("เปิดปีอีกครั้ง", en: "Open the year again"))
            let form = FormWriter(html, reopeningFields, visit)
            form.problemNote()
            form.all()
            html.submit(Phrase("เปิดปีนี้อีกครั้ง", en: "Open it again"), primary: false)
        }
    }
}
