import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// All that the viewer's unit, or they by name, must report in the year.
func listOwnReports(_ context: Context) async throws -> Outcome {
    let (visit, reports) = try await context.page(.ownReports(in: context.year, of: context.area.id))
    return .page(
        OwnReportsPage(visit: visit, reports: reports), visit, json: ["items": .array(reports.map(\.json))])
}

struct OwnReportsPage: Page {
    let visit: Visit
    let reports: [OwnReport]

    var title: Phrase { Phrase("รายงานของฉัน", en: "My reports") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase + Phrase(same: " · \(visit.viewer?.unitName ?? "")"))
        guard !reports.isEmpty else {
            return html.none(
                "check", Phrase("ปีนี้ยังไม่มีรายงานที่ต้องส่ง", en: "Nothing to report in this year yet"),
                Phrase("เมื่อเขตกำหนดให้รายงาน จะแสดงที่นี่", en: "What the area assigns will stand here."))
        }
        let open = reports.filter { $0.isOpen(at: visit.now) }
        let later = reports.filter { $0.state == .waiting && $0.opening > Day(inBangkok: visit.now) }
        let rest = reports.filter { report in
            !open.contains { $0.id == report.id } && !later.contains { $0.id == report.id }
        }
        section(html, Phrase("ต้องส่ง", en: "To be sent"), open)
        section(html, Phrase("ส่งแล้วและผ่านไปแล้ว", en: "Sent, and past"), rest)
        guard !later.isEmpty else { return }
        html.details {
            html.summary(.className("btn btn-quiet mb-3")) {
                Phrase("ยังไม่เปิดรับ \(later.count) รายการ", en: "\(later.count) not open yet").write(to: html)
                html.icon("caret")
            }
            section(html, Phrase("ยังไม่เปิดรับ", en: "Not open yet"), later)
        }
    }

    private func section(_ html: HTML, _ label: Phrase, _ reports: [OwnReport]) {
        guard !reports.isEmpty else { return }
        html.section(.className("panel flush")) {
            html.h2 {
                label.write(to: html)
                html.text(" ")
                html.span(.className("dim fw-normal fs-6"), text: visit.number(reports.count))
            }
            html.table(.className("table table-hover stack mb-0")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                        html.th(.scope("col"), text: Phrase("รอบ", en: "Round"))
                        html.th(.scope("col"), text: Phrase("ครบกำหนด", en: "Due"))
                        html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                        html.th(.scope("col"), .className("num"), text: Phrase("ผลตรวจ", en: "Check score"))
                    }
                }
                html.tbody { for report in reports { row(html, report) } }
            }
        }
    }

    private func row(_ html: HTML, _ report: OwnReport) {
        html.tr {
            html.th(.scope("row")) {
                html.a(.className("text-decoration-none"), .href(visit.link(report.path))) {
                    html.b(text: report.number)
                    html.text(" \(report.name)")
                }
            }
            html.td(Attribute("data-label", Phrase("รอบ", en: "Round")), text: report.round.name)
            html.td(Attribute("data-label", Phrase("ครบกำหนด", en: "Due"))) {
                html.span(.className("keep"), text: report.wantedBy.inShort)
                if report.isOpen(at: visit.now), let left = daysLeft(until: report.wantedBy, from: visit.now) {
                    html.text(" ")
                    html.span(.className("dim keep"), text: left)
                }
            }
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: report.state) }
            html.td(
                .className("num"), Attribute("data-label", Phrase("ผลตรวจ", en: "Check score")),
                text: report.checkScore?.text(decimals: ScoreRule.scoreDecimals)
                    ?? (report.state == .missed ? "1.00000" : "–"))
        }
    }
}
