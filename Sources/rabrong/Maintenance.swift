import App
import Areas
import Documents
import Kernel
import Members
import Postgres
import Runtime

/// What the operator does at the command line.
struct Maintenance {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    static var roleStatements: String { Roles.statements }

    func migrate() throws {
        let home = try home()
        defer { home.cluster?.stop() }
        let applied = try home.migrate(settings)
        print(applied.isEmpty ? "The schema is up to date." : "Applied: \(applied.joined(separator: ", "))")
    }

    func createArea(_ code: String, administrator: String?) throws {
        let seeds = try areaSeeds("\(settings.home)/Seeds/areas.csv")
        guard let seed = seeds.first(where: { $0.code == code }) else {
            throw UsageError(description: "\(code) is not in Seeds/areas.csv; use area import with a list of your own")
        }
        try withDatabase { database in
            let (area, isNew) = try await Areas.create(seed, in: database, by: commandLine, at: .now)
            print(isNew ? "\(area.shortName) is made." : "\(area.shortName) was there already.")
            guard let administrator else { return }
            let password = try await Members.createFirst(
                administrator, named: ("ผู้ดูแลระบบ", area.shortName), holding: [.members, .settings],
                unit: ("group", "กลุ่มอำนวยการ"), in: area.id, database, at: .now)
            print("\(administrator) may sign in at /\(area.code) with the temporary password \(password)")
        }
    }

    func importAreas(_ file: String) throws {
        let seeds = try areaSeeds(file)
        try withDatabase { database in
            var made = 0
            for seed in seeds {
                made += try await Areas.create(seed, in: database, by: commandLine, at: .now).isNew ? 1 : 0
            }
            print("\(made) areas are made; \(seeds.count - made) were there already.")
        }
    }

    func createOperator(_ username: String) throws {
        try withDatabase { database in
            let password = try await Members.createFirst(
                username, named: ("ผู้ดูแล", "ระบบ"), holding: [.members, .settings, .operate],
                unit: ("bureau", "กลุ่มพัฒนาระบบบริหาร"), in: Area.central, database, at: .now)
            print("\(username) may sign in at /central with the temporary password \(password)")
        }
    }

    private func withDatabase(_ body: @escaping @Sendable (Database) async throws -> Void) throws {
        let home = try home()
        defer { home.cluster?.stop() }
        _ = try home.migrate(settings)
        let address = home.address
        try waitFor {
            let database = Database(address, on: [EventLoop()])
            try await body(database)
            await database.close()
        }
    }

    private func home() throws -> DatabaseHome {
        _ = try DataFolder(settings.data)
        return try DatabaseHome(settings)
    }
}

let commandLine = Founder(name: "rabrong", address: "local")

/// Reads a list of areas; names the line that is wrong.
func areaSeeds(_ file: String) throws -> [AreaSeed] {
    let rows = CSV.rows(of: try Disk.readText(file))
    let body = rows.first?.first == "code" ? rows.dropFirst() : rows[...]
    return try body.enumerated().map { index, cells in
        do {
            return try AreaSeed(cells: cells)
        } catch {
            throw UsageError(description: "\(file), line \(index + 2): \(error)")
        }
    }
}
