import Documents
import HTML
import HTTP
import Interface
import Kernel

/// The years that the area has opened, with what each is like.
struct YearsPage: NarrowPage, TablePage {
    let visit: Visit
    let years: [OpenedYear]

    var title: Phrase { Phrase("ปีงบประมาณ", en: "Fiscal years") }

    func write(to html: HTML) {
        html.head(title) {
            html.action(
                visit.link("/years/new"), Phrase("เปิดปีใหม่", en: "Open a year"), icon: "plus", primary: true)
        }
        guard !years.isEmpty else {
            return html.none(
                "cal", Phrase("ยังไม่ได้เปิดปีใด", en: "No year is open yet"),
                Phrase("เปิดปีแล้วจึงกำหนดชุดตัวชี้วัดและตัวชี้วัดได้", en: "Open a year to define frameworks and indicators in it.")
            ) {
                html.action(visit.link("/years/new"), Phrase("เปิดปีแรก", en: "Open the first year"), primary: true)
            }
        }
        html.div(.className("panel flush")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("ปี", en: "Year"))
                        html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                        html.th(.scope("col"), text: Phrase("คัดลอกจาก", en: "Copied from"))
                    }
                }
                html.tbody { for year in years { row(html, year) } }
            }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: years,
            [
                .count(Phrase("ปี", en: "Year"), \.year.number),
                .moment(Phrase("ปิดปีเมื่อ", en: "Closed"), \.closedAt),
                .number(Phrase("คัดลอกจาก", en: "Copied from")) { $0.copiedFrom.map { "\($0.number)" } },
            ])
    }

    private func row(_ html: HTML, _ year: OpenedYear) {
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link("/years/\(year.year.number)")),
                    text: year.year.phrase)
            }
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: year, visit) }
            html.td(
                Attribute("data-label", Phrase("คัดลอกจาก", en: "Copied from")),
                text: year.copiedFrom.map { "\($0.number)" } ?? "–")
        }
    }
}

extension HTML {
    func state(of year: OpenedYear, _ visit: Visit) {
        let current = FiscalYear(at: visit.now)
        if year.closedAt != nil {
            state(.off, "lock", Phrase("ปิดปีแล้ว", en: "Closed"))
        } else if year.year == current {
            state(.ok, "check", Phrase("ปีปัจจุบัน", en: "Current"))
        } else if year.year > current {
            state(.new, "pen", Phrase("กำลังเตรียม", en: "Preparing"))
        } else {
            state(.wait, "pie", Phrase("ยังไม่ปิดปี", en: "Not closed yet"))
        }
    }
}
