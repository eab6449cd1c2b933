import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A report that waits for a check, in the list of those that can be checked together.
struct WaitingReport: Sendable {
    let id: ReportID
    let version: Int
    let reporter: String
    let selfScore: Int
    let score: Exact?
    let evidence: Int
    let confirmed: Instant

    /// What the figures come to agrees with what the unit gave itself, and something shows it: nothing unusual.
    var isOrdinary: Bool {
        guard evidence > 0 else { return false }
        guard let score else { return true }
        let own = Exact(selfScore)
        return score >= own || (own - score) < .one
    }
}

extension Query where Answer == [WaitingReport] {
    static func waiting(of indicator: IndicatorID, in round: Round, of area: AreaID) -> Query {
        .all(
            """
            SELECT a.id, a.version, u.name, a.self_score, a.score,
                (SELECT count(*) FROM evidence e
                    WHERE e.area_id = a.area_id AND e.assignment_id = a.id AND e.removed_at IS NULL),
                a.confirmed_at
            FROM assignments a
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            WHERE a.area_id = \(area) AND a.indicator_id = \(indicator) AND a.round = \(round)
                AND a.state = 'confirmed'
            ORDER BY u.name, a.id
            """
        ) {
            WaitingReport(
                id: try $0.next(), version: try $0.next(), reporter: try $0.next(), selfScore: try $0.next(),
                score: try $0.nextIfAny(), evidence: try $0.next(), confirmed: try $0.next())
        }
    }
}
