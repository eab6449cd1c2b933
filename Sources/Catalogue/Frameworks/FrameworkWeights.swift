import HTML
import Rounds
import Scoring

/// What the indicators of a framework weigh, altogether and in rounds where a weight differs.
struct FrameworkWeights: Sendable {
    struct Item: Sendable {
        var id: IndicatorID
        var number: String
        var name: String
        var state: Indicator.State
        var weight: Exact
        /// The weight in each of its rounds; nil where it is the ordinary one.
        var rounds: [Round: Exact?] = [:]
    }

    var items: [Item]

    var hidden: [Item] { items.filter { $0.state == .hidden } }

    /// What does not make 100, once `opened` are seen too. Sub-indicators weigh within theirs, and are not among the items.
    func problems(opening opened: Set<IndicatorID>) -> [Phrase] {
        let counted = items.filter { $0.state != .hidden || opened.contains($0.id) }
        guard !counted.isEmpty else {
            return [Phrase("ชุดนี้ยังไม่มีตัวชี้วัดที่จะเผยแพร่", en: "There is no indicator to publish in this framework")]
        }
        var problems: [Phrase] = []
        let sum = counted.reduce(Exact.zero) { $0 + $1.weight }
        if sum != .hundred { problems.append(Self.reason(Phrase("น้ำหนักรวม", en: "The weights"), sum)) }
        for round in Round.all where counted.contains(where: { $0.rounds[round].flatMap(\.self) != nil }) {
            let sum = counted.reduce(Exact.zero) { sum, item in
                item.rounds[round].map { sum + ($0 ?? item.weight) } ?? sum
            }
            if sum != .hundred { problems.append(Self.reason(round.name, sum)) }
        }
        return problems
    }

    private static func reason(_ what: Phrase, _ sum: Exact) -> Phrase {
        let text = sum.text(decimals: ScoreRule.weightDecimals)
        return what + Phrase(" \(text) ต้องรวมได้ 100", en: " make \(text); they must make 100")
    }
}
