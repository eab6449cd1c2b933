import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// All that an area's year holds of indicators, as a spreadsheet takes it out and brings it in.
struct YearCatalogue: Sendable {
    let frameworks: [Framework]
    let dimensions: [Dimension]
    let indicators: [Indicator]
    let owners: OwnerChoices
    let units: AssignableUnits
    let officers: [FormField.Choice]
    /// Whoever must report an indicator, by round.
    let reporters: [IndicatorID: [Round: Reporters]]

    /// The units and the officers of one round.
    struct Reporters: Sendable, Equatable {
        var units: Set<UnitID>
        var officers: Set<MemberID>

        func contains(_ others: Reporters) -> Bool {
            others.units.isSubset(of: units) && others.officers.isSubset(of: officers)
        }
    }

    /// Changes whenever an indicator is added or saved: what a preview showed, and whether it still holds.
    var mark: String {
        indicators.map { "\($0.id).\($0.version)" }.sorted().joined(separator: " ")
    }

    func indicator(_ number: String, in framework: FrameworkID) -> Indicator? {
        indicators.first { $0.number == number && $0.framework == framework }
    }

    var schools: Set<UnitID> { Set(units.units.filter(\.isSchool).map(\.id)) }
}

extension YearCatalogue {
    static func load(_ context: Context) async throws -> (Visit, YearCatalogue) {
        let (year, area) = (context.year, context.area.id)
        let (visit, frameworks, dimensions, indicators, owners, units, officers, reporters) = try await context.page(
            .frameworks(of: year, in: area), .dimensions(of: year, in: area), .wholeIndicators(of: year, in: area),
            .ownerChoices(in: area), .assignableUnits(in: area), .officers(in: area), .reporters(of: year, in: area))
        let catalogue = YearCatalogue(
            frameworks: frameworks, dimensions: dimensions, indicators: indicators, owners: owners, units: units,
            officers: officers, reporters: reporters)
        return (visit, catalogue)
    }

    static func load(_ year: FiscalYear, _ deed: Deed) async throws -> YearCatalogue {
        let area = deed.area
        let (frameworks, dimensions, indicators, owners, units, officers, reporters) = try await deed.run(
            .frameworks(of: year, in: area), .dimensions(of: year, in: area), .wholeIndicators(of: year, in: area),
            .ownerChoices(in: area), .assignableUnits(in: area), .officers(in: area), .reporters(of: year, in: area))
        return YearCatalogue(
            frameworks: frameworks, dimensions: dimensions, indicators: indicators, owners: owners, units: units,
            officers: officers, reporters: reporters)
    }
}

extension Query where Answer == [IndicatorID: [Round: YearCatalogue.Reporters]] {
    /// Of every round that is open for an indicator of the year, also where nobody is assigned yet.
    fileprivate static func reporters(of year: FiscalYear, in area: AreaID) -> Query {
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
