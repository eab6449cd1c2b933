import Files
import Glibc
import Kernel
import Operations
import Postgres
import Runtime

/// `rabrong doctor`: what is in force, from where, and whether it works.
struct Doctor {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    func run() throws {
        print("Settings")
        for (name, value, origin) in settings.origins {
            print("  \(name) = \(value.isEmpty ? "(default)" : value)  [\(origin)]")
        }
        print("In force: listens at \(settings.listen), data in \(settings.data), our files in \(settings.home)")
        var problems = 0
        func check(_ name: String, _ body: () throws -> String) {
            do {
                print("ok    \(name): \(try body())")
            } catch {
                print("WRONG \(name): \(error)")
                problems += 1
            }
        }
        check("data folder") { try DataFolder(settings.data).path }
        check("our files") {
            for name in ["Migrations", ".assets/bootstrap.min.css", ".assets/icons.svg"]
            where !Disk.exists("\(settings.home)/\(name)") {
                throw UsageError(description: "\(settings.home)/\(name) is missing")
            }
            return settings.home
        }
        check("files of people") {
            let (settings, probe) = (settings, "\(settings.data)/tmp/doctor")
            try Disk.makeFolder("\(settings.data)/tmp", mode: 0o700)
            try Disk.write("rabrong doctor\n".utf8, to: probe)
            defer { unlink(probe) }
            return try waitFor {
                let store = try fileStore(at: settings.files, cache: "\(settings.data)/cache")
                let digest = try await store.keep(probe)
                guard try await store.path(of: digest) != nil else {
                    throw UsageError(description: "what was stored isn't there")
                }
                return "written and read"
            }
        }
        if let clamd = settings.clamd {
            check("virus scanner") {
                let path = "\(settings.home)/Migrations/0001_ground.sql"
                return try waitFor { "answers: \(try await VirusScanner(at: clamd).scan(path))" }
            }
        }
        let home = try DatabaseHome(settings)
        defer { home.cluster?.stop() }
        check("schema") {
            let missing = try Migrations(in: "\(settings.home)/Migrations").missing(in: PlainSession(home.address))
            guard missing == 0 else { throw UsageError(description: "\(missing) migrations are missing") }
            return "up to date"
        }
        check("database role") {
            try home.refuseUnfitRole()
            return "just strong enough"
        }
        check("records") { try checkRecords(home.address) }
        guard problems == 0 else { throw UsageError(description: "\(problems) things are wrong") }
    }

    private func checkRecords(_ address: String) throws -> String {
        let reports = try waitFor {
            let database = Database(address, on: [EventLoop()], answerSeconds: 600)
            let reports = try await RecordCheck.all(in: database)
            await database.close()
            return reports
        }
        let broken = reports.filter { $0.fault != nil }
        guard broken.isEmpty else {
            throw UsageError(
                description: broken.map { "\($0.area.code): \($0.fault ?? "")" }.joined(separator: "; "))
        }
        return "\(reports.reduce(0) { $0 + $1.entries }) entries in \(reports.count) chains, all sound"
    }
}
