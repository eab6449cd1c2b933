import App
import Glibc
import HTTPServer
import Postgres
import Runtime

/// `rabrong serve` and `rabrong work`: everything started in order, then quiet until the operator stops it.
struct Service {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    /// Serves pages, and works off jobs unless the settings leave that to others.
    func serve() throws {
        let settings = settings
        try run { app, loops in
            let server = try waitFor { try await app.serve(settings, on: loops) }
            let worker = settings.works ? Task.detached { await app.work(settings) } : nil
            Log.note("Serving.", ["address": .text(settings.baseURL)])
            return {
                worker?.cancel()
                await app.stop(server)
            }
        }
    }

    /// Only works off jobs, beside copies that serve.
    func work() throws {
        guard settings.database != nil else {
            throw UsageError(
                description: "work needs DATABASE_URL; a server with the embedded database works off its own jobs")
        }
        let settings = settings
        try run { app, _ in
            let worker = Task.detached { await app.work(settings) }
            Log.note("Working.")
            return {
                worker.cancel()
                await worker.value
            }
        }
    }

    /// `start` returns what ends it.
    private func run(_ start: (App, [EventLoop]) throws -> @Sendable () async -> Void) throws {
        Signals.prepare()
        let folder = try DataFolder(settings.data)
        if settings.database == nil { try folder.lockForServing() }
        let home = try DatabaseHome(settings)
        defer { home.cluster?.stop() }
        _ = try home.migrate(settings)
        try home.refuseUnfitRole()
        let loops = (0..<settings.loops).map { _ in EventLoop() }
        let database = Database(
            home.address, on: loops, form: Database.Form(rawValue: settings.databaseForm) ?? .implicit)
        let end = try start(App(settings, database, key: folder.key()), loops)
        Signals.waitForStop { home.cluster?.restartIfDead() }
        Log.note("Stopping.")
        try waitFor {
            await end()
            await database.close()
        }
    }
}
