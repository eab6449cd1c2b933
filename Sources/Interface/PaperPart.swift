package import Documents
package import HTML
import Kernel

/// What an official paper consists of: the same on the screen and on paper.
package enum PaperPart: Sendable {
    /// Centred lines on top.
    case title([String])
    /// Boxes in a line, of which some are ticked.
    case choices([(label: String, isTicked: Bool)])
    /// `Name : value`
    case fact(String, String)
    case heading(String)
    /// A dash where there is nothing to say.
    case text(String)
    case list([String])
    case table(PaperTable)
    /// Who signs, side by side.
    case signatures([[String]])
    /// Where anybody can see that the paper is true, with what it says of itself.
    case seal(QRCode, [String])
    case small(String)
    case newPage
}

extension Paper {
    package func write(_ parts: [PaperPart]) {
        for (place, part) in parts.enumerated() {
            if case .heading(let words) = part, case .table(let table)? = parts.dropFirst(place + 1).first {
                heading(words, above: table)
            } else {
                write(part)
            }
        }
    }

    private func write(_ part: PaperPart) {
        switch part {
        case .title(let lines): title(lines)
        case .choices(let choices): self.choices(choices.map { ($0.label, $0.isTicked) })
        case .fact(let name, let value): text(Passage(bold: "\(name) : ") + Passage(value.isEmpty ? "-" : value))
        case .heading(let words): heading(words)
        case .text(let words): text(Passage(words.isEmpty ? "-" : words), indent: 18)
        case .list(let items): items.isEmpty ? text("-", indent: 18) : list(items.map { Passage($0) })
        case .table(let table): self.table(table)
        case .signatures(let columns): self.columns(columns)
        case .seal(let code, let lines): seal(code, lines.map { Passage($0) })
        case .small(let words): small(Passage(words))
        case .newPage: newPage()
        }
    }
}

extension HTML {
    /// The paper as a page shows it; printed from there it is the same, too.
    package func paper(_ parts: [PaperPart]) {
        article(.className("sheet"), .lang(language)) {
            for part in parts { paper(part) }
        }
    }

    private func paper(_ part: PaperPart) {
        switch part {
        case .title(let lines):
            h1 {
                for (place, line) in lines.enumerated() {
                    if place > 0 { br() }
                    text(line)
                }
            }
        case .choices(let choices):
            p(.className("text-center")) { for choice in choices { self.choice(choice.label, choice.isTicked) } }
        case .fact(let name, let value):
            p {
                b(text: "\(name) : ")
                text(value.isEmpty ? "-" : value)
            }
        case .heading(let words): h2(text: words)
        case .text(let words): p { paragraphs(words.isEmpty ? "-" : words) }
        case .list(let items):
            items.isEmpty ? p(text: "-") : ol { for item in items { li { paragraphs(item) } } }
        case .table(let table): paper(table)
        case .signatures(let columns):
            div(.className("row text-center mt-4")) {
                for lines in columns {
                    div(.className("col-12 col-md mb-3")) { for line in lines { div(text: line) } }
                }
            }
        case .seal(let code, let lines):
            div(.className("d-flex gap-3 align-items-center mt-4")) {
                qr(code, Phrase("คิวอาร์โค้ดสำหรับตรวจสอบเอกสาร", en: "QR code to verify this paper"))
                p(.className("mb-0 small text-break")) {
                    for (place, line) in lines.enumerated() {
                        if place > 0 { br() }
                        text(line)
                    }
                }
            }
        case .small(let words): p(.className("small"), text: words)
        case .newPage: hr(.className("my-5"))
        }
    }

    private func choice(_ label: String, _ isTicked: Bool) {
        span(.className("keep me-4")) {
            icon(isTicked ? "ticked" : "unticked")
            span(
                .className("visually-hidden"),
                text: isTicked ? Phrase("เลือก", en: "ticked") : Phrase("ไม่เลือก", en: "not ticked"))
            text(" \(label)")
        }
    }

    private func paper(_ table: PaperTable) {
        div(.className("over"), Attribute("tabindex", "0"), .role("group"), .label(Phrase("ตาราง", en: "Table"))) {
            self.table {
                if table.hasHead {
                    thead {
                        tr {
                            for column in table.columns {
                                th(.scope("col"), column.alignment.attribute, text: column.title)
                            }
                        }
                    }
                }
                tbody {
                    for row in table.rows {
                        tr {
                            for (cell, column) in zip(row, table.columns) {
                                td(column.alignment.attribute) { paragraphs(cell.text) }
                            }
                        }
                    }
                }
            }
        }
    }
}

extension PaperAlignment {
    fileprivate var attribute: Attribute {
        switch self {
        case .start: .className("text-start")
        case .centre: .className("text-center")
        case .end: .className("num")
        }
    }
}
