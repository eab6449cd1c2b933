import App
import Glibc
import HTTPServer
import Postgres
import Runtime

/// `rabrong serve`: everything started in order, then quiet until the operator stops it.
struct Service {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    func run() throws {
        Signals.prepare()
        let folder = try DataFolder(settings.data)
        if settings.database == nil { try folder.lockForServing() }
        let home = try DatabaseHome(settings)
        defer { home.cluster?.stop() }
        _ = try home.migrate(settings)
        try home.refuseStrongRole()
        let loops = (0..<settings.loops).map { _ in EventLoop() }
        let database = Database(
            home.address, on: loops, form: Database.Form(rawValue: settings.databaseForm) ?? .implicit)
        let app = try App(settings, database, key: folder.key())
        let settings = settings
        let server = try waitFor { try await app.serve(settings, on: loops) }
        let worker = settings.works ? Task.detached { await app.work(settings) } : nil
        Log.note("Serving.", ["address": .text(settings.baseURL)])
        Signals.waitForStop { home.cluster?.restartIfDead() }
        Log.note("Stopping.")
        try waitFor {
            worker?.cancel()
            await app.stop(server)
            await database.close()
        }
    }
}
