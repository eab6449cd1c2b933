package import Runtime

/// Tables as text: RFC 4180, or cells between tabs, as they come from a spreadsheet's clipboard.
package enum CSV {
    /// Reads rows of cells. Tabs part the cells when the first line holds one, else commas. Blank rows are left out.
    package static func rows(of text: String) -> [[String]] {
        let withoutMark = text.unicodeScalars.first?.value == 0xFEFF ? String(text.unicodeScalars.dropFirst()) : text
        let firstLine = withoutMark.utf8.prefix { $0 != 10 && $0 != 13 }
        var reader = CSVReader(separator: firstLine.contains(9) ? 9 : 44)
        for byte in withoutMark.utf8 { reader.take(byte) }
        return reader.finish().filter { $0.contains { !$0.isEmpty } }
    }

    /// One row in CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    package static func append(_ cells: [String], to buffer: ByteBuffer) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.append(44) }
            append(cell, to: buffer)
        }
        buffer.append("\r\n" as StaticString)
    }

    /// With the mark by which Excel knows UTF-8.
    package static func table(head: [String], rows: some Sequence<[String]>) -> ByteBuffer {
        let buffer = ByteBuffer()
        buffer.append("\u{FEFF}" as StaticString)
        append(head, to: buffer)
        for row in rows { append(row, to: buffer) }
        return buffer
    }

    private static func append(_ cell: String, to buffer: ByteBuffer) {
        let isFormula = cell.utf8.first.map { formulaStarts.contains($0) } ?? false
        let cell = isFormula && !isNumber(cell) ? "'" + cell : cell
        guard cell.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else {
            buffer.append(cell)
            return
        }
        buffer.append(34)
        for byte in cell.utf8 {
            if byte == 34 { buffer.append(34) }
            buffer.append(byte)
        }
        buffer.append(34)
    }

    /// With what a spreadsheet lets a formula begin: `= + - @`, tab, line breaks.
    fileprivate static let formulaStarts: Set<UInt8> = [61, 43, 45, 64, 9, 10, 13]

    private static func isNumber(_ cell: String) -> Bool {
        let unsigned = cell.utf8.first == 43 || cell.utf8.first == 45 ? cell.utf8.dropFirst() : cell.utf8[...]
        return unsigned.split(separator: 46, maxSplits: 1, omittingEmptySubsequences: false).allSatisfy { digits in
            !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) }
        }
    }
}

private struct CSVReader {
    let separator: UInt8
    private var rows: [[String]] = []
    private var row: [String] = []
    private var cell: [UInt8] = []
    private var isQuoted = false
    private var hasClosed = false
    private var lastWasReturn = false

    init(separator: UInt8) {
        self.separator = separator
    }

    mutating func take(_ byte: UInt8) {
        defer { lastWasReturn = byte == 13 }
        if isQuoted {
            if byte != 34 {
                cell.append(byte)
            } else {
                isQuoted = false
                hasClosed = true
            }
            return
        }
        switch byte {
        case 34 where hasClosed:
            cell.append(34)
            isQuoted = true
            hasClosed = false
        case 34 where cell.isEmpty: isQuoted = true
        case separator: endCell()
        case 10 where lastWasReturn: break
        case 10, 13: endRow()
        default: cell.append(byte)
        }
    }

    mutating func finish() -> [[String]] {
        if !cell.isEmpty || !row.isEmpty { endRow() }
        return rows
    }

    /// The apostrophe that keeps a text from being a formula, ours or a spreadsheet's, is no part of it.
    private mutating func endCell() {
        if cell.count > 1, cell[0] == 39, CSV.formulaStarts.contains(cell[1]) { cell.removeFirst() }
        row.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll()
        hasClosed = false
    }

    private mutating func endRow() {
        endCell()
        rows.append(row)
        row.removeAll()
    }
}
