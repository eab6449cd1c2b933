package import Kernel
package import Postgres
import Rounds
import Runtime
import Scoring

extension Query where Answer == ReportSheet? {
    /// Of one report; with its reporter's values of other rounds, and the results of sub-indicators.
    package static func sheet(ofReport id: AssignmentID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: wholeIndicator), \(part: IndicatorRound.columns), y.closed_at IS NOT NULL,
                \(part: IndicatorReceivers.column),
                coalesce((
                    SELECT jsonb_object_agg(b.round, b.entries)
                    FROM assignments b
                    WHERE b.area_id = a.area_id AND b.indicator_id = a.indicator_id AND b.unit_id = a.unit_id
                        AND b.member_id IS NOT DISTINCT FROM a.member_id AND b.id <> a.id
                        AND b.state IN ('confirmed', 'checked')
                ), '{}'),
                coalesce((
                    SELECT jsonb_object_agg(p.number, b.result::text)
                    FROM indicators p
                    JOIN assignments b ON b.area_id = p.area_id AND b.indicator_id = p.id
                    WHERE p.area_id = a.area_id AND p.parent_id = a.indicator_id AND b.round = a.round
                        AND b.unit_id = a.unit_id AND b.member_id IS NOT DISTINCT FROM a.member_id
                        AND b.state IN ('confirmed', 'checked') AND b.result IS NOT NULL
                ), '{}')
            FROM assignments a
            JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
            JOIN indicator_rounds r
                ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
            JOIN fiscal_years y ON y.area_id = i.area_id AND y.year = i.year
            WHERE a.area_id = \(area) AND a.id = \(id)
            """
        ) { try ReportSheet(&$0) }
    }
}

extension ReportSheet {
    init(_ cells: inout Cells) throws {
        indicator = try Indicator(&cells)
        open = try IndicatorRound(&cells)
        isYearClosed = try cells.next()
        receivers = try IndicatorReceivers(&cells)
        var otherRounds: [Round: [String: String]] = [:]
        for member in try cells.next(JSON.self).members {
            guard let round = Round(code: member.name) else { continue }
            otherRounds[round] = member.value.texts
        }
        self.otherRounds = otherRounds
        (isOfArea, given) = (false, [:])
        partResults = try cells.next(JSON.self).texts.compactMapValues { Exact(stored: $0) }
    }
}

extension JSON {
    /// The members that are texts, by name.
    package var texts: [String: String] {
        Dictionary(
            members.compactMap { member in member.value.textValue.map { (member.name, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
