import Areas
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime

/// What anybody may know: how far, how timely, how good.
struct StatisticsPage: Page {
    let visit: Visit
    /// Nil while there is nothing.
    let scope: Scope?
    /// Those that one can go to.
    let areas: [Area]
    /// Where this page lies for others, with scheme and host.
    let address: String
    /// What was asked for and isn't there.
    let doubts: [Phrase]

    var title: Phrase { Phrase("สถิติผลการปฏิบัติราชการ", en: "Performance statistics") }

    func write(to html: HTML) {
        guard let scope else {
            html.head(title)
            return html.none(
                "bars", Phrase("ยังไม่มีสถิติ", en: "There are no statistics yet"),
                Phrase(
                    "เมื่อเขตและโรงเรียนเริ่มรายงาน ตัวเลขจะแสดงที่นี่", en: "Once areas and schools report, figures stand here.")
            )
        }
        let choice = scope.choice
        html.head(title, facts(scope)) {
            html.button(.className("btn btn-quiet"), .type("button"), Attribute("data-print", "")) {
                html.icon("print")
                Phrase("พิมพ์", en: "Print").write(to: html)
            }
            if StatisticsRoutes.insideFlags.contains(where: visit.holds), visit.area.id != Area.central {
                html.action(
                    visit.link("/statistics/units") + choice.query.queryText,
                    Phrase("รายหน่วยงาน", en: "By unit"), icon: "list")
            }
            html.action(
                visit.link("/statistics/areas") + choice.query.queryText, Phrase("ลำดับของเขต", en: "Areas by rank"),
                icon: "bars")
        }
        for doubt in doubts {
            html.note(.wait, "bang", doubt, Phrase("จึงแสดงสิ่งที่มีแทน", en: "What there is, is shown instead."))
        }
        StatisticsFilters(visit: visit, choice: choice, areas: areas, isOfCountry: scope.isOfCountry).write(to: html)
        html.chartHatching()
        let board = scope.board(for: visit)
        write(board, to: html, choice)
        foot(html, choice, board.charts)
    }

    private func facts(_ scope: Scope) -> Phrase {
        let choice = scope.choice
        var facts = choice.round.name + Phrase(same: " · ") + choice.year.phrase
        if case .country(let country) = scope {
            facts = facts + Phrase(" · \(country.areas.count) เขต", en: " · \(country.areas.count) areas")
        } else {
            facts = Phrase(same: visit.area.shortName + " · ") + facts
        }
        guard let countedAt = scope.countedAt else { return visit.digits(facts) }
        return visit.digits(facts + Phrase(" · ข้อมูล ณ ", en: " · as of ") + countedAt.inShort)
    }

    private func write(_ board: Board, to html: HTML, _ choice: StatisticsChoice) {
        html.div(.className("row g-3 mb-3")) {
            for tile in board.tiles {
                html.div(.className("col-6 col-lg-3")) {
                    html.div(.className("panel mb-0 h-100")) {
                        html.div(.className("dim"), text: tile.label)
                        html.div(.className("big"), text: visit.digits(tile.value))
                        html.div(.className("small dim"), text: visit.digits(tile.note))
                    }
                }
            }
        }
        html.div(.className("split two")) {
            for column in [board.left, board.right] {
                html.div {
                    for chart in column {
                        html.chart(chart, visit) {
                            visit.link("/statistics/charts/\(chart.name).\($0)") + choice.query.queryText
                        }
                    }
                }
            }
        }
    }

    private func foot(_ html: HTML, _ choice: StatisticsChoice, _ charts: [Chart]) {
        html.details(.className("panel mt-3")) {
            html.summary {
                html.b(text: Phrase("วิธีคิด ข้อมูลเปิด และการฝังในเว็บไซต์", en: "How it is counted, open data, and embedding"))
            }
            html.p(
                .className("mt-2"),
                text: Phrase(
                    "คะแนนของเขตคือผลรวมของน้ำหนักคูณคะแนนทางการ หารด้วยน้ำหนักรวม นับเฉพาะผลที่ตัดสินแล้ว ผลที่ไม่ส่งในกำหนดได้ 1.00000 เขตจะมีลำดับเมื่อผลครบทุกรายการ ค่าเฉลี่ยของกลุ่มคือค่าเฉลี่ยของคะแนนเขตในกลุ่มนั้น คะแนนของโรงเรียนคือค่าเฉลี่ยของรายงานที่เขตตรวจแล้ว",
                    en:
                        "An area's score is the sum of weight × official score over the sum of weights, of what is settled; what wasn't sent in time counts 1.00000. An area has a rank once all its results are settled. A group's mean is the mean of its areas' scores. A school's score is the mean of its reports that the area has checked."
                ))
            html.p {
                Phrase("ข้อมูลเปิด: ", en: "Open data: ").write(to: html)
                for (place, ending) in ["csv", "xlsx"].enumerated() {
                    if place > 0 { html.text(" · ") }
                    html.a(
                        .href(visit.link("/statistics/areas.\(ending)") + choice.query.queryText),
                        text: Phrase("ทุกเขต (\(ending.uppercased()))", en: "All areas (\(ending.uppercased()))"))
                }
                html.text(" · ")
                html.a(
                    .href(
                        "/api/\(visit.area.code.isEmpty ? "central" : visit.area.code)/statistics"
                            + choice.query.queryText),
                    text: Phrase("หน้านี้ (JSON)", en: "This page (JSON)"))
            }
            html.label(
                .className("form-label"), .forField("embed"),
                text: Phrase("วางรหัสนี้ในเว็บไซต์ของท่าน", en: "Put this into a website of yours"))
            html.textarea(
                .className("form-control"), .id("embed"), Attribute("rows", "2"), .claim("readonly"),
                text:
                    #"<iframe src="\#(address)/embed?language=\#(visit.language.rawValue)" width="100%" height="420" loading="lazy" title="\#(title[visit.language])"></iframe>"#
            )
            html.p(
                .className("small dim mb-0"),
                text: Phrase("เลือกแผนภูมิได้ด้วย &chart= ตามด้วย ", en: "Choose a chart with &chart= and one of ")
                    + Phrase(same: charts.map(\.name).joined(separator: ", ")))
        }
    }
}
