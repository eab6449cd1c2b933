import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A line of a list of results: with what lists say of the indicator, and not its whole definition.
struct ResultLine: Sendable {
    let result: AreaResult
    let framework: Int
    let frameworkName: String
    let number: String
    let name: String
    let isPart: Bool
    let weight: Exact
    let target: Exact?
    let measure: String
    let opening: Day
    let due: Instant

    /// Of the round, or of an extension: the later.
    var deadline: Instant { max(due, result.extendedUntil ?? due) }

    /// Of `area_results r`, `national_indicators n`, `national_rounds q` and `national_frameworks f`.
    static let columns: SQL = """
        \(part: AreaResult.shortColumns), f.id, f.short_name, n.number, n.name, n.parent_id IS NOT NULL,
        coalesce(q.weight, n.weight), (n.definition ->> 'target')::numeric, n.definition ->> 'measure', q.opens_on, q.due_at
        """

    static let tables: SQL = """
        area_results r
        JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
        JOIN national_rounds q ON q.indicator_id = r.indicator_id AND q.round = r.round
        JOIN national_frameworks f ON f.id = n.framework_id
        """

    init(_ cells: inout Cells) throws {
        result = try AreaResult(&cells)
        framework = try cells.next()
        frameworkName = try cells.next()
        number = try cells.next()
        name = try cells.next()
        isPart = try cells.next()
        weight = try cells.next()
        target = try cells.nextIfAny()
        measure = try cells.next()
        opening = try cells.next()
        due = try cells.next()
    }

    var json: JSON {
        .object(
            [
                .init(name: "id", value: JSON(result.id.rawValue)), .init(name: "indicator", value: .text(number)),
                .init(name: "name", value: .text(name)), .init(name: "round", value: .text(result.round.code)),
                .init(name: "due-at", value: .text(deadline.text)),
            ] + result.json.members)
    }

    static let schema = APISchema.object(
        [
            ("id", .number), ("indicator", .text), ("name", .text), ("round", .text), ("due-at", .moment),
        ] + AreaResult.members)
}

extension Query where Answer == [ResultLine] {
    /// Of a year, in the order of frameworks and numbers.
    static func results(in year: FiscalYear, of area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: ResultLine.columns)
            FROM \(part: ResultLine.tables)
            WHERE r.area_id = \(area) AND r.year = \(year.number)
            ORDER BY f.place, f.id, n.number_order, n.id
            """
        ) { try ResultLine(&$0) }
    }
}
