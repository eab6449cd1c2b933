import Documents
package import HTML
package import HTTP
package import Kernel

/// A table as it is to be taken over: each row with what is wrong in which cell. It is applied whole or not at all.
package struct TableImport: Sendable {
    package struct Row: Sendable {
        /// As the spreadsheet counts.
        package var line: Int
        /// In the order of the columns.
        package var cells: [String]
        /// By column.
        package fileprivate(set) var problems: [Int: Phrase] = [:]
        /// What becomes of it: new, changed.
        package var outcome: Phrase?
    }

    package let columns: [FormField]
    package private(set) var rows: [Row] = []
    /// What is wrong with the whole.
    package private(set) var problem: Phrase?
    /// Columns of the head that nobody knows; they are left out.
    package private(set) var unknown: [String] = []
    /// Under which letter each column stands.
    private var places: [Int: Int] = [:]

    /// The first row may name the columns, in any order, by their names or labels; `key` is the one that tells a head.
    package init(_ table: TableInput, columns: [FormField], key: String, limit: Int) {
        self.columns = columns
        var lines = table.rows.enumerated().map { (line: $0.offset + 1, cells: $0.element) }
            .filter { $0.cells.contains { !$0.isEmpty } }
        var order = Array(columns.indices.map { Optional($0) })
        if let head = lines.first?.cells, let named = Self.order(of: head, columns, key) {
            order = named
            unknown = zip(head, named).filter { $0.1 == nil && !$0.0.isEmpty }.map(\.0)
            lines.removeFirst()
        }
        for (place, column) in order.enumerated() { if let column { places[column] = place } }
        guard !lines.isEmpty else {
            problem = Phrase("ไม่พบแถวข้อมูล", en: "There are no rows")
            return
        }
        guard lines.count <= limit else {
            problem = Phrase(
                "นำเข้าได้ครั้งละไม่เกิน \(limit) แถว ที่ส่งมา \(lines.count)",
                en: "At most \(limit) rows at a time; this has \(lines.count)")
            return
        }
        rows = lines.map { line, cells in
            var texts = [String](repeating: "", count: columns.count)
            for (place, column) in order.enumerated() where place < cells.count {
                if let column { texts[column] = tidied(cells[place]) }
            }
            return Row(line: line, cells: texts)
        }
    }

    /// Which column each cell of the head names; nil when it isn't a head.
    private static func order(of head: [String], _ columns: [FormField], _ key: String) -> [Int?]? {
        let order = head.map { cell in
            columns.firstIndex { [$0.name, $0.label.thai, $0.label.english].contains(tidied(cell)) }
        }
        return order.contains(columns.firstIndex { $0.name == key }) ? order : nil
    }

    package var problemCount: Int { rows.reduce(0) { $0 + $1.problems.count } }
    package var isSound: Bool { problem == nil && !rows.isEmpty && problemCount == 0 }

    /// Whether the table has the column at all: what isn't there is left as it is.
    package func has(_ column: String) -> Bool {
        columns.firstIndex { $0.name == column }.map { places[$0] != nil } ?? false
    }

    /// What stands in a cell; where one chooses, the choice that bears the words.
    package func value(_ column: String, of row: Int) -> String {
        guard let index = columns.firstIndex(where: { $0.name == column }) else { return "" }
        let text = rows[row].cells[index]
        guard case .choice(let choices) = columns[index].kind else { return text }
        return choices.first { [$0.label.thai, $0.label.english].contains(text) }?.value ?? text
    }

    /// A row as a form would have sent it.
    package func fields(of row: Int) -> Fields {
        var fields = Fields()
        for column in columns { fields.add(column.name, value(column.name, of: row)) }
        return fields
    }

    /// Says what is wrong in a cell; of several things the first.
    package mutating func refuse(_ column: String, of row: Int, _ reason: Phrase) {
        let index = columns.firstIndex { $0.name == column } ?? 0
        if rows[row].problems[index] == nil { rows[row].problems[index] = reason }
    }

    /// What a row is about, by the sign that it bears of something that waits; refused where that waits no more, or the row
    /// before was about it.
    package mutating func waiting<Item>(
        _ column: String, of row: Int, among known: [String: Item], seen: inout Set<String>
    ) -> Item? {
        let sign = value(column, of: row)
        guard let item = known[sign] else {
            refuse(
                column, of: row,
                Phrase(
                    "ไม่รอแล้ว หรือเปลี่ยนไปหลังจากดาวน์โหลด",
                    en: "It doesn't wait any more, or has changed since the download"))
            return nil
        }
        guard seen.insert(sign).inserted else {
            refuse(column, of: row, Phrase("มีในตารางแล้ว", en: "It is in the table already"))
            return nil
        }
        return item
    }

    package mutating func mark(_ row: Int, as outcome: Phrase) {
        rows[row].outcome = outcome
    }

    /// `C12`, as the spreadsheet names the cell.
    package func cell(_ column: Int, of row: Row) -> String {
        SpreadsheetReader.letters(ofColumn: (places[column] ?? column) + 1) + "\(row.line)"
    }

    /// All that is wrong, for those who send without looking first.
    package func check() throws(Refusal) {
        if let problem { throw .invalid("list", problem) }
        guard !isSound else { return }
        throw .invalid(
            rows.flatMap { row in
                row.problems.sorted { $0.key < $1.key }.map { column, reason in
                    FieldProblem(
                        "row-\(row.line)-\(columns[column].name)",
                        Phrase(same: cell(column, of: row) + " ") + columns[column].label + Phrase(same: ": ") + reason)
                }
            })
    }
}
