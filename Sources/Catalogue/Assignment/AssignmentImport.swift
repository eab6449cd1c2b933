import HTML
import Interface
import Kernel

/// Who must report, read from a table: units by number or name, officers by name.
struct AssignmentImport: Sendable {
    static let columns = [
        FormField("number", Phrase("รหัสโรงเรียน", en: "School number"), .text(limit: 20)),
        FormField("unit", Phrase("หน่วยงาน", en: "Unit"), .text(limit: 200)),
        FormField("officer", Phrase("เจ้าหน้าที่", en: "Officer"), .text(limit: 200)),
    ]

    private(set) var table: TableImport
    private(set) var units: [AssignableUnits.Unit] = []
    private(set) var officers: [Int] = []

    private static let there = Phrase("มีอยู่แล้ว", en: "There already")
    private static let new = Phrase("เพิ่ม", en: "New")

    init(_ input: TableInput, among known: AssignableUnits, _ people: [FormField.Choice], assigned: [Assignment]) {
        table = TableImport(input, columns: Self.columns, key: "unit", limit: 2000)
        let reporting = Set(assigned.filter { $0.memberName == nil }.map(\.unit))
        let named = Set(assigned.compactMap { one in one.memberName.map { "\($0) · \(one.unitName)" } })
        for row in table.rows.indices {
            guard let unit = unit(of: row, known.units) else { continue }
            let officer = table.value("officer", of: row)
            guard !officer.isEmpty else {
                table.mark(row, as: reporting.contains(unit.id) ? Self.there : Self.new)
                units.append(unit)
                continue
            }
            let label = "\(officer) · \(unit.name)"
            guard let person = people.first(where: { $0.label.thai == label }), let id = Int(person.value) else {
                table.refuse(
                    "officer", of: row, Phrase("ไม่พบเจ้าหน้าที่ชื่อนี้ในหน่วยงาน", en: "The unit has no officer of this name"))
                continue
            }
            table.mark(row, as: named.contains(label) ? Self.there : Self.new)
            officers.append(id)
        }
    }

    /// By its number, or else by its name, which must be one unit's alone.
    private mutating func unit(of row: Int, _ units: [AssignableUnits.Unit]) -> AssignableUnits.Unit? {
        let (number, name) = (table.value("number", of: row), table.value("unit", of: row))
        if !number.isEmpty {
            if let unit = units.first(where: { $0.number == number }) { return unit }
            table.refuse("number", of: row, Phrase("ไม่พบหน่วยงานรหัสนี้", en: "There is no unit of this number"))
            return nil
        }
        let found = units.filter { $0.name == name }
        guard found.count == 1 else {
            table.refuse(
                "unit", of: row,
                name.isEmpty
                    ? .needed
                    : found.isEmpty
                        ? Phrase("ไม่พบหน่วยงานชื่อนี้", en: "There is no unit of this name")
                        : Phrase("มีหลายหน่วยงานชื่อนี้ ใส่รหัสแทน", en: "Several units have this name: give the number"))
            return nil
        }
        return found[0]
    }
}
