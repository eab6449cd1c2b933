package import HTML
package import Kernel
package import Rounds
package import Runtime
package import Scoring

/// An indicator as the central office has published it, the same for every area.
package struct NationalDefinition: Sendable {
    let indicator: Indicator
    /// Whole, as it is kept with each version.
    package var json: JSON { indicator.json }

    package var id: IndicatorID { indicator.id }
    package var year: FiscalYear { indicator.year }
    package var number: String { indicator.number }
    /// So that 1.10 comes after 1.9.
    package var order: String { numberOrder(indicator.number) }
    package var name: String { indicator.name }
    package var parent: IndicatorID? { indicator.parent }
    package var weight: Exact { indicator.weight }
    package var bureau: UnitID? { indicator.ownerUnit }
    package var target: Exact? { indicator.target }
    package var measure: String { indicator.measure }
    package var explanation: String { indicator.definition }
    /// What it came to in the three years before, the latest first.
    package var baseline: [Exact?] { indicator.baseline }

    init(_ indicator: Indicator) {
        self.indicator = indicator
    }

    /// As it was kept; throws when it isn't what we wrote.
    package init(id: IndicatorID, year: FiscalYear, json: JSON) throws {
        self.init(try Indicator(id: id, year: year, json: json))
    }

    /// What the central office supplies.
    package var centralVariables: [(name: String, label: String)] {
        indicator.variables.filter { $0.source == .central }.map { ($0.name, $0.label.isEmpty ? $0.name : $0.label) }
    }

    /// What differs between two versions, as people call it.
    package func changes(since earlier: NationalDefinition) -> [Phrase] {
        json.members.filter { earlier.json[$0.name] != $0.value }.map { member in
            let field = IndicatorFields.all.first { $0.name == member.name }
            return field?.label ?? CatalogueRoutes.words[member.name] ?? Phrase(same: member.name)
        }
    }
}

extension ReportSheet {
    /// Of a national indicator, as an area reports it to the central office. `given` is what nobody enters: the central
    /// office's data, and what was rolled up from the schools.
    package init(
        _ national: NationalDefinition, in dates: RoundDates, given: [String: String],
        otherRounds: [Round: [String: String]], partResults: [String: Exact]
    ) {
        indicator = national.indicator
        open = IndicatorRound(of: national.id, dates)
        self.given = given
        isOfArea = true
        self.otherRounds = otherRounds
        self.partResults = partResults
        isYearClosed = false
        receivers = IndicatorReceivers()
    }
}
