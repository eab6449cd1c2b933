import HTML
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
        for row in table.rows.indices {
            settleRounds(row)
            settleReporters(row)
            mark(row)
        }
    }

    private mutating func entry(_ row: Int, _ year: FiscalYear) -> Entry {
        var reader = IndicatorRow(row, of: table, in: catalogue)
        let (framework, number) = (reader.framework, reader.number)
        let known = catalogue.framework(framework).flatMap { catalogue.indicator(number, in: $0.id) }
        let draft = IndicatorDraft(
            reading: reader.fields(known), year: year, subIndicators: subIndicators(of: number, in: framework))
        let entry = Entry(
            indicator: draft.indicator, known: known, framework: framework, parent: reader.parent(known),
            rounds: reader.rounds(), reporters: reader.reporters())
        for problem in reader.problems { table.refuse(problem.field, of: row, problem.reason) }
        for problem in draft.problems { refuse(problem, of: row) }
        return entry
    }

    /// What its formula may name: those that the table, or the year, has as its parts.
    private func subIndicators(of number: String, in framework: String) -> Set<String> {
        var numbers = Set(
            table.rows.indices.filter {
                table.value("framework", of: $0) == framework && arabicDigits(table.value("parent", of: $0)) == number
            }.map { arabicDigits(table.value("number", of: $0)) })
        if let whole = catalogue.framework(framework).flatMap({ catalogue.indicator(number, in: $0.id) }) {
            numbers.formUnion(catalogue.indicators.filter { $0.parent == whole.id }.map(\.number))
        }
        return numbers
    }

    /// What is wrong with a field of the form stands in the cell that it came from.
    private mutating func refuse(_ problem: FieldProblem, of row: Int) {
        for (part, column) in [
            ("variable-", "variables"), ("supervisor-", "supervisors"), ("collector-", "collectors"),
        ]
        where problem.field.hasPrefix(part) {
            let line = problem.field.dropFirst(part.count).prefix { $0 != "-" }
            return table.refuse(column, of: row, Phrase("บรรทัดที่ \(line): ", en: "Line \(line): ") + problem.reason)
        }
        table.refuse(problem.field, of: row, problem.reason)
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

    /// What it is part of is in the same framework, here or in the table, and nothing is part of itself.
    private mutating func checkParents() {
        for (row, entry) in entries.enumerated() where !entry.parent.isEmpty {
            let isThere =
                entries.contains { $0.framework == entry.framework && $0.indicator.number == entry.parent }
                || catalogue.framework(entry.framework).flatMap { catalogue.indicator(entry.parent, in: $0.id) } != nil
            if !isThere {
                table.refuse(
                    "parent", of: row,
                    Phrase(
                        "ไม่พบตัวชี้วัดเลข \(entry.parent) ในชุดนี้",
                        en: "There is no indicator \(entry.parent) in this framework"))
            } else if !nesting(in: entry.framework).allows(entry.indicator.number, in: entry.parent) {
                table.refuse("parent", of: row, Nesting<String>.reason)
            }
        }
    }

    /// As it will be: the year's, with what the table changes.
    private func nesting(in framework: String) -> Nesting<String> {
        let known = catalogue.framework(framework)?.id
        let numbers = Dictionary(catalogue.indicators.map { ($0.id, $0.number) }) { first, _ in first }
        var wholes: [String: String] = [:]
        for indicator in catalogue.indicators where indicator.framework == known {
            wholes[indicator.number] = indicator.parent.flatMap { numbers[$0] }
        }
        for entry in entries where entry.framework == framework {
            wholes[entry.indicator.number] = entry.parent.isEmpty ? nil : entry.parent
        }
        return Nesting(wholes)
    }

    /// Those that change something, wholes before their parts.
    var changing: [Entry] {
        let changing = entries.filter { !$0.isUnchanged }
        let nestings = Dictionary(
            Set(changing.map(\.framework)).map { ($0, nesting(in: $0)) }, uniquingKeysWith: { first, _ in first })
        return (0..<Nesting<String>.mostLevels).flatMap { level in
            changing.filter { nestings[$0.framework]?.depth(of: $0.indicator.number) == level }
        }
    }
}

extension IndicatorImport {
    private func openRounds(_ row: Int) -> [Round: YearCatalogue.Reporters] {
        entries[row].known.flatMap { catalogue.reporters[$0.id] } ?? [:]
    }

    /// Rounds that are the same are left alone; one in which somebody must report can't go.
    private mutating func settleRounds(_ row: Int) {
        guard let rounds = entries[row].rounds else { return }
        let open = openRounds(row)
        guard rounds != Set(open.keys) else {
            entries[row].rounds = nil
            return
        }
        requireOpening("rounds", row)
        let used = open.first { !rounds.contains($0.key) && !($0.value.units.isEmpty && $0.value.officers.isEmpty) }
        guard let used else { return }
        table.refuse(
            "rounds", of: row,
            Phrase(
                "\(used.key.name.thai) มีผู้ต้องรายงานแล้ว เอาออกไม่ได้",
                en: "\(used.key.name.english) has units assigned and can't be removed"))
    }

    /// Those who are there already are left alone; for the others there must be a round.
    private mutating func settleReporters(_ row: Int) {
        guard let reporters = entries[row].reporters else { return }
        let open = openRounds(row)
        let rounds = entries[row].rounds ?? Set(open.keys)
        if rounds.isEmpty {
            table.refuse("assigned", of: row, Phrase("ยังไม่มีรอบให้รายงาน", en: "There is no round to report in"))
        } else if rounds.allSatisfy({ open[$0]?.contains(reporters) ?? false }) {
            entries[row].reporters = nil
        } else {
            requireOpening("assigned", row)
        }
    }

    private mutating func requireOpening(_ column: String, _ row: Int) {
        guard !mayOpen else { return }
        table.refuse(column, of: row, Phrase("ต้องมีสิทธิ์ Open จึงเปลี่ยนได้", en: "Changing this takes the flag Open"))
    }

    private mutating func mark(_ row: Int) {
        let entry = entries[row]
        guard let known = entry.known else { return table.mark(row, as: Phrase("ใหม่", en: "New")) }
        var new = entry.indicator
        new.parent = known.parent
        let parent = catalogue.indicators.first { $0.id == known.parent }?.number ?? ""
        let isSame =
            new.fields == known.fields && parent == entry.parent && entry.rounds == nil && entry.reporters == nil
        entries[row].isUnchanged = isSame
        table.mark(row, as: isSame ? Phrase("เหมือนเดิม", en: "Unchanged") : Phrase("แก้ไข", en: "Changed"))
    }
}

/// What the person should know before the rows are stored.
extension IndicatorImport {
    /// Frameworks that the table names and the year doesn't have.
    var newFrameworks: [String] {
        var names: [String] = []
        for entry in entries where catalogue.framework(entry.framework) == nil && !names.contains(entry.framework) {
            names.append(entry.framework)
        }
        return names
    }

    var notes: [Phrase] {
        let names = newFrameworks.joined(separator: ", ")
        let made = names.isEmpty ? [] : [Phrase("จะสร้างชุดใหม่: \(names)", en: "New frameworks: \(names)")]
        return made + weightNotes
    }

    /// What the weights of each framework would come to, where that isn't 100.
    private var weightNotes: [Phrase] {
        Set(entries.map(\.framework)).sorted().compactMap { name in
            let own = entries.filter { $0.framework == name && $0.parent.isEmpty }
            let named = Set(entries.filter { $0.framework == name }.map(\.indicator.number))
            let framework = catalogue.framework(name)?.id
            let kept = catalogue.indicators.filter {
                $0.framework == framework && $0.parent == nil && !named.contains($0.number)
            }
            let sum = (own.map(\.indicator.weight) + kept.map(\.weight)).reduce(Exact.zero, +)
            guard sum != .hundred else { return nil }
            let text = sum.text(decimals: ScoreRule.weightDecimals)
            return Phrase(
                "น้ำหนักรวมของ \(name) จะเป็น \(text) ต้องได้ 100 ก่อนเผยแพร่",
                en: "The weights of \(name) will make \(text); they must make 100 before publishing")
        }
    }
}
