import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Scoring

/// What becomes visible when a framework is published, and whether its weights add up.
struct PublicationPage: NarrowPage {
    let visit: Visit
    let framework: Framework
    let weights: FrameworkWeights

    var title: Phrase { Phrase("เผยแพร่ ", en: "Publish ") + Phrase(same: framework.shortName) }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase)
        let hidden = Set(weights.hidden.map(\.id))
        let problems = visit.rejection?.problems.map(\.reason) ?? weights.problems(opening: hidden)
        for problem in problems { html.note(.bad, "warn", problem) }
        if problems.isEmpty {
            html.note(.ok, "check", Phrase("น้ำหนักรวมได้ 100 พร้อมเผยแพร่", en: "The weights make 100; ready to publish"))
        }
        html.form(to: "/frameworks/\(framework.id)/publication", visit, .className("panel flush")) {
            html.table(.className("table stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                        html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                        html.th(.scope("col"), .className("num"), text: Phrase("น้ำหนัก", en: "Weight"))
                    }
                }
                html.tbody { for item in weights.items { row(html, item) } }
            }
            html.div(.className("acts p-3")) {
                html.submit(Phrase("เผยแพร่ชุดนี้", en: "Publish this framework"))
                html.action(visit.link("/indicators"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }

    private func row(_ html: HTML, _ item: FrameworkWeights.Item) {
        let name = Phrase(same: "\(item.number) \(item.name)")
        html.tr {
            html.th(.scope("row")) {
                if item.state == .hidden {
                    html.check("indicators", "\(item.id)", name, isOn: isTicked(item))
                } else {
                    html.a(.className("text-decoration-none"), .href(visit.link("/indicators/\(item.id)")), text: name)
                }
            }
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: item.state) }
            html.td(.className("num"), Attribute("data-label", Phrase("น้ำหนัก", en: "Weight"))) {
                html.text(item.weight.text(decimals: ScoreRule.weightDecimals))
                for round in item.rounds.keys.sorted(by: { $0.order < $1.order }) {
                    guard let own = item.rounds[round].flatMap(\.self) else { continue }
                    html.div(.className("small dim")) {
                        round.name.write(to: html)
                        html.text(" " + own.text(decimals: ScoreRule.weightDecimals))
                    }
                }
            }
        }
    }

    private func isTicked(_ item: FrameworkWeights.Item) -> Bool {
        visit.rejection.map { $0.fields.values(of: "indicators").contains("\(item.id)") } ?? true
    }
}
