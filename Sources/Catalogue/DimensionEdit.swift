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

    /// A line that is there as it was keeps its value. Lines that were changed are renamed when as many went as came;
    /// else what went is removed, and what came is new.
    init(_ names: [String], of dimension: Dimension) {
        let kept = Dictionary(uniqueKeysWithValues: dimension.values.map { ($0.name, $0.id) })
        lines = names.map { Line(id: kept[$0], name: $0) }
        removed = dimension.values.filter { !names.contains($0.name) }
        let new = lines.indices.filter { lines[$0].id == nil }
        guard new.count == removed.count else { return }
        for (index, value) in zip(new, removed) { lines[index].id = value.id }
        removed = []
    }

    /// What is wrong with lines as they were typed.
    static func problem(with names: [String], dimensionName: String) -> FieldProblem? {
        if dimensionName.isEmpty, !names.isEmpty {
            return FieldProblem("name", Phrase("ตั้งชื่อมิติก่อน", en: "Name the dimension"))
        }
        if names.count > Dimension.mostValues {
            return FieldProblem(
                "values",
                Phrase(
                    "ไม่เกิน \(Dimension.mostValues) ค่า ที่ใส่มา \(names.count)",
                    en: "At most \(Dimension.mostValues) values; these are \(names.count)"))
        }
        if let long = names.first(where: { $0.unicodeScalars.count > Dimension.longestName }) {
            return FieldProblem(
                "values",
                Phrase(
                    "ยาวเกิน \(Dimension.longestName) ตัวอักษร: \(long.prefix(30))…",
                    en: "Longer than \(Dimension.longestName) characters: \(long.prefix(30))…"))
        }
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }.map {
            FieldProblem("values", Phrase("มี “\($0)” ซ้ำกัน", en: "“\($0)” is there twice"))
        }
    }
}
