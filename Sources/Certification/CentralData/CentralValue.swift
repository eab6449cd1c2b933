import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A number that the central office has supplied for an area, with where it comes from; and what the area says to it.
struct CentralValue: Sendable {
    let variable: String
    let value: Exact
    let source: String
    let asOf: Day
    let dispute: String?
    let disputed: AreaResult.Mark?
    let answer: String?
    let answered: AreaResult.Mark?

    var isDisputed: Bool { disputed != nil && answered == nil }

    init(_ cells: inout Cells) throws {
        variable = try cells.next()
        value = try cells.next()
        source = try cells.next()
        asOf = try cells.next()
        dispute = try cells.nextIfAny()
        disputed = try Self.mark(&cells)
        answer = try cells.nextIfAny()
        answered = try Self.mark(&cells)
    }

    private static func mark(_ cells: inout Cells) throws -> AreaResult.Mark? {
        let at = try cells.nextIfAny(Instant.self)
        let name = try cells.nextIfAny(String.self)
        return at.map { AreaResult.Mark(at: $0, name: name ?? "") }
    }
}

extension Query where Answer == [CentralValue] {
    static func centralValues(for result: AreaResultID, in area: AreaID) -> Query {
        .all(
            """
            SELECT v.variable, v.value, v.source, v.as_of, v.dispute, v.disputed_at, v.disputer_name, v.answer,
                v.answered_at, v.answerer_name
            FROM area_results r
            JOIN central_values v ON v.area_id = r.area_id AND v.indicator_id = r.indicator_id AND v.round = r.round
            WHERE r.area_id = \(area) AND r.id = \(result)
            ORDER BY v.variable
            """
        ) { try CentralValue(&$0) }
    }
}

extension SQL {
    /// Of `area_results r`: what was supplied for it, by the variables' names.
    static let centralGiven: SQL = """
        coalesce((
            SELECT jsonb_object_agg(v.variable, v.value::text)
            FROM central_values v
            WHERE v.area_id = r.area_id AND v.indicator_id = r.indicator_id AND v.round = r.round
        ), '{}')
        """
    static let hasDispute: SQL = """
        EXISTS (
            SELECT
            FROM central_values v
            WHERE v.area_id = r.area_id AND v.indicator_id = r.indicator_id AND v.round = r.round
                AND v.disputed_at IS NOT NULL AND v.answered_at IS NULL
        )
        """
}

extension Query where Answer == Int {
    /// One where something changed: of two deliveries the later stays, in whichever order they come.
    static func keep(
        _ value: Exact, as variable: String, from row: CentralRow, of indicator: IndicatorID, in round: Round,
        brought delivery: Delivery, by name: String, to area: AreaID
    ) -> Query {
        .deed(
            """
            INSERT INTO central_values (
                area_id, indicator_id, round, variable, value, source, as_of, delivery, supplied_at, supplier_name
            )
            VALUES (
                \(area), \(indicator), \(round), \(variable), \(value), \(row.source), \(row.asOf), \(delivery.number),
                \(delivery.sentAt), \(name)
            )
            ON CONFLICT (area_id, indicator_id, round, variable) DO UPDATE
            SET value = excluded.value, source = excluded.source, as_of = excluded.as_of,
                delivery = excluded.delivery, supplied_at = excluded.supplied_at,
                supplier_name = excluded.supplier_name
            WHERE central_values.delivery < excluded.delivery
            """)
    }

    static func dispute(
        _ variable: String, _ words: String, of result: AreaResult, by mark: AreaResult.Mark
    ) -> Query {
        .deed(
            """
            UPDATE central_values
            SET dispute = \(words), disputed_at = \(mark.at), disputer_name = \(mark.name), answer = NULL,
                answered_at = NULL, answerer_name = NULL
            WHERE area_id = \(result.area) AND indicator_id = \(result.indicator) AND round = \(result.round)
                AND variable = \(variable)
            """)
    }

    static func answerDispute(
        _ variable: String, _ words: String, of result: AreaResult, by mark: AreaResult.Mark
    ) -> Query {
        .deed(
            """
            UPDATE central_values
            SET answer = \(words), answered_at = \(mark.at), answerer_name = \(mark.name)
            WHERE area_id = \(result.area) AND indicator_id = \(result.indicator) AND round = \(result.round)
                AND variable = \(variable) AND disputed_at IS NOT NULL AND answered_at IS NULL
            """)
    }
}
