import Testing

@testable import Scoring

/// What must hold for any criteria and any result; 20,000 cases each.
@Suite struct `A score` {
    private static let cases = 20_000

    private func forAll(_ seed: UInt64, _ body: (Criteria, Exact, inout Dice) throws -> Bool) throws {
        var dice = Dice(seed: seed)
        var failures: [String] = []
        for _ in 0..<Self.cases {
            let criteria = try dice.criteria()
            let result = dice.number(-150...250)
            if try !body(criteria, result, &dice) { failures.append("\(criteria) \(result)") }
        }
        #expect(failures.isEmpty, "\(failures.count) failed, such as \(failures.first ?? "")")
    }

    @Test func `never falls when the result rises, and stays within 1 and 5`() throws {
        try forAll(1) { criteria, result, dice in
            let score = criteria.score(of: result)
            return score >= .one && score <= Exact(5) && criteria.score(of: result + dice.number(0...50)) >= score
        }
    }

    @Test func `is the level at each level, and continuous there`() throws {
        let little = try #require(Exact("0.0000001"))
        let tiny = try #require(Exact("0.000001"))
        try forAll(2) { criteria, _, _ in
            (2...5).allSatisfy { level in
                guard let value = criteria.value(ofLevel: level) else { return false }
                let before = criteria.score(of: value - little)
                let after = criteria.score(of: value + little)
                return criteria.score(of: value) == Exact(level) && after - before <= tiny
            }
        }
    }

    @Test func `is the same when everything is scaled`() throws {
        try forAll(3) { criteria, result, dice in
            let factor = dice.number(1...90)
            let shift = dice.number(-90...90)
            let scaled = try Criteria(criteria.values.map { $0.map { $0 * factor + shift } })
            return scaled.score(of: result * factor + shift) == criteria.score(of: result)
        }
    }

    @Test func `of falling criteria mirrors that of rising ones`() throws {
        try forAll(4) { criteria, result, _ in
            let mirrored = try Criteria(criteria.values.map { $0.map { -$0 } })
            return mirrored.score(of: -result) == criteria.score(of: result)
        }
    }

    @Test func `is rounded once, at the end`() throws {
        try forAll(5) { criteria, result, dice in
            let weight = dice.number(1...100)
            let score = criteria.score(of: result)
            let exact = (score * weight).divided(by: .hundred) ?? .zero
            let assessment = try Assessment(result, by: .criteria(criteria), weight: weight)
            return assessment.weightedText == exact.text(decimals: 5) && assessment.scoreText == score.text(decimals: 5)
        }
    }

    @Test func `says truly what reaches the next level`() throws {
        let formula = try Formula("a/b*100")
        let criteria = try Criteria([80, 85, 90, 95, 100].map { Exact($0) })
        let rule = ScoreRule.criteria(criteria)
        var dice = Dice(seed: 6)
        for _ in 0..<2000 {
            let whole = Int.random(in: 10...500, using: &dice)
            let values: [Formula.Reference: Exact] = [
                .variable("a"): Exact(Int.random(in: 0...whole, using: &dice)), .variable("b"): Exact(whole),
            ]
            let assessment = try Assessment(formula, values, by: rule)
            for change in assessment.next?.changes ?? [] {
                var changed = values
                changed[change.reference] = change.to
                let level = Exact(assessment.next?.level ?? 0)
                #expect(try Assessment(formula, changed, by: rule).score >= level)
                let before = change.to + (change.to > change.from ? -Exact.one : .one)
                changed[change.reference] = before
                #expect(try before == change.from || Assessment(formula, changed, by: rule).score < level)
            }
        }
        let example = try Assessment(formula, [.variable("a"): Exact(281), .variable("b"): Exact(300)], by: rule)
        #expect(example.next?.changes.first?.to == Exact(285))
    }
}
