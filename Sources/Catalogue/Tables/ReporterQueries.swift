import Kernel
import Postgres
import Rounds
import Runtime

extension Query where Answer == [IndicatorID: [Round: YearCatalogue.Reporters]] {
    /// Of every round that is open for an indicator of the year, also where nobody is assigned yet.
    static func reporters(of year: FiscalYear, in area: AreaID) -> Query {
        Query(
            """
            SELECT r.indicator_id, r.round,
                array_remove(array_agg(a.unit_id) FILTER (WHERE a.member_id IS NULL), NULL),
                array_remove(array_agg(a.member_id), NULL)
            FROM indicator_rounds r
            JOIN indicators i ON i.area_id = r.area_id AND i.id = r.indicator_id
            LEFT JOIN assignments a ON a.area_id = r.area_id AND a.indicator_id = r.indicator_id AND a.round = r.round
            WHERE r.area_id = \(area) AND i.year = \(year.number)
            GROUP BY r.indicator_id, r.round
            """
        ) { rows in
            var reporters: Answer = [:]
            for var cells in rows {
                let (id, round): (IndicatorID, Round) = (try cells.next(), try cells.next())
                reporters[id, default: [:]][round] = YearCatalogue.Reporters(
                    units: Set(try cells.nextArray(of: UnitID.self)),
                    officers: Set(try cells.nextArray(of: MemberID.self)))
            }
            return reporters
        }
    }
}
