import Catalogue
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// All that wait in a round, with what tells the ordinary from the rest.
struct ManyChecksPage: TablePage {
    let visit: Visit
    let indicator: IndicatorHead
    let round: Round
    let waiting: [WaitingReport]

    private var path: String { "/indicators/\(indicator.id)/rounds/\(round.code)/checks" }

    var title: Phrase { Phrase("ตรวจหลายหน่วยงาน ", en: "Check many: ") + Phrase(same: indicator.number) }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(
                .href(visit.link("/indicators/\(indicator.id)/matrix")),
                text: Phrase("ผลรายหน่วยงาน", en: "Results by unit"))
            html.span(.className("dim"), text: Phrase(same: " / ") + round.name)
        }
        html.head(title, Phrase(same: indicator.name))
        for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        guard !waiting.isEmpty else {
            return html.none(
                "check", Phrase("ไม่มีรายงานรอตรวจในรอบนี้", en: "Nothing waits for a check in this round"),
                Phrase("ตรวจครบแล้ว", en: "All that was sent is checked."))
        }
        let ordinary = waiting.count(where: \.isOrdinary)
        html.p(
            .className("dim"),
            text: Phrase(
                "ติ๊กไว้ให้ \(ordinary) แห่งที่มีหลักฐานและคะแนนไม่ต่างจากตัวเลขถึงหนึ่งระดับ ที่เหลือควรเปิดดู",
                en:
                    "\(ordinary) are ticked: they have evidence, and a self-score within a level of their figures. Open the others."
            ))
        html.form(to: path, visit, .className("panel flush")) {
            html.table(.className("table table-hover stack mb-0")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("หน่วยงาน", en: "Unit"))
                        html.th(.scope("col"), .className("num"), text: Phrase("ประเมินตนเอง", en: "Self-score"))
                        html.th(.scope("col"), .className("num"), text: Phrase("จากตัวเลข", en: "By the figures"))
                        html.th(.scope("col"), .className("num"), text: Phrase("หลักฐาน", en: "Evidence"))
                        html.th(.scope("col"), text: Phrase("ยืนยันเมื่อ", en: "Confirmed"))
                    }
                }
                html.tbody { for report in waiting { row(html, report) } }
            }
            html.div(.className("p-3 pb-0")) { FormWriter(html, manyChecksFields, visit).field("reason") }
            html.div(.className("decide")) {
                for (value, label) in [
                    ("self", Phrase("ให้ตามที่ประเมินตนเอง", en: "Give the self-scores")),
                    ("figures", Phrase("ให้ตามตัวเลข", en: "Give what the figures come to")),
                ] {
                    html.button(
                        .className(value == "self" ? "btn btn-primary" : "btn btn-quiet"), .name("as"), .value(value),
                        text: label)
                }
                html.action(visit.link("\(path)/import"), Phrase("จากตาราง", en: "From a table"), icon: "up")
            }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            Phrase("รอตรวจ", en: "Waiting"), in: visit, of: waiting,
            [
                .text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.reporter),
                .count(Phrase("ประเมินตนเอง", en: "Self-score"), \.selfScore),
                .number(Phrase("จากตัวเลข", en: "By the figures")) { $0.score?.text(decimals: ScoreRule.scoreDecimals) },
                .count(Phrase("หลักฐาน", en: "Evidence"), \.evidence),
                .moment(Phrase("ยืนยันเมื่อ", en: "Confirmed"), \.confirmed),
            ])
    }

    private func row(_ html: HTML, _ report: WaitingReport) {
        let id = "report-\(report.id)"
        html.tr {
            html.th(.scope("row")) {
                html.div(.className("form-check")) {
                    html.input(
                        .className("form-check-input"), .type("checkbox"), .id(id), .name("reports"),
                        .value("\(report.id).\(report.version)"), Attribute.checked.when(report.isOrdinary))
                    html.label(.className("form-check-label"), .forField(id), text: report.reporter)
                    html.text(" ")
                    html.a(
                        .className("small"), .href(visit.link("/reports/\(report.id)/check")),
                        .label(Phrase("เปิดรายงานของ \(report.reporter)", en: "Open the report of \(report.reporter)")),
                        text: Phrase("เปิดดู", en: "Open"))
                }
            }
            html.td(
                .className("num"), Attribute("data-label", Phrase("ประเมินตนเอง", en: "Self-score")),
                text: report.selfScore)
            html.td(
                .className("num"), Attribute("data-label", Phrase("จากตัวเลข", en: "By the figures")),
                text: report.score?.text(decimals: ScoreRule.scoreDecimals) ?? "–")
            html.td(
                .className("num"), Attribute("data-label", Phrase("หลักฐาน", en: "Evidence")), text: report.evidence)
            html.td(
                Attribute("data-label", Phrase("ยืนยันเมื่อ", en: "Confirmed")), text: report.confirmed.inShort)
        }
    }
}
