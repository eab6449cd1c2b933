import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// A report beside its evidence, with the decision always in view.
struct CheckPage: Page {
    let visit: Visit
    let report: Report
    let sheet: ReportSheet
    let evidence: [EvidenceItem]
    let comments: [ReportComment]
    let history: [ReportEvent]
    let queue: CheckQueue

    var title: Phrase { Phrase("ตรวจ ", en: "Check ") + Phrase(same: sheet.number) }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(
                .href(visit.link("/indicators/\(sheet.indicatorID)/matrix")),
                text: Phrase("ผลรายหน่วยงาน", en: "Results by unit"))
            html.span(.className("dim"), text: Phrase(same: " / ") + sheet.round.name)
        }
        html.div(.className("head")) {
            html.div {
                html.h1(text: report.reporter)
                html.p {
                    html.text("\(sheet.title) · ")
                    html.state(of: report.state)
                    html.text(" · ")
                    Phrase(
                        "ตรวจแล้ว \(queue.checked) รอตรวจ \(queue.waiting) จาก \(queue.assigned)",
                        en: "\(queue.checked) checked, \(queue.waiting) waiting, of \(queue.assigned)"
                    ).write(to: html)
                }
            }
            html.div(.className("acts")) { ways(html) }
        }
        problems(html)
        html.div(.className("split aside")) {
            html.div {
                ReportFacts(report: report, sheet: sheet).write(to: html)
                EvidenceInPlace(visit: visit, report: report, items: evidence).write(to: html)
            }
            html.div(.className("side")) {
                decision(html)
                ReportForm.scorePanel(report, sheet, html)
                ReportClock(visit: visit, report: report, sheet: sheet, history: history).write(to: html)
                ReportThread(visit: visit, report: report, comments: comments, mayWrite: false).write(to: html)
            }
        }
    }

    private func ways(_ html: HTML) {
        if let previous = queue.previous {
            html.a(
                .className("btn btn-quiet"), .href(visit.link("/reports/\(previous)/check")),
                Attribute("data-key", "k")
            ) {
                html.icon("left")
                Phrase("ก่อนหน้า", en: "Previous").write(to: html)
                key(html, "K")
            }
        }
        if let next = queue.next {
            html.a(
                .className("btn btn-quiet"), .href(visit.link("/reports/\(next)/check")), Attribute("data-key", "j")
            ) {
                Phrase("ถัดไป", en: "Next").write(to: html)
                html.icon("right")
                key(html, "J")
            }
        }
    }

    /// The key that does the same, where there are keys.
    private func key(_ html: HTML, _ letter: String) {
        html.text(" ")
        html.kbd(.className("wideonly"), .hiddenFromReaders, text: letter)
    }

    private func problems(_ html: HTML) {
        for problem in visit.rejection?.problems ?? [] where problem.field == "version" {
            html.note(.bad, "warn", problem.reason)
        }
    }

    private func decision(_ html: HTML) {
        switch report.state {
        case .confirmed:
            if visit.holds(.proof) { scoring(html) }
            returning(html)
        case .checked where visit.holds(.proof):
            html.form(to: "\(report.path)/check/undoing", visit, .className("panel")) {
                html.h2(text: Phrase("ผลตรวจ", en: "The check"))
                html.p {
                    html.span(.className("big"), text: report.checkScore?.text(decimals: 5) ?? "")
                    html.br()
                    html.span(.className("dim")) {
                        html.text("\(report.checked?.name ?? "") · ")
                        report.checked?.at.inShort.write(to: html)
                    }
                }
                html.submit(Phrase("ยกเลิกผลตรวจ", en: "Undo the check"), icon: "back", primary: false)
            }
        default:
            html.section(.className("panel")) {
                html.h2(text: Phrase("ผลตรวจ", en: "The check"))
                html.p(.className("dim mb-0"), text: Phrase("ยังไม่มีอะไรให้ตรวจ", en: "There is nothing to check yet."))
            }
        }
    }

    private func scoring(_ html: HTML) {
        let values = Fields(["check-score": report.selfScore.map { "\($0)" } ?? ""])
        let visit = visit(ifSent: "check-score")
        html.form(to: "\(report.path)/check", visit, .className("panel")) {
            html.h2(text: Phrase("ให้คะแนน", en: "Give a score"))
            html.input(.type("hidden"), .name("version"), .value("\(report.version)"))
            html.input(.type("hidden"), .name("then"), .value("next"))
            let form = FormWriter(html, checkFields, values: values, visit)
            form.field("check-score")
            form.field("reason")
            html.div(.className("acts")) {
                html.button(.className("btn btn-primary"), Attribute("data-key", "a")) {
                    let isLast = queue.next == nil
                    Phrase(
                        isLast ? "ให้คะแนน" : "ให้คะแนน แล้วไปถัดไป", en: isLast ? "Give the score" : "Give it, and next"
                    ).write(to: html)
                    key(html, "A")
                }
                if let score = report.score?.text(decimals: ScoreRule.scoreDecimals) {
                    html.button(
                        .className("btn btn-quiet text-wrap"), .name("offered"), .value(score),
                        Attribute("data-key", "f")
                    ) {
                        Phrase("ให้ตามตัวเลข \(score)", en: "Give what the figures come to: \(score)").write(to: html)
                        key(html, "F")
                    }
                }
            }
        }
    }

    private func returning(_ html: HTML) {
        let visit = visit(ifSent: "comment")
        html.details(.className("panel"), Attribute("open", "").when(visit.rejection != nil)) {
            html.summary(.className("medium"), Attribute("data-key", "r")) {
                html.icon("back")
                Phrase(" ส่งกลับให้แก้ไข", en: " Return for correction").write(to: html)
                key(html, "R")
            }
            html.form(to: "\(report.path)/return", visit, .className("mt-3")) {
                html.input(.type("hidden"), .name("version"), .value("\(report.version)"))
                let week = Day(inBangkok: visit.now) + 7
                let values = Fields(["correct-by": week.instant(hour: 16, minute: 30).typed])
                let form = FormWriter(html, returnFields, values: values, visit)
                form.field("comment")
                form.field("correct-by")
                html.button(
                    .className("btn btn-quiet bad"), .name("then"), .value("next"),
                    text: Phrase("ส่งกลับแก้ไข", en: "Return"))
            }
        }
    }

    /// The page has two forms: what was refused stands in the one that was sent.
    private func visit(ifSent field: String) -> Visit {
        var visit = visit
        if visit.rejection?.fields[field] == nil { visit.rejection = nil }
        return visit
    }
}

/// Evidence as it can be seen beside the decision: pictures and PDF themselves, all else to be downloaded.
struct EvidenceInPlace {
    let visit: Visit
    let report: Report
    let items: [EvidenceItem]

    func write(to html: HTML) {
        html.section(.className("panel"), .id("evidence")) {
            html.h2(text: Phrase("เอกสารหลักฐาน \(items.count) ไฟล์", en: "Evidence (\(items.count))"))
            if items.isEmpty { html.p(.className("dim mb-0"), text: Phrase("ไม่มีเอกสารแนบ", en: "No files.")) }
            for (index, item) in items.enumerated() {
                html.details(.className("evidence mb-3"), Attribute("open", "").when(index == 0)) {
                    html.summary {
                        html.b(text: "\(item.place). ")
                        html.text(item.description)
                    }
                    html.evidence(item, of: report, visit)
                    shown(html, item)
                    if visit.holds(.receive), item.received == nil {
                        html.deedButton(
                            "\(report.path)/evidence/\(item.place)/receipt", Phrase("จัดเก็บ", en: "Receive"),
                            icon: "check", visit)
                    }
                }
            }
        }
    }

    private func shown(_ html: HTML, _ item: EvidenceItem) {
        let address = visit.link("\(report.path)/evidence/\(item.place)") + "?show"
        if item.file.isPicture {
            html.img(
                .className("d-block mw-100 my-2"), Attribute("loading", "lazy"), Attribute("src", address),
                Attribute("alt", item.description))
        } else if item.file.isShownInPlace {
            html.frame(address, titled: item.description)
        }
    }
}
