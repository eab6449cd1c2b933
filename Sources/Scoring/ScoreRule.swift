package import HTML

/// What an indicator's result is, and thereby how it is scored.
package enum ValueType: String, Sendable, CaseIterable {
    case weightedMean = "weighted-mean"
    case percentHigher = "percent"
    case percentLower = "percent-lower"
    case numberHigher = "number"
    case numberLower = "number-lower"
    case mean
    case done
    case steps

    package var phrase: Phrase {
        switch self {
        case .weightedMean: Phrase("ค่าเฉลี่ยถ่วงน้ำหนัก 1–5", en: "Weighted mean, 1–5")
        case .percentHigher: Phrase("ร้อยละ ยิ่งมากยิ่งดี", en: "Percent, higher is better")
        case .percentLower: Phrase("ร้อยละ ยิ่งน้อยยิ่งดี", en: "Percent, lower is better")
        case .numberHigher: Phrase("จำนวน ยิ่งมากยิ่งดี", en: "Number, higher is better")
        case .numberLower: Phrase("จำนวน ยิ่งน้อยยิ่งดี", en: "Number, lower is better")
        case .mean: Phrase("ค่าเฉลี่ย", en: "Mean")
        case .done: Phrase("ดำเนินการแล้ว / ยังไม่ดำเนินการ", en: "Done / not done")
        case .steps: Phrase("ระดับความสำเร็จตามขั้นตอน 1–5", en: "Level of success by steps, 1–5")
        }
    }

    /// Done and steps have their own score; all else is held against criteria.
    package var needsCriteria: Bool { self != .done && self != .steps }

    /// Nil where either will do.
    package var isHigherBetter: Bool? {
        switch self {
        case .percentHigher, .numberHigher: true
        case .percentLower, .numberLower: false
        case .weightedMean, .mean, .done, .steps: nil
        }
    }
}

/// Why there is no score: for people to read, and never taken for a zero or a one.
package struct NoScore: Error, Hashable, Sendable {
    package var reason: Phrase
    /// Where in the formula, if that is what went wrong.
    package var offset: Int?

    package init(_ reason: Phrase, offset: Int? = nil) {
        self.reason = reason
        self.offset = offset
    }
}

/// How one kind of result becomes a score. What was scored is stored with the version, so that it can always be told.
package enum ScoreRule: Hashable, Sendable {
    case criteria(Criteria)
    case done
    case steps

    /// Changes whenever the same inputs would give another score.
    package static let version = 1

    package static let resultDecimals = 4
    package static let scoreDecimals = 5
    package static let weightDecimals = 2

    /// The score, unrounded.
    package func score(of result: Exact) throws(NoScore) -> Exact {
        switch self {
        case .criteria(let criteria): return criteria.score(of: result)
        case .done:
            guard result.isZero || result == .one else {
                throw NoScore(Phrase("ต้องเป็น 1 (ดำเนินการแล้ว) หรือ 0", en: "It must be 1 (done) or 0"))
            }
            return result.isZero ? .one : Exact(5)
        case .steps:
            guard result.isWhole, !result.isBelowZero, result <= Exact(5) else {
                throw NoScore(Phrase("ขั้นตอนต้องเป็น 0 ถึง 5", en: "There are steps 1 to 5"))
            }
            return max(result, .one)
        }
    }

    /// How many steps are reached without a gap.
    package static func stepsReached(_ ticks: [Bool]) -> Exact {
        Exact(ticks.prefix { $0 }.count)
    }
}

extension Exact {
    /// What the score counts within a whole whose weights add up to 100.
    package func weighted(by weight: Exact) -> Exact {
        (self * weight).divided(by: .hundred) ?? .zero
    }

    /// Σ weight × score ÷ Σ weight; nil when nothing weighs anything.
    package static func weightedMean(_ scores: [(weight: Exact, score: Exact)]) -> Exact? {
        let sum = scores.reduce(Exact.zero) { $0 + $1.weight * $1.score }
        return sum.divided(by: scores.reduce(.zero) { $0 + $1.weight })
    }
}
