package import Documents
package import HTML
import Runtime

extension HTML {
    /// A sheet as a page shows it. `named` is the column that says which row it is.
    package func table(of sheet: Sheet, named: Int = 0, hiding hidden: Set<Int> = [], _ look: Attribute = .absent) {
        let places = sheet.columns.indices.filter { !hidden.contains($0) }
        div(.className("over"), Attribute("tabindex", "0"), .role("region"), Attribute("aria-label", sheet.name)) {
            table(.className("table"), look) {
                thead {
                    tr {
                        for place in places {
                            th(
                                .scope("col"), .className("main").when(place == named),
                                .className("num").when(sheet.isNumeric(place)), text: sheet.columns[place].title)
                        }
                    }
                }
                tbody {
                    for row in 0..<sheet.rows.count {
                        let cells = sheet.rows[row]
                        tr {
                            for place in places {
                                cell(cells[place], sheet.columns[place].title, isName: place == named)
                            }
                        }
                    }
                }
            }
        }
    }

    private func cell(_ cell: Sheet.Cell, _ title: String, isName: Bool) {
        let words = cell.shown(in: language)
        if isName {
            th(.scope("row"), text: words)
        } else {
            td(
                .className("num").when(cell.isNumber || cell == .empty), Attribute("data-label", title),
                text: words.isEmpty ? "–" : words)
        }
    }
}
