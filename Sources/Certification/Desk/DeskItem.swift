import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A result as its certifier looks at it: what was sent, what was decided before, what stands beside it.
struct DeskItem: Sendable {
    let areaName: String
    let national: NationalResult
    let submissions: [Submission]
    let decisions: [Decision]
    /// Of the same indicator in other rounds, and of the year before.
    let beside: [ResultBeside]
    let messages: [ResultMessage]
    let central: [CentralValue]
    let certificate: Certificate?

    var result: AreaResult { national.result }
    var current: Submission? { submissions.first { $0.number == result.number && $0.withdrawnAt == nil } }

    /// What the last decision was on; nil where it was on this sending, or there was none.
    var decidedOn: Submission? {
        guard let number = result.decidedNumber, number != current?.number else { return nil }
        return submissions.first { $0.number == number }
    }

    var lastYear: ResultBeside? { beside.first { $0.isYearBefore } }
    var lastRound: ResultBeside? {
        beside.filter { !$0.isYearBefore && $0.round.order < result.round.order }.max {
            $0.round.order < $1.round.order
        }
    }
}

/// Another result of the same area that tells something about this one.
struct ResultBeside: Sendable {
    let isYearBefore: Bool
    let round: Round
    let state: ResultState
    let result: Exact?
    let official: Exact
    let values: [String: String]
}

/// What `areas a` and its result are called.
struct NamedResult: Sendable {
    let areaName: String
    let national: NationalResult
}

extension Query where Answer == NamedResult? {
    static func deskResult(_ key: DeskKey) -> Query {
        .first(
            """
            SELECT a.short_name, \(part: NationalResult.shortColumns)
            FROM areas a
            JOIN area_results r ON r.area_id = a.id
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            WHERE a.id = \(key.area) AND r.id = \(key.result)
            """
        ) { NamedResult(areaName: try $0.next(), national: try NationalResult(&$0)) }
    }
}

extension Query where Answer == [ResultBeside] {
    /// The year before is known by the number within the framework of the same name.
    static func beside(_ key: DeskKey) -> Query {
        .all(
            """
            SELECT o.year <> r.year, o.round, o.state, o.result, o.official, coalesce(s.basis -> 'values', '{}')
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id
            JOIN national_frameworks f ON f.id = n.framework_id
            JOIN national_indicators m ON m.id = n.id OR m.year = n.year - 1 AND m.number = n.number
            JOIN national_frameworks g ON g.id = m.framework_id AND g.short_name = f.short_name
            JOIN area_results o ON o.area_id = r.area_id AND o.indicator_id = m.id AND o.id <> r.id
                AND (m.id = n.id OR o.round = r.round)
            LEFT JOIN submissions s ON s.area_id = o.area_id AND s.result_id = o.id AND s.number = o.number
            WHERE r.area_id = \(key.area) AND r.id = \(key.result) AND o.number > 0
            """
        ) {
            ResultBeside(
                isYearBefore: try $0.next(), round: try $0.next(), state: try $0.next(), result: try $0.nextIfAny(),
                official: try $0.next(), values: try $0.next(JSON.self).texts)
        }
    }
}
