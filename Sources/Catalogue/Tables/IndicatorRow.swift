import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime

/// One row of a table of indicators: its names found among what the year has, and what is wrong in which column.
struct IndicatorRow {
    private let row: Int
    private let table: TableImport
    private let catalogue: YearCatalogue
    private(set) var problems: [FieldProblem] = []

    init(_ row: Int, of table: TableImport, in catalogue: YearCatalogue) {
        self.row = row
        self.table = table
        self.catalogue = catalogue
        let name = framework
        if name.isEmpty { refuse("framework", Phrase("ต้องกรอก", en: "This is needed")) }
        if name.unicodeScalars.count > 40 {
            refuse("framework", Phrase("ยาวเกิน 40 ตัวอักษร", en: "At most 40 characters"))
        }
    }

    private func value(_ column: String) -> String { table.value(column, of: row) }

    private mutating func refuse(_ column: String, _ reason: Phrase) {
        problems.append(FieldProblem(column, reason))
    }

    var framework: String { value("framework") }
    var number: String { arabicDigits(value("number")) }

    /// The number of what it is part of.
    func parent(_ known: Indicator?) -> String {
        guard !table.has("parent") else { return arabicDigits(value("parent")) }
        return catalogue.indicators.first { $0.id == known?.parent }?.number ?? ""
    }

    /// The row as the form would have sent it: a column that isn't there leaves what is known.
    mutating func fields(_ known: Indicator?) -> Fields {
        var fields = known?.fields ?? Fields(["state": "hidden", "below": "slope", "weight": "0"])
        for column in table.columns where table.has(column.name) {
            let isOrdinary = value(column.name).isEmpty && ["state", "below"].contains(column.name)
            if !isOrdinary { fields.set(column.name, value(column.name)) }
        }
        fields.set("framework", "\(catalogue.framework(framework)?.id.rawValue ?? 0)")
        fields.set("parent", nil)
        // Read apart, as words: the form knows codes.
        fields.set("rounds", nil)
        takeLines(
            "variables", as: "variable", ["name", "label", "measure", "source", "rounds"], Variable.most, &fields)
        takeLines("supervisors", as: "supervisor", ["name", "position", "phone"], Contact.most, &fields)
        takeLines("collectors", as: "collector", ["name", "position", "phone"], Contact.most, &fields)
        for dimension in catalogue.dimensions {
            let choices = dimension.values.map { FormField.Choice("\($0.id)", Phrase(same: $0.name)) }
            choose("dimension-\(dimension.axis)", from: choices, &fields)
        }
        choose("owner-unit", from: catalogue.owners.units, &fields)
        choose("owner", from: catalogue.owners.people, &fields)
        return fields
    }

    /// A cell of lines as the form's numbered rows.
    private mutating func takeLines(
        _ column: String, as part: String, _ names: [String], _ most: Int, _ fields: inout Fields
    ) {
        guard table.has(column) else { return }
        for old in 1...most { for name in names { fields.set("\(part)-\(old)-\(name)", nil) } }
        let lines = barredLines(value(column))
        if lines.count > most { refuse(column, Phrase("ไม่เกิน \(most) บรรทัด", en: "At most \(most) lines")) }
        for (index, parts) in lines.prefix(most).enumerated() {
            if parts.count > names.count {
                refuse(
                    column,
                    Phrase(
                        "บรรทัดที่ \(index + 1) มี \(parts.count) ส่วน มีได้ \(names.count)",
                        en: "Line \(index + 1) has \(parts.count) parts; there are \(names.count)"))
            }
            for (name, text) in zip(names, parts) { take(text, as: name, of: "\(part)-\(index + 1)", column, &fields) }
        }
    }

    private mutating func take(
        _ text: String, as name: String, of line: String, _ column: String, _ fields: inout Fields
    ) {
        switch name {
        case "rounds": for round in rounds(in: text, column) { fields.add("\(line)-rounds", round.code) }
        case "source":
            let source = Variable.Source.allCases.first { [$0.phrase.thai, $0.phrase.english].contains(text) }
            fields.set("\(line)-source", source?.rawValue ?? text)
        default: fields.set("\(line)-\(name)", text)
        }
    }

    private mutating func rounds(in text: String, _ column: String) -> [Round] {
        listedParts(text).compactMap { word in
            if let round = Round(named: word) { return round }
            refuse(
                column,
                Phrase("ไม่รู้จักรอบ “\(word)” เช่น รอบ 6 เดือน", en: "Nobody knows the round “\(word)”; such as 6 months"))
            return nil
        }
    }

    /// A name becomes the number of the one thing that bears it.
    private mutating func choose(_ column: String, from choices: [FormField.Choice], _ fields: inout Fields) {
        guard table.has(column) else { return }
        let name = value(column)
        let found = choices.filter { $0.label.thai == name }
        fields.set(column, found.first?.value)
        guard !name.isEmpty, found.count != 1 else { return }
        refuse(
            column,
            found.isEmpty
                ? Phrase("ไม่พบ “\(name)”", en: "“\(name)” isn't there")
                : Phrase("มี “\(name)” มากกว่าหนึ่ง", en: "There is more than one “\(name)”"))
    }

    /// The rounds that the row wants; nil leaves them as they are.
    mutating func rounds() -> Set<Round>? {
        let text = value("rounds")
        return text.isEmpty ? nil : Set(rounds(in: text, "rounds"))
    }

    /// Units by name, district or all at once, and officers by name; nil leaves them as they are.
    mutating func reporters() -> YearCatalogue.Reporters? {
        let words = listedParts(value("assigned"))
        guard !words.isEmpty else { return nil }
        var reporters = YearCatalogue.Reporters(units: [], officers: [])
        for word in words {
            guard let found = catalogue.reporters(named: word) else {
                refuse(
                    "assigned",
                    Phrase(
                        "ไม่พบหน่วยงาน อำเภอ หรือเจ้าหน้าที่ “\(word)”", en: "No unit, district or officer is called “\(word)”")
                )
                continue
            }
            reporters.units.formUnion(found.units)
            reporters.officers.formUnion(found.officers)
        }
        return reporters
    }
}

extension YearCatalogue {
    func framework(_ shortName: String) -> Framework? { frameworks.first { $0.shortName == shortName } }

    /// All schools, those of a district, a unit, or an officer whose name nobody shares.
    fileprivate func reporters(named word: String) -> Reporters? {
        if [Self.allSchools.thai, Self.allSchools.english].contains(word) {
            return Reporters(units: schools, officers: [])
        }
        let named = units.units.filter { unit in
            unit.name == word
                || unit.isSchool && !unit.district.isEmpty && [unit.district, "อำเภอ\(unit.district)"].contains(word)
        }
        if !named.isEmpty { return Reporters(units: Set(named.map(\.id)), officers: []) }
        let people = officers.filter { $0.label.thai == word || $0.label.thai.hasPrefix(word + " · ") }
        guard people.count == 1, let id = MemberID(sqlText: people[0].value) else { return nil }
        return Reporters(units: [], officers: [id])
    }
}
