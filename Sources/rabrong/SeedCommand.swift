import Areas
import Documents
import Files
import Kernel
import Postgres
import Runtime
import Seeding

/// `rabrong seed`: fills the database with made-up people and schools.
struct SeedCommand {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    func demonstration() throws {
        try fill { try await $0.fill($1) }
    }

    /// For measuring: an area of 300 schools that report 60 indicators in four rounds.
    func fullArea() throws {
        try fill { try await $0.fillOne(of: $1) }
    }

    /// Also writes the accounts to the data folder, for `Deploy/up` and for tests.
    private func fill(
        areas count: Int? = nil,
        _ make: @escaping @Sendable (Demonstration, [Area]) async throws -> [DemonstrationAccount]?
    ) throws {
        let (folder, files) = (settings.data, settings.files)
        try withDatabases(areas: count) { database, loader, areas, seeds in
            let demonstration = try Demonstration(
                database, loader: loader, seeds: seeds, files: fileStore(at: files, cache: "\(folder)/cache"),
                temporaryFolder: "\(folder)/tmp", key: DataFolder(folder).key(), at: .now)
            guard let accounts = try await make(demonstration, areas) else {
                return print("The demonstration is there already.")
            }
            let table = CSV.table(
                head: ["door", "username", "password", "who"],
                rows: accounts.map { [$0.door, $0.username, $0.password, $0.who] })
            // Without the mark: shells and test programs read this file.
            try Disk.write(table.bytes.dropFirst(3), to: "\(folder)/demo-accounts.csv")
            print("The demonstration is made: \(accounts.count) accounts.")
        }
    }

    /// For measuring: fifty national indicators that so many areas have sent, and a bureau that has decided none.
    func certification(areas count: Int) throws {
        try fill(areas: count) { try await $0.fillCertification($1) }
    }

    func national() throws {
        try withDatabases { _, loader, areas, seeds in
            let (schools, members) = try await National(loader: loader, seeds: seeds, at: .now).fill(areas)
            print("\(schools) schools and \(members) members are made.")
        }
    }

    /// With the first so many areas of the list, or with all; that of the demonstration is always there.
    private func withDatabases(
        areas count: Int? = nil, _ body: @escaping @Sendable (Database, Database, [Area], String) async throws -> Void
    ) throws {
        _ = try DataFolder(settings.data)
        let home = try DatabaseHome(settings)
        defer { home.cluster?.stop() }
        _ = try home.migrate(settings)
        guard let loaderAddress = home.loaderAddress else {
            throw DatabaseHomeError(description: "RABRONG_LOADER_URL is missing: seeding loads in bulk")
        }
        let (address, seeds) = (home.address, "\(settings.home)/Seeds")
        let list = try areaSeeds("\(seeds)/areas.csv")
        try waitFor {
            let loop = EventLoop()
            let (database, loader) = (Database(address, on: [loop]), Database(loaderAddress, on: [loop]))
            guard let central = try await Areas.area(code: "central", in: database) else { return }
            var areas = [central]
            let wanted = count.map {
                Array(list.filter { $0.code == Cast.shown } + list.filter { $0.code != Cast.shown }.prefix($0 - 1))
            }
            for seed in wanted ?? list {
                areas.append(try await Areas.create(seed, in: database, by: commandLine, at: .now).area)
            }
            try await body(database, loader, areas, seeds)
            await database.close()
            await loader.close()
        }
    }
}
