import HTML
import Kernel
import Postgres
import Rounds

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
