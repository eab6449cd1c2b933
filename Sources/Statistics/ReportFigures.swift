import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// What reports of schools, or of a unit, come to.
struct ReportCounts: Sendable {
    var assigned = 0
    var sent = 0
    var missed = 0
    var checked = 0
    var due = 0
    var inTime = 0
    /// In hundred-thousandths.
    var scoreSum = 0

    /// Of what was checked.
    var mean: MeanScore? { checked == 0 ? nil : MeanScore(parts: (2 * scoreSum + checked) / (2 * checked)) }
    /// In the order in which charts show them: checked, to be checked, missed, not sent yet.
    var parts: [Int] { [checked, sent - checked, missed, assigned - sent - missed] }

    init() {}

    init(_ cells: inout Cells) throws {
        assigned = try cells.next()
        sent = try cells.next()
        missed = try cells.next()
        checked = try cells.next()
        due = try cells.next()
        inTime = try cells.next()
        scoreSum = try cells.next()
    }

    static func + (left: ReportCounts, right: ReportCounts) -> ReportCounts {
        var sum = left
        sum.assigned += right.assigned
        sum.sent += right.sent
        sum.missed += right.missed
        sum.checked += right.checked
        sum.due += right.due
        sum.inTime += right.inTime
        sum.scoreSum += right.scoreSum
        return sum
    }

    static let columns: SQL = """
        sum(s.assigned), sum(s.sent), sum(s.missed), sum(s.checked), sum(s.due), sum(s.in_time),
        round(100000 * sum(s.score_sum))::bigint
        """
}

/// What an area's schools come to in a year.
struct SchoolYear: Sendable {
    let code: String
    let kind: Area.Kind
    let year: FiscalYear
    let counts: ReportCounts
}

extension Query where Answer == [SchoolYear] {
    /// All areas' of all years, or one's.
    static func schoolYears(in round: Round, of framework: String?, area: AreaID? = nil) -> Query {
        .all(
            """
            SELECT a.code, a.kind, s.year, \(part: ReportCounts.columns)
            FROM areas a
            JOIN school_statistics s ON s.area_id = a.id
            WHERE s.round = \(round) AND \(part: .isOf(framework)) AND \(part: .isOf(area))
            GROUP BY a.id, s.year
            """
        ) {
            SchoolYear(
                code: try $0.next(), kind: try $0.next(), year: FiscalYear(try $0.next()),
                counts: try ReportCounts(&$0))
        }
    }
}

/// A unit with what its reports come to.
struct UnitFigures: Sendable {
    let unit: String
    let district: String
    let size: String
    let isSchool: Bool
    let counts: ReportCounts
    /// From 1, the same for equal means; nil where nothing was checked.
    let rank: Int?
}

extension Query where Answer == [UnitFigures] {
    /// The best first.
    static func unitFigures(of area: AreaID, in choice: StatisticsChoice) -> Query {
        .all(
            """
            SELECT u.name, u.district, u.size, u.kind = 'school', \(part: ReportCounts.columns),
                CASE WHEN sum(s.checked) > 0 THEN rank() OVER (ORDER BY \(part: mean) DESC NULLS LAST) END
            FROM unit_statistics s
            JOIN units u ON u.area_id = s.area_id AND u.id = s.unit_id
            WHERE s.area_id = \(area) AND s.year = \(choice.year.number) AND s.round = \(choice.round)
                AND \(part: .isOf(choice.framework))
            GROUP BY u.area_id, u.id
            ORDER BY \(part: mean) DESC NULLS LAST, u.name, u.id
            """
        ) {
            UnitFigures(
                unit: try $0.next(), district: try $0.next(), size: try $0.next(), isSchool: try $0.next(),
                counts: try ReportCounts(&$0), rank: try $0.nextIfAny())
        }
    }

    /// As it is shown: equal to five decimals is equal.
    private static var mean: SQL { "round(sum(s.score_sum) / nullif(sum(s.checked), 0), 5)" }
}

/// Where the area's schools stand with a framework.
struct FrameworkReports: Sendable {
    let framework: String
    let counts: ReportCounts
}

extension Query where Answer == [FrameworkReports] {
    static func frameworkReports(of area: AreaID, in choice: StatisticsChoice) -> Query {
        .all(
            """
            SELECT s.framework, \(part: ReportCounts.columns)
            FROM school_statistics s
            WHERE s.area_id = \(area) AND s.year = \(choice.year.number) AND s.round = \(choice.round)
                AND \(part: .isOf(choice.framework))
            GROUP BY s.framework
            ORDER BY s.framework
            """
        ) { FrameworkReports(framework: try $0.next(), counts: try ReportCounts(&$0)) }
    }
}
