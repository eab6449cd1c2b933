import Jobs
package import Kernel
package import Postgres
package import Runtime

/// What other rooms need of the areas.
package enum Areas {
    /// Makes a new area with its settings and the beginning of its record. Run again for one that is there, it
    /// completes what may be missing.
    package static func create(
        _ seed: AreaSeed, in database: Database, by founder: Founder, at now: Instant
    ) async throws -> (area: Area, isNew: Bool) {
        let (area, isNew) = try await database.transaction(in: nil) { transaction in
            if let known = try await transaction.run(.area(code: seed.code)) { return (known, false) }
            return (try await transaction.run(.insertArea(seed, at: now)), true)
        }
        try await database.transaction(in: area.id.rawValue) { transaction in
            guard try await transaction.run(.insertSettings(of: area)) > 0 else { return }
            _ = try await transaction.run(.insertJournalHead(of: area), .insertFileSpace(of: area.id))
            for work in ["housekeeping", "morning", "statistics"] {
                _ = try await transaction.run(.enqueue(work, [:], in: area.id.rawValue, at: now))
            }
            let entry = JournalEntry(
                area: area.id, happenedAt: now, actorArea: Area.central, actor: founder.member,
                actorName: founder.name, address: founder.address, action: Action.areaCreated.name, subject: "area",
                subjectName: area.shortName, after: .object([.init(name: "code", value: .text(area.code))]))
            _ = try await transaction.run(.record(entry))
        }
        return (area, isNew)
    }

    package static func area(code: String, in database: Database) async throws -> Area? {
        let query = Query.area(code: code)
        return try await query.decode(database.read([.statement(query.sql)])[0])
    }

    package static func area(host: String, in database: Database) async throws -> Area? {
        let query = Query.area(host: host)
        return try await query.decode(database.read([.statement(query.sql)])[0])
    }
}

/// Who makes areas: the operator, on a page or at the command line.
package struct Founder: Sendable {
    package var member: MemberID?
    package var name: String
    package var address: String

    package init(member: MemberID? = nil, name: String, address: String) {
        self.member = member
        self.name = name
        self.address = address
    }
}

/// What an area is made from: a line of the list of areas.
package struct AreaSeed: Sendable {
    package var code: String
    package var kind: Area.Kind
    package var shortName: String
    package var name: String
    package var provinces: [String]

    package init(code: String, kind: Area.Kind, shortName: String, name: String, provinces: [String]) {
        self.code = code
        self.kind = kind
        self.shortName = shortName
        self.name = name
        self.provinces = provinces
    }

    /// Reads the cells `code, kind, short_name, name, provinces`; says what is wrong with them.
    package init(cells: [String]) throws(AreaSeedError) {
        guard cells.count >= 5 else { throw AreaSeedError(description: "five cells were expected") }
        let code = cells[0]
        guard code.utf8.count <= 20, let first = code.utf8.first, (97...122).contains(first),
            code.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }),
            code.utf8.count > 1, !AreaSeed.reservedCodes.contains(code)
        else { throw AreaSeedError(description: "“\(code)” can't be a code") }
        guard let kind = Area.Kind(rawValue: cells[1]), kind != .central else {
            throw AreaSeedError(description: "the kind must be primary or secondary, not “\(cells[1])”")
        }
        guard !cells[2].isEmpty, !cells[3].isEmpty else { throw AreaSeedError(description: "a name is missing") }
        self.init(
            code: code, kind: kind, shortName: cells[2], name: cells[3],
            provinces: cells[4].split(separator: ";").map(String.init))
    }

    /// First parts of addresses that belong to no area.
    private static let reservedCodes: Set<String> = [
        "api", "assets", "central", "healthz", "metrics", "readyz", "statistics",
    ]
}

/// What is wrong with a line of the list.
package struct AreaSeedError: Error, CustomStringConvertible {
    package var description: String
}
