import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

extension Query where Answer == Report? {
    static func report(_ id: ReportID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Report.columns)
            FROM \(part: Report.tables)
            WHERE a.area_id = \(area) AND a.id = \(id)
            """
        ) { try Report(&$0) }
    }

    /// Nobody else changes it until the deed is done.
    static func reportForUpdate(_ id: ReportID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Report.columns)
            FROM \(part: Report.tables)
            WHERE a.area_id = \(area) AND a.id = \(id)
            FOR UPDATE OF a
            """
        ) { try Report(&$0) }
    }
}

extension Query where Answer == Int {
    /// The round's counts belong to the deed that changes a report, so its row is locked before the report's, and the
    /// year's before both, that nobody closes it meanwhile: whoever assigns, removes or confirms does it in one order.
    static func lockRound(ofReport id: ReportID, in area: AreaID) -> Query {
        .deed(
            """
            SELECT 1
            FROM indicator_rounds r
            JOIN assignments a ON a.area_id = r.area_id AND a.indicator_id = r.indicator_id AND a.round = r.round
            JOIN indicators i ON i.area_id = r.area_id AND i.id = r.indicator_id
            JOIN fiscal_years y ON y.area_id = i.area_id AND y.year = i.year
            WHERE r.area_id = \(area) AND a.id = \(id)
            FOR SHARE OF y
            FOR NO KEY UPDATE OF r
            """)
    }

    static func save(_ report: Report, basis: JSON?, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE assignments
            SET state = \(report.state), version = \(report.version), entries = \(report.entriesJSON),
                words = \(report.narrative.words), narrative = \(report.narrative.others), self_score = \(report.selfScore), saved_at = \(report.saved?.at),
                saved_name = \(report.saved?.name), result = \(report.result), score = \(report.score),
                basis = coalesce(\(basis)::jsonb, basis), confirmed_at = \(report.confirmed?.at),
                confirmed_by = \(report.confirmed?.member), confirmed_name = \(report.confirmed?.name), check_score = \(report.checkScore),
                checked_at = \(report.checked?.at), checked_by = \(report.checked?.member),
                checked_name = \(report.checked?.name), correct_by = \(report.correctBy)
            WHERE area_id = \(area) AND id = \(report.id)
            """)
    }

    /// Keeps the round's counts: what the list of indicators shows.
    static func count(_ before: Report, _ after: Report, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE indicator_rounds
            SET confirmed = confirmed + \(after.countsAsConfirmed - before.countsAsConfirmed),
                checked = checked + \(after.countsAsChecked - before.countsAsChecked),
                score_sum = score_sum + \((after.checkScore ?? .zero) - (before.checkScore ?? .zero))
            WHERE area_id = \(area) AND indicator_id = \(after.indicator) AND round = \(after.round)
            """)
    }
}

extension Report {
    fileprivate var countsAsConfirmed: Int { state == .confirmed || state == .checked ? 1 : 0 }
    fileprivate var countsAsChecked: Int { state == .checked ? 1 : 0 }

    fileprivate var entriesJSON: JSON {
        .object(entries.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .text($0.value)) })
    }
}
