import HTML
import Interface
import Rounds
import Scoring

/// How an indicator's result and score come about: formula, variables, criteria, steps.
struct IndicatorMeasuring {
    let indicator: Indicator

    func write(to html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("การวัดและเกณฑ์", en: "Measuring and criteria"))
            html.p(text: indicator.type.phrase)
            if !indicator.formula.isEmpty {
                html.p { html.code(text: (try? Formula(indicator.formula))?.text { _ in nil } ?? indicator.formula) }
            }
            if !indicator.variables.isEmpty { variables(html) }
            if indicator.type.needsCriteria { criteria(html) }
            if indicator.type == .steps {
                html.ol { for step in indicator.steps { html.li { html.paragraphs(step) } } }
            }
        }
    }

    private func variables(_ html: HTML) {
        let hasRounds = indicator.variables.contains { !$0.rounds.isEmpty }
        let title = Phrase("ตัวแปร", en: "Variables")
        html.div(.className("over mb-3"), Attribute("tabindex", "0"), .role("region"), .label(title)) {
            html.table(.className("table mb-0")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("ในสูตร", en: "In the formula"))
                        html.th(.scope("col"), text: Phrase("ข้อมูล", en: "What it is"))
                        html.th(.scope("col"), text: Phrase("หน่วยวัด", en: "Unit"))
                        html.th(.scope("col"), text: Phrase("ที่มา", en: "Source"))
                        if hasRounds { html.th(.scope("col"), text: Phrase("กรอกในรอบ", en: "Due in")) }
                    }
                }
                html.tbody {
                    for variable in indicator.variables {
                        html.tr {
                            html.th(.scope("row"), text: variable.name)
                            html.td(text: variable.label)
                            html.td(text: variable.measure)
                            html.td(text: variable.source.phrase)
                            if hasRounds { html.td { rounds(html, variable) } }
                        }
                    }
                }
            }
        }
    }

    private func rounds(_ html: HTML, _ variable: Variable) {
        guard !variable.rounds.isEmpty else { return Phrase("ทุกรอบ", en: "All").write(to: html) }
        for (index, round) in variable.rounds.enumerated() {
            if index > 0 { html.text(", ") }
            round.name.write(to: html)
        }
    }

    private func criteria(_ html: HTML) {
        let title = Phrase("เกณฑ์การให้คะแนน", en: "Criteria")
        html.div(.className("over"), Attribute("tabindex", "0"), .role("region"), .label(title)) {
            html.table(.className("table mb-0")) {
                html.thead {
                    html.tr {
                        for level in 1...Criteria.levels {
                            html.th(
                                .scope("col"), .className("num"), text: Phrase("ระดับ \(level)", en: "Level \(level)"))
                        }
                    }
                }
                html.tbody {
                    html.tr {
                        for value in indicator.criteria { html.td(.className("num"), text: value?.shortText() ?? "–") }
                    }
                    if !indicator.worths.isEmpty {
                        html.tr {
                            for worth in indicator.worths {
                                html.td(.className("num dim")) {
                                    Phrase("ได้ ", en: "worth ").write(to: html)
                                    html.text(worth.shortText())
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
