import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A national indicator in its version that is in force.
struct NationalIndicator: Sendable {
    let definition: NationalDefinition
    let framework: Int
    let version: Int
    let bureau: UnitID
    let bureauName: String
    let rule: CertificationRule
    let rounds: [NationalRound]
    let publishedAt: Instant
    /// Whether the year's results are final.
    let isYearClosed: Bool

    var id: IndicatorID { definition.id }
    var title: String { "\(definition.number) \(definition.name)" }
}

/// A round of it: until when areas report, and the bureau decides.
struct NationalRound: Sendable {
    let dates: RoundDates
    let decideBy: Instant
    /// Nil where the indicator's own weight counts.
    let weight: Exact?

    var json: JSON {
        [
            "round": .text(dates.round.code), "opens-on": .text(dates.opening.text), "due-at": .text(dates.due.text),
            "decide-by": .text(decideBy.text), "weight": JSON(weight?.sqlText),
        ]
    }
}

extension NationalIndicator {
    /// Of `national_indicators n`.
    static let columns: SQL = """
        n.id, n.year, n.framework_id, n.version, n.bureau_id, n.bureau_name, n.scope, n.scope_areas, n.may_correct,
        n.undecided, n.needs_second, n.definition, n.published_at,
        EXISTS (SELECT FROM national_years y WHERE y.year = n.year AND y.frozen_at IS NOT NULL),
        ARRAY(
            SELECT x
            FROM national_rounds q,
                unnest(ARRAY[q.round, q.opens_on::text, \(part: .moment("q.due_at")), \(part: .moment("q.decide_by")),
                    coalesce(q.weight::text, '')]) WITH ORDINALITY AS c (x, n)
            WHERE q.indicator_id = n.id
            ORDER BY q.due_at, q.round, n
        )
        """

    init(_ cells: inout Cells) throws {
        let (id, year) = (try cells.next(IndicatorID.self), FiscalYear(try cells.next()))
        framework = try cells.next()
        version = try cells.next()
        bureau = try cells.next()
        bureauName = try cells.next()
        var rule = CertificationRule()
        rule.scope = try cells.next()
        rule.areas = try cells.nextArray(of: AreaID.self)
        rule.mayCorrect = try cells.next()
        rule.undecided = try cells.next()
        rule.needsSecond = try cells.next()
        self.rule = rule
        definition = try NationalDefinition(id: id, year: year, json: try cells.next())
        publishedAt = try cells.next()
        isYearClosed = try cells.next()
        rounds = try NationalRound.list(try cells.nextArray())
    }
}

extension SQL {
    /// Of `area_results r` and `national_indicators n`: whether the area is to report it.
    static let isInForce: SQL = "n.withdrawn_at IS NULL AND r.is_wanted"

    /// An instant inside an array of texts, as we read it.
    static func moment(_ column: SQL) -> SQL { "(to_json(\(part: column) AT TIME ZONE 'UTC') #>> '{}') || 'Z'" }
}

extension NationalRound {
    fileprivate static func list(_ cells: [String]) throws -> [NationalRound] {
        try stride(from: 0, to: cells.count, by: 5).map { start in
            guard let round = Round(code: cells[start]), let opening = Day(cells[start + 1]),
                let due = Instant(cells[start + 2]), let decideBy = Instant(cells[start + 3])
            else { throw DecodingError() }
            return NationalRound(
                dates: RoundDates(round: round, opening: opening, due: due), decideBy: decideBy,
                weight: Exact(stored: cells[start + 4]))
        }
    }
}

extension Query where Answer == [NationalIndicator] {
    /// Those in force, in the order of their numbers.
    static func nationalIndicators(ofFramework framework: Int) -> Query {
        .all(
            """
            SELECT \(part: NationalIndicator.columns)
            FROM national_indicators n
            WHERE n.framework_id = \(framework) AND n.withdrawn_at IS NULL
            ORDER BY n.number_order, n.id
            """
        ) { try NationalIndicator(&$0) }
    }
}
