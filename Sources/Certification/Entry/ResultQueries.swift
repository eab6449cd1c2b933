import Catalogue
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A result with its indicator.
struct NationalResult: Sendable {
    var result: AreaResult
    let national: NationalIndicator
    /// Nil where the round is no longer among the indicator's.
    let terms: ResultTerms?

    init(_ cells: inout Cells) throws {
        result = try AreaResult(&cells)
        national = try NationalIndicator(&cells)
        terms = result.terms(national)
    }

    static let columns: SQL = "\(part: AreaResult.columns), \(part: NationalIndicator.columns)"
    /// For pages.
    static let shortColumns: SQL = "\(part: AreaResult.shortColumns), \(part: NationalIndicator.columns)"

    /// As programs see it.
    var json: JSON { .object([.init(name: "indicator", value: .text(title))] + result.json.members) }

    var title: String { national.title }
    /// `1.2.4 ชื่อ · รอบ 6 เดือน`
    var name: String { "\(title) · \(result.round.name.thai)" }
}

/// Everything that an area's page of one result needs.
struct ResultEntry: Sendable {
    var whole: NationalResult
    var draft: ResultDraft
    var sheet: ReportSheet
    let terms: ResultTerms

    /// With what the schools' reports come to.
    func counting(_ rollUp: RollUp) -> ResultEntry {
        var entry = self
        entry.sheet = sheet.given(rollUp.figures(for: sheet.rolledUp))
        return entry
    }

    var result: AreaResult { whole.result }
    var national: NationalIndicator { whole.national }
}

extension Query where Answer == ResultEntry? {
    static func entry(_ id: AreaResultID, in area: AreaID) -> Query {
        entry(NationalResult.shortColumns, id, in: area, locking: "")
    }

    /// Nobody else changes it until the deed is done.
    static func entryForUpdate(_ id: AreaResultID, in area: AreaID) -> Query {
        entry(NationalResult.columns, id, in: area, locking: "FOR UPDATE OF r")
    }

    private static func entry(_ columns: SQL, _ id: AreaResultID, in area: AreaID, locking: SQL) -> Query {
        Query(
            """
            SELECT \(part: columns), \(part: ResultDraft.columns),
                coalesce((
                    SELECT jsonb_object_agg(o.round, s.basis -> 'values')
                    FROM area_results o
                    JOIN submissions s ON s.area_id = o.area_id AND s.result_id = o.id AND s.number = o.number
                    WHERE o.area_id = r.area_id AND o.indicator_id = r.indicator_id AND o.id <> r.id
                        AND o.state IN ('waiting', 'certified')
                ), '{}'),
                coalesce((
                    SELECT jsonb_object_agg(p.number, o.result::text)
                    FROM national_indicators p
                    JOIN area_results o ON o.indicator_id = p.id
                    WHERE o.area_id = r.area_id AND p.parent_id = r.indicator_id AND o.round = r.round
                        AND o.state IN ('waiting', 'certified') AND o.result IS NOT NULL
                ), '{}'),
                \(part: .centralGiven)
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            WHERE r.area_id = \(area) AND r.id = \(id)
            \(part: locking)
            """
        ) { rows in
            guard var cells = rows.first else { return nil }
            return try ResultEntry(&cells)
        }
    }
}

extension ResultEntry {
    /// Nil when the round is no longer among the indicator's.
    fileprivate init?(_ cells: inout Cells) throws {
        whole = try NationalResult(&cells)
        draft = try ResultDraft(&cells)
        let earlier = try cells.next(JSON.self)
        let parts = try cells.next(JSON.self)
        let given = try cells.next(JSON.self)
        let result = whole.result
        guard let terms = whole.terms,
            let round = whole.national.rounds.first(where: { $0.dates.round == result.round })
        else { return nil }
        self.terms = terms
        var otherRounds: [Round: [String: String]] = [:]
        for member in earlier.members {
            guard let round = Round(code: member.name) else { continue }
            otherRounds[round] = member.value.texts
        }
        sheet = ReportSheet(
            whole.national.definition, in: round.dates, given: given.texts, otherRounds: otherRounds,
            partResults: parts.texts.compactMapValues { Exact(stored: $0) })
    }
}

extension Query where Answer == Int {
    static func save(_ draft: ResultDraft, of id: AreaResultID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE area_results
            SET entries = \(draft.entriesJSON), words = \(draft.narrative.words), narrative = \(draft.narrative.others),
                saved_at = \(draft.saved?.at), saved_name = \(draft.saved?.name), version = \(draft.version)
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    /// Where the result stands, by what the area does.
    static func save(_ result: AreaResult, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE area_results
            SET state = \(result.state), number = \(result.number), result = \(result.result), score = \(result.score),
                sent_at = \(result.sent?.at), sent_name = \(result.sent?.name), proposal = NULL, proposed_at = NULL,
                proposed_by = NULL, proposer_name = NULL, proposed_comment = NULL, proposed_correct_by = NULL,
                told_centre_at = \(result.forCentre.told)
            WHERE area_id = \(area) AND id = \(result.id)
            """)
    }

    /// It stays on the record, and says that it was withdrawn.
    static func withdrawSubmission(_ number: Int, of id: AreaResultID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE submissions
            SET withdrawn_at = \(now)
            WHERE area_id = \(area) AND result_id = \(id) AND number = \(number)
            """)
    }

    /// The central office may open what was sent to it, for good.
    static func submitFiles(of id: AreaResultID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE files f
            SET submitted = true
            FROM evidence e
            WHERE f.area_id = \(area) AND e.area_id = f.area_id AND e.file_id = f.id AND e.result_id = \(id)
                AND e.removed_at IS NULL AND NOT f.submitted
            """)
    }

    static func refreshTotals(of result: AreaResultID, in area: AreaID) -> Query {
        .refreshTotals(
            where: """
                (r.framework_id, r.round) IN (
                    SELECT x.framework_id, x.round FROM area_results x WHERE x.area_id = \(area) AND x.id = \(result)
                )
                """, in: area)
    }
}
