import Documents
import HTML
import HTTP
import Interface
import Kernel
import Scoring

/// The year's frameworks, in the order in which the list of indicators shows them.
struct FrameworksPage: TablePage {
    let visit: Visit
    let frameworks: [Framework]

    var title: Phrase { Phrase("ชุดตัวชี้วัด", en: "Frameworks") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase) {
            html.action(visit.link("/dimensions"), Phrase("มิติ D1–D4", en: "Dimensions D1–D4"))
            html.action(visit.link("/indicators"), Phrase("ตัวชี้วัด", en: "Indicators"))
            html.action(
                visit.link("/frameworks/new"), Phrase("เพิ่มชุด", en: "Add a framework"), icon: "plus", primary: true)
        }
        guard !frameworks.isEmpty else {
            return html.none(
                "grid", Phrase("ปีนี้ยังไม่มีชุดตัวชี้วัด", en: "No frameworks in this year yet"),
                Phrase("เช่น KRS, ARS กลยุทธ์ 1–4, PMQA, จุดเน้น", en: "Such as KRS, ARS, PMQA.")
            ) {
                html.action(visit.link("/frameworks/new"), Phrase("เพิ่มชุดแรก", en: "Add the first"), primary: true)
            }
        }
        html.div(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("ชุดตัวชี้วัด", en: "Framework"))
                        html.th(.scope("col"), .className("num"), text: Phrase("ตัวชี้วัด", en: "Indicators"))
                        html.th(.scope("col"), .className("num"), text: Phrase("น้ำหนักรวม", en: "Total weight"))
                        html.th(.scope("col"), text: Phrase("ลำดับ", en: "Order"))
                    }
                }
                html.tbody { for (place, framework) in frameworks.enumerated() { row(html, framework, place) } }
            }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: frameworks,
            [
                .text(Phrase("ชุดตัวชี้วัด", en: "Framework"), \.shortName),
                .text(Phrase("ชื่อเต็ม", en: "Full name"), width: 50, \.name),
                .count(Phrase("ตัวชี้วัด", en: "Indicators"), \.indicatorCount),
                .number(Phrase("น้ำหนักรวม", en: "Total weight")) { $0.weight.text(decimals: ScoreRule.weightDecimals) },
            ])
    }

    private func row(_ html: HTML, _ framework: Framework, _ place: Int) {
        html.tr {
            html.th(.scope("row")) {
                html.a(.className("text-decoration-none"), .href(visit.link("/frameworks/\(framework.id)"))) {
                    html.b(text: framework.shortName)
                    html.text(" ")
                    html.text(framework.name)
                }
            }
            html.td(
                .className("num"), Attribute("data-label", Phrase("ตัวชี้วัด", en: "Indicators")),
                text: framework.indicatorCount)
            html.td(.className("num"), Attribute("data-label", Phrase("น้ำหนักรวม", en: "Total weight"))) {
                html.weightSum(framework.weight, isEmpty: framework.indicatorCount == 0)
            }
            html.td {
                if place > 0 {
                    html.deedButton(
                        "/frameworks/\(framework.id)/raise", Phrase("เลื่อนขึ้น", en: "Move up"), icon: "raise", visit)
                }
            }
        }
    }
}

extension HTML {
    /// The sum of weights, marked when it is not the whole.
    func weightSum(_ weight: Exact, isEmpty: Bool) {
        text(weight.text(decimals: ScoreRule.weightDecimals))
        if !isEmpty, weight != .hundred {
            text(" ")
            state(.wait, "warn", Phrase("ยังไม่ครบ 100", en: "not 100 yet"))
        }
    }
}

/// A new framework, or one to be changed.
struct FrameworkFormPage: NarrowPage {
    let visit: Visit
    let framework: Framework?

    var title: Phrase { framework.map { Phrase(same: $0.shortName) } ?? Phrase("เพิ่มชุดตัวชี้วัด", en: "Add a framework") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase)
        html.form(to: framework.map { "/frameworks/\($0.id)" } ?? "/frameworks", visit, .className("panel")) {
            let values = Fields(["short-name": framework?.shortName ?? "", "name": framework?.name ?? ""])
            let form = FormWriter(html, Framework.fields, values: values, visit)
            form.problemNote()
            if let framework { html.input(.type("hidden"), .name("version"), .value(String(framework.version))) }
            form.all()
            html.div(.className("acts")) {
                html.submit(framework == nil ? Phrase("เพิ่มชุด", en: "Add") : Phrase("บันทึก", en: "Save"))
                html.action(visit.link("/frameworks"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
        if let framework, framework.indicatorCount == 0 {
            html.deedButton(
                "/frameworks/\(framework.id)/removal", Phrase("ลบชุดนี้", en: "Remove this framework"), icon: "trash",
                bad: true, visit)
        }
    }
}
