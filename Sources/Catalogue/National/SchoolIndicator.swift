package import Kernel
import Postgres
package import Rounds
package import Runtime

/// An indicator of the area's own by which its schools report what a national one needs of them: the same in all but
/// that the schools enter every number, due while the area still has time to check.
package struct SchoolIndicator: Sendable {
    let national: NationalDefinition
    let framework: NationalFramework
    package let rounds: [RoundDates]

    /// Rounds that can't be done in time any more are left out.
    package init(of national: NationalDefinition, in framework: NationalFramework, due: [RoundDates], at now: Instant) {
        (self.national, self.framework) = (national, framework)
        rounds = due.compactMap { Self.dates(before: $0, at: now) }
    }

    /// Two weeks before the area's own; later where that is less than a week from now.
    private static func dates(before area: RoundDates, at now: Instant) -> RoundDates? {
        let day = 86_400
        let week = (Day(inBangkok: now) + 7).instant(hour: 16, minute: 30)
        let due = min(max(area.due + -14 * day, week), area.due + -day)
        guard due > now else { return nil }
        return RoundDates(round: area.round, opening: min(area.opening, Day(inBangkok: due)), due: due)
    }

    var indicator: Indicator {
        var own = national.indicator
        (own.state, own.parent, own.ownerUnit, own.owner) = (.open, nil, nil, nil)
        own.dimensions = Dimension.axes.map { _ in nil }
        (own.supervisors, own.collectors) = ([], [])
        own.variables = own.variables.map { variable in
            var own = variable
            own.source = .entered
            return own
        }
        return own
    }
}

extension Deed {
    /// Makes it, in the area's framework of the same name, for all its schools.
    package func add(_ new: SchoolIndicator) async throws -> IndicatorID {
        let year = new.national.year
        try await Rounds.requireOpen(year, self)
        var indicator = new.indicator
        indicator.framework = try await framework(like: new.framework, in: year)
        let id = try await refusingMisfits { try await add(indicator) }
        let schools = try await run(.assignableUnits(in: area)).units.filter(\.isSchool)
        for dates in new.rounds {
            _ = try await run(.openRound(dates, of: id, in: area))
            let added = try await assign(schools.map(\.id), [], dates.round, of: id)
            try await record(
                .roundOpened, on: "indicator/\(id)", named: indicator.title,
                after: ["round": .text(dates.round.code), "added": JSON(added)])
        }
        _ = try await run(.planDeadlines(in: area, after: now))
        return id
    }

    private func framework(like national: NationalFramework, in year: FiscalYear) async throws -> FrameworkID {
        let known = try await run(.frameworks(of: year, in: area))
        if let same = known.first(where: { $0.shortName == national.shortName }) { return same.id }
        let id = try await run(.insertFramework(national.name, national.shortName, in: year, of: area))
        try await record(
            .frameworkAdded, on: "framework/\(id)", named: national.shortName,
            after: ["name": .text(national.name), "short-name": .text(national.shortName)])
        return id
    }
}
