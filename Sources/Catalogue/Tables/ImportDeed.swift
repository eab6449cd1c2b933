import HTML
import Interface
import Kernel
import Rounds
import Runtime

/// Brings a sound table into the year: frameworks first, then indicators, wholes before their parts.
struct ImportDeed: Sendable {
    let list: IndicatorImport
    let catalogue: YearCatalogue
    let year: FiscalYear
    let deed: Deed

    /// How many rows changed something.
    func run() async throws -> Int {
        var frameworks: [String: FrameworkID] = [:]
        for framework in catalogue.frameworks { frameworks[framework.shortName] = framework.id }
        for name in list.newFrameworks {
            let id = try await deed.run(.insertFramework(name, name, in: year, of: deed.area))
            frameworks[name] = id
            try await deed.record(
                .frameworkAdded, on: "framework/\(id)", named: name, after: ["short-name": .text(name)])
        }
        let changing = list.changing
        for entry in changing {
            guard let framework = frameworks[entry.framework] else { throw Refusal.outdated }
            var new = entry.indicator
            new.framework = framework
            if !entry.parent.isEmpty {
                new.parent = try await deed.run(.id(ofNumber: entry.parent, in: framework, of: deed.area))
            }
            if let known = entry.known {
                try await deed.change(known, to: new)
                try await setReporting(entry, of: new, as: known.id)
            } else {
                try await setReporting(entry, of: new, as: deed.add(new))
            }
        }
        try await deed.record(
            .indicatorsImported, on: "year/\(year.number)", named: "\(year.number)",
            after: ["rows": JSON(changing.count)])
        return changing.count
    }

    private func setReporting(_ entry: IndicatorImport.Entry, of indicator: Indicator, as id: IndicatorID) async throws
    {
        if let rounds = entry.rounds { try await setRounds(rounds, of: indicator, as: id, deed) }
        guard let reporters = entry.reporters else { return }
        for round in try await deed.run(.rounds(of: id, in: deed.area)).map(\.round) {
            let added = try await deed.assign(Array(reporters.units), Array(reporters.officers), round, of: id)
            try await deed.record(
                .unitsAssigned, on: "indicator/\(id)", named: indicator.title,
                after: ["round": .text(round.code), "added": JSON(added)])
        }
    }
}
