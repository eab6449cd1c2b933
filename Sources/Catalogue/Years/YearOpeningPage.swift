import HTML
import HTTP
import Interface
import Kernel
import Rounds

/// Opening a year, empty or with what another year had: what comes along is shown first.
struct YearOpeningPage: NarrowPage {
    let visit: Visit
    let years: [OpenedYear]
    /// Of the year that would be copied.
    let contents: [FrameworkContents]

    var title: Phrase { Phrase("เปิดปีงบประมาณ", en: "Open a fiscal year") }

    static let fields: [FormField] = [
        FormField(
            "year", Phrase("ปีงบประมาณ (พ.ศ.)", en: "Fiscal year (BE)"), .number(FiscalYear.plausible), required: true),
        FormField("from", Phrase("คัดลอกจากปี", en: "Copy from"), .number(FiscalYear.plausible)),
        FormField("rounds", Phrase("รอบรายงาน เลื่อนวันไปตามปี", en: "Rounds, with their dates moved on"), .checkbox),
        FormField("assignments", Phrase("ผู้ต้องรายงานในแต่ละรอบ", en: "Who must report in each round"), .checkbox),
        FormField("documents", Phrase("เอกสารประกอบ", en: "Documents"), .checkbox),
    ]

    func write(to html: HTML) {
        html.head(title)
        html.form(to: "/years", visit, .className("panel")) {
            let form = FormWriter(html, fields, values: values, visit)
            form.problemNote()
            form.field("year")
            if !years.isEmpty {
                form.field("from")
                // Without script the choice is looked at by a button; with it the preview follows the choice.
                html.button(
                    .className("btn btn-quiet mb-3"), Attribute("formaction", visit.link("/years/new")),
                    Attribute("formmethod", "get"), Attribute("formnovalidate", ""),
                    Attribute("data-hx-get", visit.link("/years/new")),
                    Attribute("data-hx-trigger", "click, change from:#from"),
                    Attribute("data-hx-target", "#preview"), Attribute("data-hx-select", "#preview"),
                    Attribute("data-hx-swap", "outerHTML"), Attribute("data-hx-include", "closest form"),
                    text: Phrase("ดูสิ่งที่จะคัดลอก", en: "See what comes along"))
                html.fieldset(.className("mb-3")) {
                    html.legend(
                        .className("form-label fs-6"), text: Phrase("คัดลอกสิ่งเหล่านี้ด้วย", en: "Take these along too"))
                    for name in ["rounds", "assignments", "documents"] { form.field(name) }
                }
                preview(html)
            }
            html.div(.className("acts")) {
                html.submit(Phrase("เปิดปี", en: "Open the year"))
                html.action(visit.link("/years"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }

    private func preview(_ html: HTML) {
        html.div(.id("preview"), .className("mb-3"), Attribute("aria-live", "polite")) {
            guard !contents.isEmpty else {
                return html.p(
                    .className("dim"), text: Phrase("เปิดปีว่าง ไม่คัดลอกอะไร", en: "An empty year; nothing comes along."))
            }
            html.h2(text: Phrase("สิ่งที่จะคัดลอก", en: "What comes along"))
            html.p(
                .className("dim small"),
                text: Phrase(
                    "ชุด มิติ ตัวชี้วัดพร้อมเกณฑ์ สูตร ตัวแปร ขั้นตอน และผู้รับผิดชอบ คัดลอกเสมอ ตัวชี้วัดใหม่ซ่อนไว้จนกว่าจะเผยแพร่",
                    en:
                        "Frameworks, dimensions, and indicators with criteria, formulas, variables, steps and people always do. The new indicators are hidden until they are published."
                ))
            html.div(.className("over")) {
                html.table(.className("table stack mb-2")) {
                    html.thead {
                        html.tr {
                            html.th(.scope("col"), text: Phrase("ชุดตัวชี้วัด", en: "Framework"))
                            for (label, _) in columns { html.th(.scope("col"), .className("num"), text: label) }
                        }
                    }
                    html.tbody { for framework in contents { row(html, framework) } }
                }
            }
            let left = contents.reduce(0) { $0 + $1.leftOut }
            if left > 0 {
                html.note(
                    .wait, "info",
                    Phrase("ไม่คัดลอก \(left) รายการ", en: "\(left) assignments stay behind"),
                    Phrase(
                        "หน่วยงานปิดหรือผู้ใช้ถูกระงับแล้ว", en: "Their unit is closed, or their officer disabled, since."))
            }
        }
    }

    private let columns: [(Phrase, @Sendable (FrameworkContents) -> Int)] = [
        (Phrase("ตัวชี้วัด", en: "Indicators"), { $0.indicators }), (Phrase("รอบ", en: "Rounds"), { $0.rounds }),
        (Phrase("ผู้ต้องรายงาน", en: "Assignments"), { $0.assignments }),
        (Phrase("เอกสาร", en: "Documents"), { $0.documents }),
    ]

    private func row(_ html: HTML, _ framework: FrameworkContents) {
        html.tr {
            html.th(.scope("row"), text: Phrase(same: "\(framework.shortName) \(framework.name)"))
            for (label, count) in columns {
                html.td(.className("num"), Attribute("data-label", label), text: count(framework))
            }
        }
    }

    private var fields: [FormField] {
        var fields = Self.fields
        fields[1].kind = .choice(years.map { .init("\($0.year.number)", Phrase(same: "\($0.year.number)")) })
        return fields
    }

    private var values: Fields {
        guard visit.query["year"] == nil else { return visit.query }
        let next = years.first.map { $0.year.number + 1 } ?? FiscalYear(at: visit.now).number
        return Fields([
            "year": "\(next)", "from": years.first.map { "\($0.year.number)" } ?? "", "rounds": "on",
            "assignments": "on", "documents": "on",
        ])
    }
}
