package import Kernel
package import Postgres
package import Runtime

/// All areas filled: about 29,000 schools, 60,000 members and 15,000 indicators, for measuring.
package struct National: Sendable {
    private let loader: BulkLoader
    private let words: Vocabulary
    private let now: Instant

    package init(loader: Database, seeds folder: String, at now: Instant) throws {
        self.loader = BulkLoader(database: loader)
        self.now = now
        words = try Vocabulary(in: folder)
    }

    /// Returns how many schools and members it made. Areas that have units already are left as they are.
    package func fill(_ areas: [Area]) async throws -> (schools: Int, members: Int) {
        var (schools, members) = (0, 0)
        for area in areas where area.id != Area.central {
            let count = Query<Int>.one("SELECT count(*) FROM units WHERE area_id = \(area.id)") { try $0.next() }
            guard try await loader.database.transaction(in: nil, { try await $0.run(count) }) == 0 else { continue }
            // Primary areas have some 140 schools, secondary ones some 40; together the country's 29,000.
            let schoolCount = area.kind == .primary ? 139 + area.id.rawValue % 23 : 36 + area.id.rawValue % 9
            let made = MadeArea(
                area, schools: schoolCount, perSchool: area.kind == .primary ? 1 : 2, officers: 120, words: words)
            let numbers = try await loader.load(made, into: area.id, passwords: [:], at: now)
            let catalogue = MadeCatalogue(for: made, in: FiscalYear(at: now), reportedBy: .eachSchoolOnce)
            try await loader.load(catalogue, of: made, numbers, into: area.id, at: now)
            schools += schoolCount
            members += made.people.count
        }
        return (schools, members)
    }
}
