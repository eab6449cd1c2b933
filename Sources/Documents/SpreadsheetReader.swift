import Runtime

/// The first sheet of an XLSX file, as texts: numbers as they were typed, days as `2026-03-31`, shares as `80%`.
package struct SpreadsheetReader {
    package static let mostRows = 20_000
    package static let mostColumns = 300
    /// Unpacked: no list that people keep comes near.
    package static let mostBytes = 100_000_000

    package private(set) var rows: [[String]] = []

    private var shared: [String] = []
    private var styles: [CellStyle] = []

    package init(file path: String) throws(SpreadsheetProblem) {
        let archive = try ZipArchive(path, limit: Self.mostBytes)
        if let member = archive.member("xl/sharedStrings.xml") { try readShared(XMLPieces(member)) }
        if let member = archive.member("xl/styles.xml") { styles = try CellStyle.all(in: XMLPieces(member)) }
        guard let member = archive.member(try Self.firstSheet(of: archive)) else { throw .unreadable }
        try readSheet(XMLPieces(member))
        while rows.last?.allSatisfy(\.isEmpty) == true { rows.removeLast() }
    }

    /// The member of the sheet that stands first, whatever it is called.
    private static func firstSheet(of archive: ZipArchive) throws(SpreadsheetProblem) -> String {
        guard let workbook = archive.member("xl/workbook.xml"),
            let relations = archive.member("xl/_rels/workbook.xml.rels")
        else { throw .unreadable }
        let (sheets, links) = (try XMLPieces(workbook), try XMLPieces(relations))
        var wanted: String?
        while wanted == nil, let piece = try sheets.next() {
            if case .opened("sheet") = piece { wanted = sheets.attribute("r:id") }
        }
        while let piece = try links.next() {
            guard case .opened("Relationship") = piece, links.attribute("Id") == wanted,
                let target = links.attribute("Target")
            else { continue }
            return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        throw .unreadable
    }

    private mutating func readShared(_ pieces: XMLPieces) throws(SpreadsheetProblem) {
        var text = ""
        var (isText, isReading) = (false, false)
        while let piece = try pieces.next() {
            switch piece {
            case .opened("si"): text = ""
            case .closed("si"): shared.append(text)
            case .opened("t"): isText = true
            case .closed("t"): isText = false
            // How characters are read aloud, beside the text itself.
            case .opened("rPh"): isReading = true
            case .closed("rPh"): isReading = false
            case .text(let part) where isText && !isReading: text += part
            default: break
            }
        }
    }

    private mutating func readSheet(_ pieces: XMLPieces) throws(SpreadsheetProblem) {
        var row: [String] = []
        var (number, column, kind, style) = (0, 0, "", 0)
        var (value, isValue) = ("", false)
        while let piece = try pieces.next() {
            switch piece {
            case .opened("row"):
                number = pieces.attribute("r").flatMap { Int($0) } ?? number + 1
                guard number <= Self.mostRows else { throw .tooLarge }
                (row, column) = ([], 0)
            case .closed("row"):
                while rows.count < number - 1 { rows.append([]) }
                rows.append(row)
            case .opened("c"):
                column = pieces.attribute("r").flatMap(Self.column) ?? column + 1
                guard column <= Self.mostColumns else { throw .tooLarge }
                kind = pieces.attribute("t") ?? "n"
                style = pieces.attribute("s").flatMap { Int($0) } ?? 0
                value = ""
            case .opened("v"), .opened("t"): isValue = true
            case .closed("v"), .closed("t"): isValue = false
            case .text(let part) where isValue: value += part
            case .closed("c"):
                while row.count < column - 1 { row.append("") }
                row.append(text(of: value, kind, style))
            default: break
            }
        }
    }

    private func text(of value: String, _ kind: String, _ style: Int) -> String {
        switch kind {
        case "s": return Int(value).flatMap { shared.indices.contains($0) ? shared[$0] : nil } ?? ""
        case "n": return (styles.indices.contains(style) ? styles[style] : .plain).text(of: value)
        default: return value
        }
    }

    /// `C12` → 3.
    private static func column(_ reference: String) -> Int? {
        var column = 0
        for letter in reference.utf8 {
            guard (65...90).contains(letter) else { break }
            guard column < 100_000 else { return nil }
            column = column * 26 + Int(letter - 64)
        }
        return column > 0 ? column : nil
    }

    /// 3 → `C`, as people see it above the sheet.
    package static func letters(ofColumn column: Int) -> String {
        var (rest, letters) = (column, "")
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}
