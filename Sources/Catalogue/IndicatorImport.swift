import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// Indicators read from a table, held against what the year has already.
struct IndicatorImport: Sendable {
    /// One row, understood.
    struct Entry: Sendable {
        var indicator: Indicator
        /// The one that it changes; nil for a new one.
        var known: Indicator?
        var framework: String
        /// The number of what it is part of.
        var parent: String
        /// Nil leaves the rounds as they are.
        var rounds: Set<Round>?
        /// Nil leaves those who report as they are.
        var reporters: YearCatalogue.Reporters?
        var isUnchanged = false
    }

    static let limit = 500

    private(set) var table: TableImport
    private(set) var entries: [Entry] = []
    private let catalogue: YearCatalogue
    private let mayOpen: Bool

    init(_ input: TableInput, into catalogue: YearCatalogue, of year: FiscalYear, mayOpen: Bool) {
        table = TableImport(input, columns: IndicatorTable.columns, key: "number", limit: Self.limit)
        self.catalogue = catalogue
        self.mayOpen = mayOpen
        for row in table.rows.indices { entries.append(entry(row, year)) }
        checkNumbers()
        checkParents()
        for row in table.rows.indices { mark(row) }
    }

    /// Frameworks that the table names and the year doesn't have.
    var newFrameworks: [String] {
        var names: [String] = []
        for entry in entries where framework(entry.framework) == nil && !names.contains(entry.framework) {
            names.append(entry.framework)
        }
        return names
    }

    private func framework(_ shortName: String) -> Framework? {
        catalogue.frameworks.first { $0.shortName == shortName }
    }

    private mutating func entry(_ row: Int, _ year: FiscalYear) -> Entry {
        let name = table.value("framework", of: row)
        let number = arabicDigits(table.value("number", of: row))
        if name.isEmpty { table.refuse("framework", of: row, Phrase("ต้องกรอก", en: "This is needed")) }
        if name.unicodeScalars.count > 40 {
            table.refuse("framework", of: row, Phrase("ยาวเกิน 40 ตัวอักษร", en: "At most 40 characters"))
        }
        let known = framework(name).flatMap { catalogue.indicator(number, in: $0.id) }
        let draft = IndicatorDraft(
            reading: fields(row, known), year: year, subIndicators: subIndicators(of: number, in: name))
        for problem in draft.problems { refuse(problem, of: row) }
        return Entry(
            indicator: draft.indicator, known: known, framework: name, parent: parent(row, known),
            rounds: rounds(row, known), reporters: reporters(row))
    }

    private func parent(_ row: Int, _ known: Indicator?) -> String {
        guard !table.has("parent") else { return arabicDigits(table.value("parent", of: row)) }
        return catalogue.indicators.first { $0.id == known?.parent }?.number ?? ""
    }

    /// What its formula may name: those that the table, or the year, has as its parts.
    private func subIndicators(of number: String, in framework: String) -> Set<String> {
        var numbers = Set(
            table.rows.indices.filter {
                table.value("framework", of: $0) == framework && arabicDigits(table.value("parent", of: $0)) == number
            }.map { arabicDigits(table.value("number", of: $0)) })
        if let whole = self.framework(framework).flatMap({ catalogue.indicator(number, in: $0.id) }) {
            numbers.formUnion(catalogue.indicators.filter { $0.parent == whole.id }.map(\.number))
        }
        return numbers
    }

    /// The row as the form would have sent it: a column that isn't there leaves what is known.
    private mutating func fields(_ row: Int, _ known: Indicator?) -> Fields {
        var fields = known?.fields ?? Fields(["state": "hidden", "below": "slope", "weight": "0"])
        for column in table.columns where table.has(column.name) {
            let value = table.value(column.name, of: row)
            let isOrdinary = value.isEmpty && ["state", "below"].contains(column.name)
            if !isOrdinary { fields.set(column.name, value) }
        }
        fields.set("framework", "\(framework(table.value("framework", of: row))?.id.rawValue ?? 0)")
        fields.set("parent", nil)
        takeLines(
            "variables", "variable", ["name", "label", "measure", "source", "rounds"], Variable.most, row, &fields)
        takeLines("supervisors", "supervisor", ["name", "position", "phone"], Contact.most, row, &fields)
        takeLines("collectors", "collector", ["name", "position", "phone"], Contact.most, row, &fields)
        for dimension in catalogue.dimensions {
            let choices = dimension.values.map { FormField.Choice("\($0.id)", Phrase(same: $0.name)) }
            choose("dimension-\(dimension.axis)", from: choices, row, &fields)
        }
        choose("owner-unit", from: catalogue.owners.units, row, &fields)
        choose("owner", from: catalogue.owners.people, row, &fields)
        return fields
    }

    /// A cell of lines as the form's numbered rows.
    private mutating func takeLines(
        _ column: String, _ part: String, _ names: [String], _ most: Int, _ row: Int, _ fields: inout Fields
    ) {
        guard table.has(column) else { return }
        for old in 1...most { for name in names { fields.set("\(part)-\(old)-\(name)", nil) } }
        let lines = barredLines(table.value(column, of: row))
        if lines.count > most {
            table.refuse(column, of: row, Phrase("ไม่เกิน \(most) บรรทัด", en: "At most \(most) lines"))
        }
        for (index, parts) in lines.prefix(most).enumerated() {
            if parts.count > names.count {
                table.refuse(
                    column, of: row,
                    Phrase(
                        "บรรทัดที่ \(index + 1) มี \(parts.count) ส่วน มีได้ \(names.count)",
                        en: "Line \(index + 1) has \(parts.count) parts; there are \(names.count)"))
            }
            for (name, text) in zip(names, parts) { take(name, text, "\(part)-\(index + 1)", column, row, &fields) }
        }
    }

    private mutating func take(
        _ name: String, _ text: String, _ prefix: String, _ column: String, _ row: Int, _ fields: inout Fields
    ) {
        switch name {
        case "rounds":
            for word in listedParts(text) {
                if let round = Round(named: word) {
                    fields.add("\(prefix)-rounds", round.code)
                } else {
                    refuseRound(word, column, row)
                }
            }
        case "source":
            let source = Variable.Source.allCases.first { [$0.phrase.thai, $0.phrase.english].contains(text) }
            fields.set("\(prefix)-source", source?.rawValue ?? text)
        default: fields.set("\(prefix)-\(name)", text)
        }
    }

    private mutating func refuseRound(_ word: String, _ column: String, _ row: Int) {
        table.refuse(
            column, of: row,
            Phrase("ไม่รู้จักรอบ “\(word)” เช่น รอบ 6 เดือน", en: "Nobody knows the round “\(word)”; such as 6 months"))
    }

    /// A name becomes the number of the one thing that bears it.
    private mutating func choose(
        _ column: String, from choices: [FormField.Choice], _ row: Int, _ fields: inout Fields
    ) {
        guard table.has(column) else { return }
        let name = table.value(column, of: row)
        let found = choices.filter { $0.label.thai == name }
        fields.set(column, found.first?.value)
        guard !name.isEmpty, found.count != 1 else { return }
        table.refuse(
            column, of: row,
            found.isEmpty
                ? Phrase("ไม่พบ “\(name)”", en: "“\(name)” isn't there")
                : Phrase("มี “\(name)” มากกว่าหนึ่ง", en: "There is more than one “\(name)”"))
    }

    /// What is wrong with a field of the form stands in the cell that it came from.
    private mutating func refuse(_ problem: FieldProblem, of row: Int) {
        for (part, column) in [
            ("variable-", "variables"), ("supervisor-", "supervisors"), ("collector-", "collectors"),
        ]
        where problem.field.hasPrefix(part) {
            let line = problem.field.dropFirst(part.count).prefix { $0 != "-" }
            return table.refuse(
                column, of: row, Phrase("บรรทัดที่ \(line): ", en: "Line \(line): ") + problem.reason)
        }
        table.refuse(problem.field, of: row, problem.reason)
    }
}

extension IndicatorImport {
    private mutating func rounds(_ row: Int, _ known: Indicator?) -> Set<Round>? {
        let words = listedParts(table.value("rounds", of: row))
        guard !words.isEmpty else { return nil }
        var rounds: Set<Round> = []
        for word in words {
            if let round = Round(named: word) { rounds.insert(round) } else { refuseRound(word, "rounds", row) }
        }
        let open = known.flatMap { catalogue.reporters[$0.id] } ?? [:]
        guard rounds != Set(open.keys) else { return nil }
        requireOpening("rounds", row)
        if let used = open.first(where: {
            !rounds.contains($0.key) && !($0.value.units.isEmpty && $0.value.officers.isEmpty)
        }) {
            table.refuse(
                "rounds", of: row,
                Phrase(
                    "\(used.key.name.thai) มีผู้ต้องรายงานแล้ว เอาออกไม่ได้",
                    en: "\(used.key.name.english) has units assigned and can't be removed"))
        }
        return rounds
    }

    /// Units by name, district or all at once, and officers by name.
    private mutating func reporters(_ row: Int) -> YearCatalogue.Reporters? {
        let words = listedParts(table.value("assigned", of: row))
        guard !words.isEmpty else { return nil }
        var reporters = YearCatalogue.Reporters(units: [], officers: [])
        for word in words {
            let units = catalogue.units.units.filter { $0.name == word || $0.isSchool && $0.isIn(districtNamed: word) }
            let people = catalogue.officers.filter { $0.label.thai == word || $0.label.thai.hasPrefix(word + " · ") }
            if [YearCatalogue.allSchools.thai, YearCatalogue.allSchools.english].contains(word) {
                reporters.units.formUnion(catalogue.schools)
            } else if !units.isEmpty {
                reporters.units.formUnion(units.map(\.id))
            } else if people.count == 1, let id = MemberID(sqlText: people[0].value) {
                reporters.officers.insert(id)
            } else {
                table.refuse(
                    "assigned", of: row,
                    Phrase(
                        "ไม่พบหน่วยงาน อำเภอ หรือเจ้าหน้าที่ “\(word)”", en: "No unit, district or officer is called “\(word)”")
                )
            }
        }
        return reporters
    }

    private mutating func requireOpening(_ column: String, _ row: Int) {
        guard !mayOpen else { return }
        table.refuse(
            column, of: row, Phrase("ต้องมีสิทธิ์ Open จึงเปลี่ยนได้", en: "Changing this takes the flag Open"))
    }

    private mutating func checkNumbers() {
        var seen: Set<String> = []
        for (row, entry) in entries.enumerated()
        where !seen.insert("\(entry.framework) \(entry.indicator.number)").inserted {
            table.refuse(
                "number", of: row,
                Phrase("ตารางนี้มีเลขนี้ในชุดเดียวกันแล้ว", en: "The table has this number in this framework already"))
        }
    }

    /// What it is part of is in the same framework, here or in the table, and is itself no part.
    private mutating func checkParents() {
        for (row, entry) in entries.enumerated() where !entry.parent.isEmpty {
            let inTable = entries.first { $0.framework == entry.framework && $0.indicator.number == entry.parent }
            let known = framework(entry.framework).flatMap { catalogue.indicator(entry.parent, in: $0.id) }
            let isWhole = inTable.map(\.parent.isEmpty) ?? known.map { $0.parent == nil } ?? false
            let hasParts = entries.contains { $0.framework == entry.framework && $0.parent == entry.indicator.number }
            guard isWhole, !hasParts else {
                table.refuse(
                    "parent", of: row,
                    Phrase(
                        "ไม่พบตัวชี้วัดหลักเลข \(entry.parent) ในชุดนี้ หรือซ้อนกันเกินสองชั้น",
                        en: "There is no main indicator \(entry.parent) in this framework, or parts would have parts"))
                continue
            }
        }
    }

    /// New, changed or as it was; and that rounds are there for those who are to report.
    private mutating func mark(_ row: Int) {
        let entry = entries[row]
        let open = entry.known.flatMap { catalogue.reporters[$0.id] } ?? [:]
        if let reporters = entry.reporters {
            let rounds = entry.rounds ?? Set(open.keys)
            let isThere = rounds.allSatisfy { round in
                open[round].map {
                    reporters.units.isSubset(of: $0.units) && reporters.officers.isSubset(of: $0.officers)
                }
                    ?? false
            }
            if rounds.isEmpty {
                table.refuse("assigned", of: row, Phrase("ยังไม่มีรอบให้รายงาน", en: "There is no round to report in"))
            } else if isThere {
                entries[row].reporters = nil
            } else {
                requireOpening("assigned", row)
            }
        }
        guard let known = entry.known else { return table.mark(row, as: Phrase("ใหม่", en: "New")) }
        var new = entry.indicator
        new.parent = known.parent
        let hasSameParent = (catalogue.indicators.first { $0.id == known.parent }?.number ?? "") == entry.parent
        let isSame = new.fields == known.fields && hasSameParent && entry.rounds == nil && entries[row].reporters == nil
        entries[row].isUnchanged = isSame
        table.mark(row, as: isSame ? Phrase("เหมือนเดิม", en: "Unchanged") : Phrase("แก้ไข", en: "Changed"))
    }

    /// What the weights of each framework would come to, where that isn't 100.
    var weightNotes: [Phrase] {
        Set(entries.map(\.framework)).sorted().compactMap { name in
            let named = Set(entries.filter { $0.framework == name }.map(\.indicator.number))
            let kept =
                framework(name).map { framework in
                    catalogue.indicators.filter {
                        $0.framework == framework.id && $0.parent == nil && !named.contains($0.number)
                    }
                } ?? []
            let sum =
                (kept.map(\.weight)
                + entries.filter { $0.framework == name && $0.parent.isEmpty }
                .map(\.indicator.weight)).reduce(Exact.zero, +)
            guard sum != .hundred else { return nil }
            let text = sum.text(decimals: ScoreRule.weightDecimals)
            return Phrase(
                "น้ำหนักรวมของ \(name) จะเป็น \(text) ต้องได้ 100 ก่อนเผยแพร่",
                en: "The weights of \(name) will make \(text); they must make 100 before publishing")
        }
    }
}

extension AssignableUnits.Unit {
    /// `เมือง`, or `อำเภอเมือง` where a school could have the district's name.
    fileprivate func isIn(districtNamed word: String) -> Bool {
        !district.isEmpty && (word == district || word == "อำเภอ\(district)")
    }
}
