import HTML
import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
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

extension Query where Answer == FrameworkWeights {
    static func weights(of framework: FrameworkID, in area: AreaID) -> Query {
        Query(
            """
            SELECT i.id, i.number, i.name, i.state, i.weight, r.round, r.weight
            FROM indicators i
            LEFT JOIN indicator_rounds r ON r.area_id = i.area_id AND r.indicator_id = i.id
            WHERE i.area_id = \(area) AND i.framework_id = \(framework) AND i.parent_id IS NULL
            ORDER BY i.number_order, i.id
            """
        ) { rows in
            var items: [FrameworkWeights.Item] = []
            for var cells in rows {
                let item = FrameworkWeights.Item(
                    id: try cells.next(), number: try cells.next(), name: try cells.next(), state: try cells.next(),
                    weight: try cells.next())
                if items.last?.id != item.id { items.append(item) }
                guard let round = try cells.nextIfAny(Round.self) else { continue }
                items[items.count - 1].rounds[round] = .some(try cells.nextIfAny(Exact.self))
            }
            return FrameworkWeights(items: items)
        }
    }
}

extension Query where Answer == Int {
    /// With all their parts.
    static func open(_ indicators: [IndicatorID], of framework: FrameworkID, in area: AreaID) -> Query {
        .deed(
            """
            WITH RECURSIVE chosen AS (
                SELECT area_id, id
                FROM indicators
                WHERE area_id = \(area) AND framework_id = \(framework) AND id = ANY (\(indicators)::bigint[])
                UNION
                SELECT p.area_id, p.id
                FROM indicators p
                JOIN chosen c ON c.area_id = p.area_id AND c.id = p.parent_id
            )
            UPDATE indicators
            SET state = 'open', version = version + 1
            FROM chosen
            WHERE indicators.area_id = \(area) AND chosen.area_id = indicators.area_id
                AND chosen.id = indicators.id AND indicators.state = 'hidden'
            """)
    }

    static func markPublished(_ framework: FrameworkID, in area: AreaID, at now: Instant) -> Query {
        .deed("UPDATE frameworks SET published_at = \(now) WHERE area_id = \(area) AND id = \(framework)")
    }
}

let publicationFields = [
    FormField(
        "indicators", Phrase("ตัวชี้วัดที่จะเปิด คั่นด้วยจุลภาค", en: "Numbers of indicators to open, with commas between"),
        .longText(limit: 5000))
]

func showPublication(_ context: Context) async throws -> Outcome {
    let id: FrameworkID = try context.identifier("framework")
    let (visit, framework, weights) = try await context.page(
        .framework(id, in: context.area.id), .weights(of: id, in: context.area.id))
    guard let framework else { throw Refusal.notFound }
    return .page(PublicationPage(visit: visit, framework: framework, weights: weights), visit)
}

/// Opens the hidden indicators that were ticked, when the weights add up; says all sums that don't.
func publishFramework(_ context: Context) async throws -> Outcome {
    let listed = context.form.fields.listed("indicators")
    let chosen = listed.compactMap { IndicatorID(sqlText: $0) }
    let count = try await changeFramework(context) { framework, deed in
        let weights = try await deed.run(.weights(of: framework.id, in: deed.area))
        guard chosen.count == listed.count, Set(chosen).isSubset(of: weights.items.map(\.id)) else {
            throw Refusal.invalid("indicators", Phrase("เลือกจากรายการ", en: "Choose from the list"))
        }
        let problems = weights.problems(opening: Set(chosen))
        if !problems.isEmpty { throw Refusal.invalid(problems.map { FieldProblem("indicators", $0) }) }
        let count = try await deed.run(.open(chosen, of: framework.id, in: deed.area))
        _ = try await deed.run(.markPublished(framework.id, in: deed.area, at: deed.now))
        try await deed.record(
            .frameworkPublished, on: "framework/\(framework.id)", named: framework.shortName,
            after: ["indicators": JSON(count)])
        return count
    }
    return .done(
        "/indicators",
        says: Phrase("เผยแพร่แล้ว เปิดเพิ่ม \(count) ตัวชี้วัด", en: "Published; \(count) more indicators are open"),
        json: ["indicators": JSON(count)])
}
