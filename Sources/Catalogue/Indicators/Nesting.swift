import HTML

/// Which indicator is part of which, by their keys: the tree may be a few levels deep, and nothing is part of itself.
struct Nesting<Key: Hashable> {
    /// 1, 1.2, 1.2.4 and 1.2.4.1: what the ministry's numbers know.
    static var mostLevels: Int { 4 }

    private let wholes: [Key: Key]

    /// Each part with what it is part of.
    init(_ wholes: [Key: Key]) {
        self.wholes = wholes
    }

    /// What it is part of, then what that is part of; it ends where it would begin anew.
    private func wholes(of key: Key) -> [Key] {
        var found: [Key] = []
        var next = wholes[key]
        while let whole = next, whole != key, !found.contains(whole) {
            found.append(whole)
            next = wholes[whole]
        }
        return found
    }

    /// How many levels it has, itself among them.
    private func levels(of key: Key) -> Int {
        let below = wholes.keys.map { part in (wholes(of: part).firstIndex(of: key) ?? -1) + 1 }
        return 1 + (below.max() ?? 0)
    }

    /// Whether a part, nil for a new one, may become one of `whole`.
    func allows(_ part: Key?, in whole: Key) -> Bool {
        let above = [whole] + wholes(of: whole)
        if let part, above.contains(part) { return false }
        return above.count + (part.map(levels) ?? 1) <= Self.mostLevels
    }

    /// Why not.
    static var reason: Phrase {
        Phrase(
            "จะเป็นส่วนหนึ่งของตัวเอง หรือซ้อนกันเกิน \(mostLevels) ชั้น",
            en: "It would be part of itself, or more than \(mostLevels) levels deep")
    }

    /// How many it is part of.
    func depth(of key: Key) -> Int { wholes(of: key).count }
}

extension Nesting<IndicatorID> {
    init(_ lines: [IndicatorLine]) {
        self.init(Dictionary(uniqueKeysWithValues: lines.compactMap { line in line.parent.map { (line.id, $0) } }))
    }
}
