import Catalogue
import HTML
import Interface
import Kernel
import Rounds
import Scoring

/// What a report says, to read.
struct ReportFacts {
    let report: Report
    let sheet: ReportSheet

    func write(to html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("รายงาน", en: "The report"))
            html.dl(.className("row mb-0")) {
                for input in sheet.inputs { fact(html, input) }
                if let score = report.selfScore {
                    pair(html, Phrase("ประเมินตนเอง", en: "Self-score")) {
                        html.icon("star")
                        html.text(" \(score) ")
                        html.span(.className("dim"), text: ReportForm.scoreWords[score - 1])
                    }
                }
                for field in Narrative.fields where !report.narrative[field.name].isEmpty {
                    pair(html, field.label) { html.paragraphs(report.narrative[field.name]) }
                }
                if let confirmed = report.confirmed {
                    pair(html, Phrase("ยืนยันโดย", en: "Confirmed by")) {
                        html.text("\(confirmed.name) · ")
                        confirmed.at.inShort.write(to: html)
                    }
                }
                if let checked = report.checked, let score = report.checkScore {
                    pair(html, Phrase("ผลตรวจ", en: "Check score")) {
                        html.state(.ok, "check", Phrase(same: score.text(decimals: ScoreRule.scoreDecimals)))
                        html.text(" \(checked.name) · ")
                        checked.at.inShort.write(to: html)
                    }
                }
                if report.state == .missed {
                    pair(html, Phrase("คะแนน", en: "Score")) { html.text("1.00000") }
                }
            }
        }
    }

    private func fact(_ html: HTML, _ input: ReportInput) {
        let value = input.carried ?? report.entries[input.name]
        pair(html, input.label) {
            switch input.kind {
            case .number: html.text([value ?? "–", input.measure].filter { !$0.isEmpty }.joined(separator: " "))
            case .done:
                (value == nil
                    ? Phrase(same: "–")
                    : value == "1" ? Phrase("ดำเนินการแล้ว", en: "Done") : Phrase("ยังไม่ดำเนินการ", en: "Not done"))
                    .write(to: html)
            case .step:
                value == "1"
                    ? html.state(.ok, "tick", Phrase("ทำแล้ว", en: "Reached"))
                    : html.state(.off, "ring", Phrase("ยังไม่ถึง", en: "Not yet"))
            }
        }
    }

    private func pair(_ html: HTML, _ label: Phrase, _ content: () -> Void) {
        html.dt(.className("col-12 col-md-5"), text: label)
        html.dd(.className("col-12 col-md-7"), content: content)
    }
}
