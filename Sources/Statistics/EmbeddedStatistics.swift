import HTML
import Interface
import Kernel
import Rounds

/// Some figures and a chart, within another website's page.
struct EmbeddedStatistics: FramedPage {
    let visit: Visit
    let scope: Scope?
    /// Its name; the first of them, unless another is wanted.
    let chart: String?
    /// Where the whole page lies.
    let address: String

    var title: Phrase { Phrase("สถิติผลการปฏิบัติราชการ", en: "Performance statistics") }

    func write(to html: HTML) {
        html.main(.id("main"), .className("page p-2")) {
            html.h1(.className("fs-5"), text: Phrase(same: visit.area.shortName + " · ") + title)
            if let scope {
                figures(html, scope)
            } else {
                html.p(.className("dim"), text: Phrase("ยังไม่มีสถิติ", en: "There are no statistics yet"))
            }
            html.p(.className("small mb-0")) {
                html.a(
                    .href(address), Attribute("target", "_blank"), Attribute("rel", "noopener"),
                    text: Phrase("ดูสถิติทั้งหมด", en: "All statistics"))
            }
        }
    }

    private func figures(_ html: HTML, _ scope: Scope) {
        let board = scope.board(for: visit)
        html.p(
            .className("small dim"),
            text: visit.digits(scope.choice.round.name + Phrase(same: " · ") + scope.choice.year.phrase))
        html.div(.className("row g-2 mb-2")) {
            for tile in board.tiles.prefix(3) {
                html.div(.className("col-4")) {
                    html.div(.className("small dim"), text: tile.label)
                    html.div(.className("fs-4 fw-bold"), text: visit.digits(tile.value))
                }
            }
        }
        html.chartHatching()
        if let shown = board.charts.first(where: { $0.name == chart }) ?? board.charts.first {
            html.figure(.className("chart")) {
                html.h2(.className("fs-6"), text: shown.title)
                html.drawing(of: shown)
            }
        }
    }
}
