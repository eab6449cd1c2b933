/// One result with its score, and everything that it came from.
package struct Assessment: Sendable {
    package let result: Exact
    /// Unrounded, as all else here.
    package let score: Exact
    package let weight: Exact?
    package let rule: ScoreRule
    package let formula: Formula?
    package let values: [Formula.Reference: Exact]

    /// From a result that is known.
    package init(_ result: Exact, by rule: ScoreRule, weight: Exact? = nil) throws(NoScore) {
        try self.init(result, by: rule, weight: weight, formula: nil, values: [:])
    }

    /// From a formula and the values of its names.
    package init(
        _ formula: Formula, _ values: [Formula.Reference: Exact], by rule: ScoreRule, weight: Exact? = nil
    ) throws(NoScore) {
        let result: Exact
        do {
            result = try formula.result { values[$0] }
        } catch {
            throw NoScore(error.reason, offset: error.offset)
        }
        try self.init(result, by: rule, weight: weight, formula: formula, values: values)
    }

    private init(
        _ result: Exact, by rule: ScoreRule, weight: Exact?, formula: Formula?,
        values: [Formula.Reference: Exact]
    ) throws(NoScore) {
        score = try rule.score(of: result)
        (self.result, self.rule, self.weight, self.formula, self.values) = (result, rule, weight, formula, values)
    }

    package var weighted: Exact? { weight.map { score.weighted(by: $0) } }

    package var resultText: String { result.text(decimals: ScoreRule.resultDecimals) }
    package var scoreText: String { score.text(decimals: ScoreRule.scoreDecimals) }
    package var weightedText: String? { weighted?.text(decimals: ScoreRule.scoreDecimals) }
}
