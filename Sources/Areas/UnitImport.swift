import Documents
import HTML
import HTTP
import Kernel

/// A list of units read from a table: each row with what is wrong in which cell. It is applied whole or not at all.
struct UnitImport: Sendable {
    struct Row: Sendable {
        var line: Int
        var cells: [String]
        var draft: UnitDraft
        /// By column.
        var problems: [Int: Phrase]
    }

    static let limit = 2000
    /// The columns of the template, which are the names of the form's fields.
    static let columns = ["kind", "number", "name", "name-en", "district", "size", "phone"]

    private(set) var rows: [Row] = []
    private(set) var problem: Phrase?

    var problemCount: Int { rows.reduce(0) { $0 + $1.problems.count } }
    var isSound: Bool { problem == nil && !rows.isEmpty && problemCount == 0 }

    /// Reads CSV or what a spreadsheet copies. The first row may name the columns, in any order.
    init(_ text: String, in area: Area, knowing known: [KnownUnit]) {
        var lines = CSV.rows(of: text)
        var order = Array(Self.columns.indices)
        if let head = lines.first, let named = Self.order(of: head) {
            order = named
            lines.removeFirst()
        }
        guard !lines.isEmpty else {
            problem = Phrase("ไม่พบแถวข้อมูล", en: "There are no rows")
            return
        }
        guard lines.count <= Self.limit else {
            problem = Phrase(
                "นำเข้าได้ครั้งละไม่เกิน \(Self.limit) แถว ที่ส่งมา \(lines.count)",
                en: "At most \(Self.limit) rows at a time; this has \(lines.count)")
            return
        }
        var names = Set(known.map { "\($0.kind.rawValue) \($0.name)" })
        var numbers = Set(known.map(\.number))
        for (index, cells) in lines.enumerated() {
            var row = Self.row(index + 1, cells, order, area)
            let (draft, columns) = (row.draft, Self.columns)
            if !draft.name.isEmpty, !names.insert("\(draft.kind.rawValue) \(draft.name)").inserted {
                row.problems[columns.firstIndex(of: "name") ?? 0] = Phrase("มีชื่อนี้แล้ว", en: "This name is there already")
            }
            if !draft.number.isEmpty, !numbers.insert(draft.number).inserted {
                row.problems[columns.firstIndex(of: "number") ?? 0] = Phrase(
                    "มีรหัสนี้แล้ว", en: "This number is there already")
            }
            rows.append(row)
        }
    }

    private static func row(_ line: Int, _ cells: [String], _ order: [Int], _ area: Area) -> Row {
        var texts = [String](repeating: "", count: columns.count)
        for (place, column) in order.enumerated() where column >= 0 && place < cells.count {
            texts[column] = cells[place]
        }
        if texts[0].isEmpty { texts[0] = OrgUnit.Kind.all(in: area)[0].rawValue }
        texts[0] = OrgUnit.Kind.all(in: area).first { $0.phrase.thai == texts[0] }?.rawValue ?? texts[0]
        texts[5] = OrgUnit.Size.allCases.first { $0.phrase.thai == texts[5] }?.rawValue ?? texts[5]
        var fields = Fields()
        for (name, text) in zip(columns, texts) { fields.add(name, text) }
        let draft = FormDraft(OrgUnit.fields(in: area), fields)
        var problems: [Int: Phrase] = [:]
        for problem in draft.problems { problems[columns.firstIndex(of: problem.field) ?? 0] = problem.reason }
        return Row(line: line, cells: texts, draft: UnitDraft(draft), problems: problems)
    }

    /// Which column each cell of the head names; nil when it isn't a head.
    private static func order(of head: [String]) -> [Int]? {
        let labels = OrgUnit.fields(in: Area(id: AreaID(1), code: "", kind: .primary, shortName: "", name: ""))
        let order = head.map { cell in
            columns.firstIndex { column in
                let label = labels.first { $0.name == column }?.label
                return [column, label?.thai, label?.english].contains(cell)
            } ?? -1
        }
        return order.contains(columns.firstIndex(of: "name") ?? 2) ? order : nil
    }
}
