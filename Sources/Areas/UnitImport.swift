import HTML
import HTTP
import Interface
import Kernel

/// A list of units read from a table.
struct UnitImport: Sendable {
    static let limit = 2000

    private(set) var table: TableImport
    private(set) var drafts: [UnitDraft] = []

    /// The columns are the fields of the form, in the order of the template.
    static func columns(in area: Area) -> [FormField] {
        let fields = OrgUnit.fields(in: area)
        return ["kind", "number", "name", "name-en", "district", "size", "phone"].compactMap { name in
            fields.first { $0.name == name }
        }
    }

    init(_ input: TableInput, in area: Area, knowing known: [KnownUnit]) {
        table = TableImport(input, columns: Self.columns(in: area), key: "name", limit: Self.limit)
        var names = Set(known.map { "\($0.kind.rawValue) \($0.name)" })
        var numbers = Set(known.map(\.number))
        for row in table.rows.indices {
            let checked = FormDraft(OrgUnit.fields(in: area), fields(of: row, in: area))
            for problem in checked.problems { table.refuse(problem.field, of: row, problem.reason) }
            let draft = UnitDraft(checked)
            if !draft.name.isEmpty, !names.insert("\(draft.kind.rawValue) \(draft.name)").inserted {
                table.refuse("name", of: row, Phrase("มีชื่อนี้แล้ว", en: "This name is there already"))
            }
            if !draft.number.isEmpty, !numbers.insert(draft.number).inserted {
                table.refuse("number", of: row, Phrase("มีรหัสนี้แล้ว", en: "This number is there already"))
            }
            drafts.append(draft)
        }
    }

    /// A unit of which nothing is said is of the area's first kind.
    private func fields(of row: Int, in area: Area) -> Fields {
        var fields = table.fields(of: row)
        if fields["kind"]?.isEmpty != false { fields.set("kind", OrgUnit.Kind.all(in: area)[0].rawValue) }
        return fields
    }
}
