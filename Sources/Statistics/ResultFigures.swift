import Areas
import HTML
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// How many results are in which state.
struct ResultCounts: Sendable {
    var unreported = 0
    var waiting = 0
    var refused = 0
    var certified = 0

    var all: Int { unreported + waiting + refused + certified }
    /// In the order in which charts show them.
    var parts: [Int] { [certified, waiting, refused, unreported] }

    init() {}

    init(_ cells: inout Cells) throws {
        unreported = try cells.next()
        waiting = try cells.next()
        refused = try cells.next()
        certified = try cells.next()
    }

    static func + (left: ResultCounts, right: ResultCounts) -> ResultCounts {
        var sum = left
        sum.unreported += right.unreported
        sum.waiting += right.waiting
        sum.refused += right.refused
        sum.certified += right.certified
        return sum
    }

    static let columns: SQL = "sum(s.unreported), sum(s.waiting), sum(s.refused), sum(s.certified)"
}

/// What an area's results come to in a year.
struct AreaYear: Sendable {
    let area: AreaID
    let code: String
    let name: String
    let kind: Area.Kind
    let year: FiscalYear
    /// Σ weight × official score ÷ Σ weight, of those that are settled; nil while none is.
    let score: MeanScore?
    let counts: ResultCounts
    /// Those that may still change by themselves.
    let unsettled: Int
    let due: Int
    let inTime: Int
    let countedAt: Instant
    /// From 1 among all areas of the country whose results are all settled; the same for equal scores.
    let rank: Int?

    var province: Province? { Province(code: code) }
    var isSettled: Bool { unsettled == 0 }

    init(_ cells: inout Cells) throws {
        area = try cells.next()
        code = try cells.next()
        name = try cells.next()
        kind = try cells.next()
        year = FiscalYear(try cells.next())
        score = try cells.nextIfAny().map { MeanScore(parts: $0) }
        counts = try ResultCounts(&cells)
        unsettled = try cells.next()
        due = try cells.next()
        inTime = try cells.next()
        countedAt = try cells.next()
        rank = try cells.nextIfAny()
    }

    fileprivate static let score: SQL = "round(100000 * sum(s.weighted) / nullif(sum(s.weight), 0))::int"
}

extension Query where Answer == [AreaYear] {
    /// All areas' of all years, the best first within each.
    static func areaYears(in round: Round, of framework: String?) -> Query {
        .all(
            """
            SELECT a.id, a.code, a.short_name, a.kind, s.year, \(part: AreaYear.score), \(part: ResultCounts.columns),
                sum(s.unsettled), sum(s.due), sum(s.in_time), max(s.counted_at),
                CASE WHEN sum(s.unsettled) = 0 AND sum(s.weight) > 0 THEN
                    rank() OVER (PARTITION BY s.year, sum(s.unsettled) = 0 ORDER BY \(part: AreaYear.score) DESC NULLS LAST)
                END
            FROM areas a
            JOIN result_statistics s ON s.area_id = a.id
            WHERE s.round = \(round) AND \(part: .isOf(framework))
            GROUP BY a.id, s.year
            ORDER BY s.year DESC, 6 DESC NULLS LAST, a.short_name, a.id
            """
        ) { try AreaYear(&$0) }
    }
}

extension SQL {
    /// Of `s`, in general or in particular.
    static func isOf(_ framework: String?) -> SQL {
        framework.map { "s.framework = \($0)" } ?? "true"
    }

    static func isOf(_ area: AreaID?) -> SQL {
        area.map { "s.area_id = \($0)" } ?? "true"
    }
}

/// Where an area stands with a framework.
struct FrameworkCounts: Sendable {
    let code: String
    let kind: Area.Kind
    let framework: String
    let name: String
    let counts: ResultCounts
}

extension Query where Answer == [FrameworkCounts] {
    /// All areas', or one's.
    static func frameworkCounts(in choice: StatisticsChoice, of area: AreaID? = nil) -> Query {
        .all(
            """
            SELECT a.code, a.kind, s.framework, s.name, \(part: ResultCounts.columns)
            FROM areas a
            JOIN result_statistics s ON s.area_id = a.id
            WHERE s.year = \(choice.year.number) AND s.round = \(choice.round) AND \(part: .isOf(choice.framework))
                AND \(part: .isOf(area))
            GROUP BY a.id, s.framework, s.name
            ORDER BY min(s.place), s.framework, a.id
            """
        ) {
            FrameworkCounts(
                code: try $0.next(), kind: try $0.next(), framework: try $0.next(), name: try $0.next(),
                counts: try ResultCounts(&$0))
        }
    }
}
