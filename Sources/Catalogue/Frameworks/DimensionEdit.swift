import HTML
import Kernel

/// What a dimension's lines, as they were typed, do to the values that it had.
struct DimensionEdit {
    struct Line: Equatable {
        /// Nil for a new one.
        var id: DimensionValueID?
        var name: String
    }

    private(set) var lines: [Line]
    private(set) var removed: [Dimension.Value]

    /// A line that is there as it was keeps its value, wherever it went. Where lines were changed between two that
    /// stayed, as many as before, they are renamed; all else that went is removed, and what came is new. Were they
    /// paired wherever they stand, one removed above and one added below would pass on its indicators.
    init(_ names: [String], of dimension: Dimension) {
        let known = Dictionary(dimension.values.map { ($0.name, $0.id) }) { first, _ in first }
        lines = names.map { Line(id: known[$0], name: $0) }
        let stayed = Set(lines.compactMap(\.id))
        let gone = Self.gaps(dimension.values.map { stayed.contains($0.id) ? $0.id : nil })
        for (gap, places) in Self.gaps(lines.map(\.id)) {
            guard let before = gone[gap], before.count == places.count else { continue }
            for (place, index) in zip(places, before) { lines[place].id = dimension.values[index].id }
        }
        let kept = Set(lines.compactMap(\.id))
        removed = dimension.values.filter { !kept.contains($0.id) }
    }

    /// Between which two values something stands that isn't in the other list.
    private struct Gap: Hashable {
        var after: DimensionValueID?
        var before: DimensionValueID?
    }

    private static func gaps(_ ids: [DimensionValueID?]) -> [Gap: [Int]] {
        var gaps: [Gap: [Int]] = [:]
        for (index, id) in ids.enumerated() where id == nil {
            let gap = Gap(
                after: ids[..<index].compactMap(\.self).last, before: ids[index...].compactMap(\.self).first)
            gaps[gap, default: []].append(index)
        }
        return gaps
    }

    /// Everything that is wrong with lines as they were typed.
    static func problems(with names: [String], dimensionName: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if dimensionName.isEmpty, !names.isEmpty {
            problems.append(FieldProblem("name", Phrase("ตั้งชื่อมิติก่อน", en: "Name the dimension")))
        }
        if names.count > Dimension.mostValues {
            problems.append(
                FieldProblem(
                    "values",
                    Phrase(
                        "ไม่เกิน \(Dimension.mostValues) ค่า ที่ใส่มา \(names.count)",
                        en: "At most \(Dimension.mostValues) values; these are \(names.count)")))
        }
        for long in names where long.unicodeScalars.count > Dimension.longestName {
            problems.append(
                FieldProblem(
                    "values",
                    Phrase(
                        "ยาวเกิน \(Dimension.longestName) ตัวอักษร: \(long.prefix(30))…",
                        en: "Longer than \(Dimension.longestName) characters: \(long.prefix(30))…")))
        }
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) where count > 1 {
            problems.append(
                FieldProblem(
                    "values", Phrase("มี “\(name)” \(count) บรรทัด", en: "“\(name)” is there \(count) times")))
        }
        return problems
    }
}
