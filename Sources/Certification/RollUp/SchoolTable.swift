import Catalogue
import Documents
import HTML
import Interface
import Kernel
import Scoring

/// Schools with their numbers, and beneath them what they come to.
struct SchoolTable: Sendable {
    struct Row: Sendable {
        let name: String
        var link: String?
        var standing: SchoolReport.Standing?
        let entries: [String: String]
        /// What they were when it was decided before.
        var before: [String: String]?
    }

    let variables: [RolledVariable]
    let rows: [Row]
    /// By the variables' names.
    let totals: [String: String]

    private var hasStanding: Bool { rows.contains { $0.standing != nil } }

    func write(to html: HTML) {
        html.section(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), .className("main"), text: Phrase("หน่วยงาน", en: "Unit"))
                        if hasStanding { html.th(.scope("col"), text: Phrase("สถานะ", en: "State")) }
                        for variable in variables {
                            html.th(.scope("col"), .className("num")) {
                                html.text(variable.label)
                                if !variable.measure.isEmpty {
                                    html.span(.className("dim"), text: " \(variable.measure)")
                                }
                            }
                        }
                    }
                }
                html.tbody { for row in rows { self.row(html, row) } }
                html.tfoot { total(html) }
            }
        }
    }

    /// Without the sums, which a spreadsheet makes itself.
    func sheet(_ name: Phrase, in visit: Visit) -> Sheet {
        let standing: [TableColumn<Row>] =
            hasStanding ? [.phrase(Phrase("สถานะ", en: "State")) { $0.standing?.phrase ?? Phrase(same: "") }] : []
        return Sheet(
            name, in: visit, of: rows,
            [.text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.name)] + standing
                + variables.map { variable in
                    .number(Phrase(same: variable.label)) { $0.entries[variable.name] }
                })
    }

    private func row(_ html: HTML, _ row: Row) {
        html.tr {
            html.th(.scope("row")) {
                switch row.link {
                case let link?: html.a(.className("text-decoration-none"), .href(link), text: row.name)
                case nil: html.text(row.name)
                }
            }
            if let standing = row.standing {
                html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: standing) }
            }
            for variable in variables { number(html, variable, row) }
        }
    }

    /// Struck and marked where it differs, not told by colour alone.
    private func number(_ html: HTML, _ variable: RolledVariable, _ row: Row) {
        let (now, old) = (figure(row.entries[variable.name]), figure(row.before?[variable.name]))
        // On a phone, a school that has nothing yet takes one line.
        let isEmpty = row.entries.isEmpty && row.before == nil
        html.td(.className("num"), .className("wideonly").when(isEmpty), Attribute("data-label", variable.label)) {
            if row.before == nil || old == now {
                html.text(now)
            } else {
                html.del(text: old)
                html.text(" ")
                html.ins(text: now)
            }
        }
    }

    private func figure(_ text: String?) -> String { text.flatMap { Exact($0) }.map { $0.groupedShort() } ?? "–" }

    private func total(_ html: HTML) {
        html.tr {
            html.th(.scope("row"), text: Phrase("รวม", en: "Together"))
            if hasStanding { html.td(text: "") }
            for variable in variables {
                html.td(.className("num"), Attribute("data-label", variable.label)) {
                    html.b(text: figure(totals[variable.name]))
                    html.text(" ")
                    html.span(.className("small dim"), text: variable.arithmetic)
                }
            }
        }
    }
}

extension SchoolReport.Standing {
    fileprivate var phrase: Phrase {
        switch self {
        case .unsent: Phrase("ยังไม่ส่ง", en: "Not sent")
        case .unchecked: Phrase("รอตรวจ", en: "Waiting for check")
        case .checked: Phrase("ตรวจแล้ว นับรวม", en: "Checked, counts")
        }
    }
}

extension HTML {
    func state(of standing: SchoolReport.Standing) {
        switch standing {
        case .unsent: state(.off, "ring", standing.phrase)
        case .unchecked: state(.wait, "pie", standing.phrase)
        case .checked: state(.ok, "check", standing.phrase)
        }
    }
}
