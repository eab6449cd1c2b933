import Areas
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// What an area's results of a framework come to in a round.
struct AreaTotal: Sendable {
    let area: AreaID
    let code: String
    let name: String
    let kind: Area.Kind
    let province: String
    let weight: Exact
    let weighted: Exact
    let unreported: Int
    let waiting: Int
    let refused: Int
    let certified: Int
    /// From 1, the same for equal totals.
    var rank = 0

    /// Σ weight × official score ÷ Σ weight.
    var total: Exact? { weighted.divided(by: weight) }
    var region: Region? { Region(code: code) }
    var all: Int { unreported + waiting + refused + certified }

    init(_ cells: inout Cells) throws {
        area = try cells.next()
        code = try cells.next()
        name = try cells.next()
        kind = try cells.next()
        province = try cells.next()
        weight = try cells.next()
        weighted = try cells.next()
        unreported = try cells.next()
        waiting = try cells.next()
        refused = try cells.next()
        certified = try cells.next()
    }

    var json: JSON {
        [
            "rank": JSON(rank), "code": .text(code), "area": .text(name), "region": JSON(region?.rawValue),
            "total": JSON(total?.text(decimals: ScoreRule.scoreDecimals)), "unreported": JSON(unreported),
            "waiting": JSON(waiting), "refused": JSON(refused), "certified": JSON(certified),
        ]
    }

    static let schema = APISchema.object([
        ("rank", .number), ("code", .text), ("area", .text), ("region", .optional(.text)), ("total", .optional(.text)),
        ("unreported", .number), ("waiting", .number), ("refused", .number), ("certified", .number),
    ])
}

extension Query where Answer == [AreaTotal] {
    /// All areas', the best first; each row was counted when one of its results changed.
    static func totals(ofFramework framework: Int, in round: Round) -> Query {
        let query = Query.all(
            """
            SELECT a.id, a.code, a.short_name, a.kind, coalesce(a.provinces[1], ''), t.weight, round(t.weighted, 10),
                t.unreported, t.waiting, t.refused, t.certified
            FROM areas a
            JOIN area_totals t ON t.area_id = a.id AND t.framework_id = \(framework) AND t.round = \(round)
            WHERE t.unreported + t.waiting + t.refused + t.certified > 0
            ORDER BY t.weighted / nullif(t.weight, 0) DESC NULLS LAST, a.short_name, a.id
            """
        ) { try AreaTotal(&$0) }
        return Query(query.sql) { try query.decode($0).ranked() }
    }
}

extension [AreaTotal] {
    /// As they are shown: what is equal to five decimals has one rank.
    fileprivate func ranked() -> [AreaTotal] {
        var totals = self
        var last: (text: String, rank: Int)?
        for place in indices {
            guard let text = self[place].total?.text(decimals: ScoreRule.scoreDecimals) else { continue }
            let rank = last?.text == text ? last?.rank ?? place + 1 : place + 1
            totals[place].rank = rank
            last = (text, rank)
        }
        return totals
    }
}

/// A framework that areas report, with its rounds.
struct ReportedFramework: Sendable {
    let id: Int
    let shortName: String
    let name: String
    let rounds: [Round]
}

extension Query where Answer == [ReportedFramework] {
    static func reportedFrameworks(in year: FiscalYear) -> Query {
        Query(
            """
            SELECT DISTINCT f.place, f.id, f.short_name, f.name, q.round
            FROM national_frameworks f
            JOIN national_indicators n ON n.framework_id = f.id AND n.withdrawn_at IS NULL
            JOIN national_rounds q ON q.indicator_id = n.id
            WHERE f.year = \(year.number)
            ORDER BY f.place, f.id
            """
        ) { rows in
            var frameworks: [ReportedFramework] = []
            for var cells in rows {
                _ = try cells.next(Int.self)
                let id = try cells.next(Int.self)
                let (shortName, name) = (try cells.next(String.self), try cells.next(String.self))
                let known = frameworks.last?.id == id ? frameworks.removeLast().rounds : []
                let rounds = (known + [try cells.next(Round.self)]).sorted { $0.order < $1.order }
                frameworks.append(ReportedFramework(id: id, shortName: shortName, name: name, rounds: rounds))
            }
            return frameworks
        }
    }
}

/// What a bureau's indicators come to over all areas.
struct BureauTotal: Sendable {
    let name: String
    let results: Int
    let certified: Int
    let waiting: Int
    let mean: Exact
}

extension Query where Answer == [BureauTotal] {
    static func bureauTotals(ofFramework framework: Int, in round: Round) -> Query {
        .all(
            """
            SELECT n.bureau_name, count(*), count(*) FILTER (WHERE r.state = 'certified'),
                count(*) FILTER (WHERE r.state = 'waiting'), round(avg(r.official), 10)
            FROM national_indicators n
            CROSS JOIN areas a
            JOIN area_results r ON r.area_id = a.id AND r.indicator_id = n.id AND r.round = \(round)
            WHERE n.framework_id = \(framework) AND \(part: .isInForce)
            GROUP BY n.bureau_id, n.bureau_name
            ORDER BY n.bureau_name
            """
        ) {
            BureauTotal(
                name: try $0.next(), results: try $0.next(), certified: try $0.next(), waiting: try $0.next(),
                mean: try $0.next())
        }
    }
}
