import Documents
import HTML
import Interface
import Kernel
import Rounds

/// What the central office has supplied, and still has to.
struct CentralDataPage: TablePage {
    let visit: Visit
    let supplies: [CentralSupply]

    var title: Phrase { Phrase("ข้อมูลส่วนกลาง", en: "Central data") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase)
        guard !supplies.isEmpty else {
            return html.none(
                "down", Phrase("ปีนี้ไม่มีตัวแปรที่ส่วนกลางต้องให้ข้อมูล", en: "No variable of this year is central data"),
                Phrase(
                    "ตั้งที่มาของตัวแปรเป็นข้อมูลส่วนกลาง แล้วเผยแพร่ถึงเขต",
                    en: "Set a variable's source to central data and publish it."))
        }
        html.section(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                        html.th(.scope("col"), text: Phrase("รอบ", en: "Round"))
                        html.th(.scope("col"), text: Phrase("ครบกำหนด", en: "Due"))
                        html.th(.scope("col"), text: Phrase("ได้ข้อมูลแล้ว", en: "Supplied"))
                        html.th(.scope("col"), text: Phrase("ทักท้วง", en: "Disputed"))
                    }
                }
                html.tbody { for supply in supplies { row(html, supply) } }
            }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: supplies,
            [
                .text(Phrase("เลข", en: "Number"), \.number),
                .text(Phrase("ตัวชี้วัด", en: "Indicator"), width: 50, \.name),
                .phrase(Phrase("รอบ", en: "Round"), \.round.name), .moment(Phrase("ครบกำหนด", en: "Due"), \.due),
                .count(Phrase("เขต", en: "Areas"), \.areas), .count(Phrase("ได้ข้อมูลแล้ว", en: "Supplied"), \.supplied),
                .count(Phrase("ทักท้วง", en: "Disputed"), \.disputed),
            ])
    }

    private func row(_ html: HTML, _ supply: CentralSupply) {
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link(supply.path)),
                    text: "\(supply.number) \(supply.name)")
            }
            html.td(Attribute("data-label", Phrase("รอบ", en: "Round")), text: supply.round.name)
            html.td(Attribute("data-label", Phrase("ครบกำหนด", en: "Due")), text: supply.due.inShort)
            html.td(Attribute("data-label", Phrase("ได้ข้อมูลแล้ว", en: "Supplied"))) {
                Phrase("\(supply.supplied) จาก \(supply.areas) เขต", en: "\(supply.supplied) of \(supply.areas) areas")
                    .write(to: html)
                html.bar("\(supply.supplied)", "0", of: "\(max(supply.areas, 1))")
            }
            html.td(Attribute("data-label", Phrase("ทักท้วง", en: "Disputed"))) {
                supply.disputed > 0
                    ? html.state(.wait, "warn", Phrase("\(supply.disputed) เขต", en: "\(supply.disputed) areas"))
                    : html.text("–")
            }
        }
    }
}
