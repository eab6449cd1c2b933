import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// A list of units read from a table: those that are known by their number, or by kind and name, are changed; the others
/// are added.
struct UnitImport: Sendable {
    static let limit = 2000

    private(set) var table: TableImport
    private(set) var drafts: [UnitDraft] = []
    /// Of each row the unit that it is about; nil where it is a new one.
    private(set) var known: [KnownUnit?] = []

    /// The columns are the fields of the form, in the order of the template.
    static func columns(in area: Area) -> [FormField] {
        let fields = OrgUnit.fields(in: area)
        return ["kind", "number", "name", "name-en", "district", "size", "phone"].compactMap { name in
            fields.first { $0.name == name }
        }
    }

    init(_ input: TableInput, in area: Area, knowing units: [KnownUnit]) {
        table = TableImport(input, columns: Self.columns(in: area), key: "name", limit: Self.limit)
        var owners = UnitOwners(units)
        var seen: Set<UnitID> = []
        for row in table.rows.indices {
            let unit = owners.unit(
                numbered: arabicDigits(table.value("number", of: row)), named: name(of: row, in: area))
            let checked = FormDraft(OrgUnit.fields(in: area), fields(of: row, in: area, changing: unit))
            for problem in checked.problems { table.refuse(problem.field, of: row, problem.reason) }
            let draft = UnitDraft(checked)
            if let unit, !seen.insert(unit.id).inserted {
                table.refuse("name", of: row, Phrase("มีในตารางแล้ว", en: "It is in the table already"))
            }
            if !draft.name.isEmpty, !owners.claim(name: draft.key, for: unit) {
                table.refuse("name", of: row, Phrase("มีชื่อนี้แล้ว", en: "This name is there already"))
            }
            if !draft.number.isEmpty, !owners.claim(number: draft.number, for: unit) {
                table.refuse("number", of: row, Phrase("มีรหัสนี้แล้ว", en: "This number is there already"))
            }
            table.mark(
                row,
                as: unit == nil
                    ? Phrase("เพิ่ม", en: "New")
                    : unit?.draft == draft ? Phrase("เหมือนเดิม", en: "As it is") : Phrase("แก้ไข", en: "Changed"))
            drafts.append(draft)
            known.append(unit)
        }
    }

    private func name(of row: Int, in area: Area) -> String {
        let kind = table.value("kind", of: row)
        return "\(kind.isEmpty ? OrgUnit.Kind.all(in: area)[0].rawValue : kind) \(table.value("name", of: row))"
    }

    /// What the table has no column for stays as it is; a new unit of which nothing is said is of the area's first kind.
    private func fields(of row: Int, in area: Area, changing unit: KnownUnit?) -> Fields {
        var fields = table.fields(of: row)
        if let unit { for (name, value) in unit.draft.fields where !table.has(name) { fields.set(name, value) } }
        if fields["kind"]?.isEmpty != false { fields.set("kind", OrgUnit.Kind.all(in: area)[0].rawValue) }
        return fields
    }

    /// Marks what was previewed, so that nothing is stored over what somebody changed meanwhile.
    var seen: String {
        let versions = known.map { unit in unit.map { "\($0.id):\($0.version)" } ?? "-" }
        return Digest(of: versions.joined(separator: " ")).hexadecimal
    }
}

/// Whose each name and number is, as a list is read.
private struct UnitOwners {
    private var names: [String: UnitID] = [:]
    private var numbers: [String: UnitID] = [:]
    private let units: [UnitID: KnownUnit]
    /// Whose what a new row claims is.
    private static let new = UnitID(0)

    init(_ known: [KnownUnit]) {
        units = Dictionary(uniqueKeysWithValues: known.map { ($0.id, $0) })
        for unit in known {
            names[unit.draft.key] = unit.id
            if !unit.draft.number.isEmpty { numbers[unit.draft.number] = unit.id }
        }
    }

    func unit(numbered number: String, named name: String) -> KnownUnit? {
        (numbers[number] ?? names[name]).flatMap { units[$0] }
    }

    mutating func claim(name: String, for unit: KnownUnit?) -> Bool { Self.claim(name, for: unit, in: &names) }
    mutating func claim(number: String, for unit: KnownUnit?) -> Bool { Self.claim(number, for: unit, in: &numbers) }

    /// False where it is another's.
    private static func claim(_ text: String, for unit: KnownUnit?, in owners: inout [String: UnitID]) -> Bool {
        if let owner = owners[text], owner != unit?.id { return false }
        owners[text] = unit?.id ?? Self.new
        return true
    }
}
