package import HTML

/// What is wrong with the criteria: with the value of one level, or with all.
package struct CriteriaProblem: Error, Hashable, Sendable {
    /// 1 to 5; nil when it concerns all.
    package var level: Int?
    package var reason: Phrase
}

/// The values that an indicator must reach for levels 1 to 5: rising, or falling where less is better.
package struct Criteria: Hashable, Sendable {
    /// What counts below level 2 where level 1 has no value of its own.
    package enum Below: String, Sendable, CaseIterable {
        /// Down to level 1, one step (c3 − c2) before level 2.
        case slope
        /// Level 1 at once.
        case one
    }

    package static let levels = 5

    /// Of levels 2 to 5.
    private let upper: [Exact]
    private let first: Exact?
    package let isRising: Bool
    /// The value of each level; for the first, where the slope ends that stands in for it.
    private let steps: [Exact]
    package let below: Below
    /// What each level is worth: 1 to 5, unless the scale is another, such as 0 to 100.
    package let worths: [Exact]

    package static let ordinaryWorths = (1...levels).map { Exact($0) }

    /// Five values, of which the first may be missing.
    package init(
        _ values: [Exact?], below: Below = .slope, worths: [Exact] = ordinaryWorths
    ) throws(CriteriaProblem) {
        guard values.count == Self.levels else {
            throw CriteriaProblem(reason: Phrase("เกณฑ์ต้องมี 5 ระดับ", en: "There must be criteria for 5 levels"))
        }
        var upper: [Exact] = []
        for (index, value) in values.enumerated().dropFirst() {
            guard let value else {
                throw CriteriaProblem(
                    level: index + 1, reason: Phrase("ใส่ค่าของระดับ \(index + 1)", en: "Level \(index + 1) has no value"))
            }
            upper.append(value)
        }
        try Self.requireOrder(upper, after: values[0])
        guard worths.count == Self.levels, zip(worths, worths.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw CriteriaProblem(
                reason: Phrase("คะแนนของแต่ละระดับต้องเพิ่มขึ้น", en: "What the levels are worth must rise"))
        }
        self.upper = upper
        first = values[0]
        isRising = upper[0] < upper[1]
        steps = [values[0] ?? upper[0] - (upper[1] - upper[0])] + upper
        self.below = below
        self.worths = worths
    }

    private static func requireOrder(_ upper: [Exact], after first: Exact?) throws(CriteriaProblem) {
        let values = [first].compactMap(\.self) + upper
        let isRising = values[0] < values[values.count - 1]
        let offset = levels - values.count
        for index in 1..<values.count {
            let (before, after) = (values[index - 1], values[index])
            if isRising ? before < after : before > after { continue }
            throw CriteriaProblem(
                level: index + offset + 1,
                reason: Phrase(
                    "เกณฑ์ต้องเพิ่มขึ้นหรือลดลงตลอด ระดับ \(index + offset + 1) ไม่เป็นไปตามนั้น",
                    en: "Criteria must rise or fall from level to level; level \(index + offset + 1) does not"))
        }
    }

    /// The values as they were given.
    package var values: [Exact?] { [first] + upper }

    /// Where a result stands among the levels.
    package enum Position: Hashable, Sendable {
        /// At or beyond level 5.
        case best
        /// At or below level 1, or where level 1 counts at once.
        case worst
        /// From this level on, and before the next.
        case between(level: Int, from: Exact, to: Exact)
    }

    package func position(of result: Exact) -> Position {
        let reaches: (Exact) -> Bool = { isRising ? result >= $0 : result <= $0 }
        if reaches(steps[4]) { return .best }
        if first == nil, below == .one, !reaches(upper[0]) { return .worst }
        guard let level = (1...4).last(where: { reaches(steps[$0 - 1]) }) else { return .worst }
        if level == 1, result == steps[0] { return .worst }
        return .between(level: level, from: steps[level - 1], to: steps[level])
    }

    /// The score, unrounded.
    package func score(of result: Exact) -> Exact {
        switch position(of: result) {
        case .best: return worths[4]
        case .worst: return worths[0]
        case .between(let level, let from, let to):
            let share = (result - from).divided(by: to - from) ?? .zero
            return worths[level - 1] + share * (worths[level] - worths[level - 1])
        }
    }

    /// What a result must reach for a level.
    package func value(ofLevel level: Int) -> Exact? {
        level == 1 ? first : upper[level - 2]
    }
}
