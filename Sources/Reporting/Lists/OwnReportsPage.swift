import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// All that the viewer's unit, or they by name, must report in the year.
func listOwnReports(_ context: Context) async throws -> Outcome {
    let (visit, reports, frameworks) = try await context.page(
        .ownReports(of: context.year, in: context.area.id),
        .frameworksOfOwnReports(in: context.year, of: context.area.id))
    let page = OwnReportsPage(visit: visit, reports: reports, frameworks: frameworks)
    return .page(page, visit, json: ["items": .array(reports.map(\.json))])
}

struct OwnReportsPage: TablePage {
    let visit: Visit
    let reports: [OwnReport]
    let frameworks: [OwnFramework]

    var title: Phrase { Phrase("รายงานของฉัน", en: "My reports") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase + Phrase(same: " · \(visit.viewer?.unitName ?? "")"))
        guard !reports.isEmpty else {
            return html.none(
                "check", Phrase("ปีนี้ยังไม่มีรายงานที่ต้องส่ง", en: "Nothing to report in this year yet"),
                Phrase("เมื่อเขตกำหนดให้รายงาน จะแสดงที่นี่", en: "What the area assigns will stand here."))
        }
        // One look at each: a school with 60 indicators has 240.
        let today = Day(inBangkok: visit.now)
        var (open, later, rest): ([OwnReport], [OwnReport], [OwnReport]) = ([], [], [])
        for report in reports {
            if report.isOpen(at: visit.now) {
                open.append(report)
            } else if report.state == .waiting, report.opening > today {
                later.append(report)
            } else {
                rest.append(report)
            }
        }
        let rows = OwnReportRows(for: html, visit)
        section(html, Phrase("ต้องส่ง", en: "To be sent"), open, rows)
        section(html, Phrase("ส่งแล้วและผ่านไปแล้ว", en: "Sent, and past"), rest, rows)
        html.downloads(visit)
        if !later.isEmpty { notYet(html, later, rows) }
        binding(html)
    }

    private func notYet(_ html: HTML, _ later: [OwnReport], _ rows: OwnReportRows) {
        html.details {
            html.summary(.className("btn btn-quiet mb-3")) {
                Phrase("ยังไม่เปิดรับ \(later.count) รายการ", en: "\(later.count) not open yet").write(to: html)
                html.icon("caret")
            }
            section(html, Phrase("ยังไม่เปิดรับ", en: "Not open yet"), later, rows)
        }
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: reports,
            [
                .text(Phrase("เลข", en: "Number"), \.number),
                .text(Phrase("ตัวชี้วัด", en: "Indicator"), width: 50, \.name),
                .phrase(Phrase("รอบ", en: "Round"), \.round.name), .day(Phrase("เปิด", en: "Opens"), \.opening),
                .moment(Phrase("ครบกำหนด", en: "Due"), \.wantedBy),
                .phrase(Phrase("สถานะ", en: "State"), \.state.phrase),
                .moment(Phrase("ยืนยันเมื่อ", en: "Confirmed"), \.confirmedAt),
                .number(Phrase("ผลตรวจ", en: "Check score"), \.shownScore),
            ])
    }

    /// All reports of a framework and a round, as one document.
    private func binding(_ html: HTML) {
        html.details(.className("panel mt-3")) {
            html.summary(.className("medium")) {
                Phrase("รวมเล่มรายงานทางการ (PDF)", en: "Bind the official reports (PDF)").write(to: html)
                html.text(" ")
                html.icon("caret")
            }
            for framework in frameworks {
                html.div(.className("mt-3")) {
                    html.b(text: framework.name)
                    html.div(.className("acts mt-1")) {
                        for round in framework.rounds.sorted(by: { $0.order < $1.order }) {
                            html.form(to: "/reports/volumes", visit, .className("d-inline")) {
                                html.input(.type("hidden"), .name("framework"), .value("\(framework.id)"))
                                html.input(.type("hidden"), .name("round"), .value(round.code))
                                html.submit(round.name, icon: "pdf", primary: false)
                            }
                        }
                    }
                }
            }
        }
    }

    private func section(_ html: HTML, _ label: Phrase, _ reports: [OwnReport], _ rows: OwnReportRows) {
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
                html.tbody { for report in reports { rows.write(report, to: html) } }
            }
        }
    }
}

/// The rows of the list, each state's put together once.
private struct OwnReportRows {
    private let visit: Visit
    private let states: [ReportState: Stencil]

    init(for html: HTML, _ visit: Visit) {
        self.visit = visit
        let address = visit.link("/reports/")
        states = Dictionary(
            uniqueKeysWithValues: ReportState.allCases.map { ($0, Self.row(html, $0, address)) })
    }

    /// Holes: the report, the indicator's number and name, the round, the day, how long it is until then, the score.
    private static func row(_ html: HTML, _ state: ReportState, _ address: String) -> Stencil {
        Stencil(for: html, holes: 7) { html, holes in
            html.tr {
                html.th(.scope("row")) {
                    html.a(.className("text-decoration-none"), .href(address + holes[0])) {
                        html.b(text: holes[1])
                        html.text(" \(holes[2])")
                    }
                }
                html.td(Attribute("data-label", Phrase("รอบ", en: "Round")), text: holes[3])
                html.td(Attribute("data-label", Phrase("ครบกำหนด", en: "Due"))) {
                    html.span(.className("keep"), text: holes[4])
                    html.text(holes[5])
                }
                html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: state) }
                html.td(
                    .className("num"), Attribute("data-label", Phrase("ผลตรวจ", en: "Check score")), text: holes[6])
            }
        }
    }

    func write(_ report: OwnReport, to html: HTML) {
        states[report.state]?.write(to: html) { hole in
            switch hole {
            case 0: report.id.rawValue.write(to: html)
            case 1: html.text(report.number)
            case 2: html.text(report.name)
            case 3: report.round.name.write(to: html)
            case 4: report.wantedBy.writeShort(to: html)
            case 5: writeTimeLeft(of: report, to: html)
            default:
                html.text(report.shownScore ?? "–")
            }
        }
    }

    private func writeTimeLeft(of report: OwnReport, to html: HTML) {
        guard report.isOpen(at: visit.now), let left = daysLeft(until: report.wantedBy, from: visit.now) else { return }
        html.text(" ")
        html.span(.className("dim keep"), text: left)
    }
}
