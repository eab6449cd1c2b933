import Runtime
import Scoring

/// Scores results by one formula and one set of criteria on one core, as a national recalculation would.
struct ScoreBench {
    private let formula: Formula
    private let rule: ScoreRule
    /// Counts as schools report them: how many of how many, from some 70 to 110 percent.
    private let reports: [(part: Exact, whole: Exact)]
    private let part = Formula.Reference.variable("a")
    private let whole = Formula.Reference.variable("b")

    init() throws {
        formula = try Formula("a / b * 100")
        rule = .criteria(try Criteria([80, 85, 90, 95, 100].map { Exact($0) }))
        reports = (0..<997).map { number in
            let whole = 20 + number * 7 % 1500
            return (Exact(whole * (70 + number % 41) / 100), Exact(whole))
        }
    }

    /// How many a second, from half a second of work.
    func rate() throws -> Int {
        let begin = Instant.now
        var scored = 0
        var sum = Exact.zero
        while Instant.now.microseconds - begin.microseconds < 500_000 {
            for report in reports {
                let assessment = try Assessment(formula, [part: report.part, whole: report.whole], by: rule)
                if assessment.score.isWhole { sum = sum + assessment.score }
            }
            scored += reports.count
        }
        precondition(sum > Exact(scored), "every score is at least 1")
        return scored * 1_000_000 / (Instant.now.microseconds - begin.microseconds)
    }
}

let bench = try ScoreBench()
let rates = try (0..<7).map { _ in try bench.rate() }.sorted()
print("bench catalogue scores-per-second \(rates[3]) 300000 1000000")
