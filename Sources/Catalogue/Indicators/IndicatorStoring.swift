import Kernel
import Postgres
import Runtime

/// An indicator with all that belongs to it, stored and said on the record in one deed.
extension Deed {
    func add(_ new: Indicator) async throws -> IndicatorID {
        let id = try await run(.insert(new, in: area, at: now))
        for part in Query.insertParts(of: new, as: id, in: area) { _ = try await run(part) }
        try await record(.indicatorAdded, on: "indicator/\(id)", named: new.title, after: new.json)
        return id
    }

    /// Refused when another has saved it since it was read.
    func change(_ known: Indicator, to new: Indicator) async throws {
        let id = known.id
        guard try await run(.save(new, as: id, version: known.version, in: area)) == 1 else { throw Refusal.outdated }
        for part in Query.removeParts(of: id, in: area) { _ = try await run(part) }
        for part in Query.insertParts(of: new, as: id, in: area) { _ = try await run(part) }
        let change = difference(from: known.json, to: new.json)
        try await record(
            .indicatorSaved, on: "indicator/\(id)", named: new.title, before: change.before, after: change.after)
    }
}
