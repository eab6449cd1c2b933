import HTTP
import HTTPServer
import Postgres
import Runtime

/// What a supervisor and a monitor ask.
struct Health: Sendable {
    let database: Database
    let server: ServerBox
    let started = Instant.now

    /// Ready is who reaches the database and isn't stopping.
    func readiness() async -> Response {
        if server.isStopping { return .text(503, "stopping\n") }
        do {
            _ = try await database.read([.statement("SELECT 1")])
            return .text(200, "ready\n")
        } catch {
            return .text(503, "no database\n")
        }
    }

    /// For Prometheus.
    func metrics() async -> Response {
        let lines = ByteBuffer()
        func metric(_ name: String, _ type: String, _ help: String, _ values: [(labels: String, value: Int)]) {
            lines.append("# HELP rabrong_\(name) \(help)\n# TYPE rabrong_\(name) \(type)\n")
            for (labels, value) in values { lines.append("rabrong_\(name)\(labels) \(value)\n") }
        }
        let answered = await server.answered.sorted { $0.key < $1.key }
        metric(
            "requests_total", "counter", "Requests answered, by status.",
            answered.map { ("{status=\"\($0.key)\"}", $0.value) })
        metric("connections", "gauge", "Open connections of clients.", [("", await server.connectionCount)])
        metric("resident_bytes", "gauge", "Memory in use.", [("", residentBytes())])
        metric("start_time_seconds", "gauge", "When this copy started.", [("", started.seconds)])
        let areas = (try? await failedJobs()) ?? []
        metric(
            "failed_jobs", "gauge", "Jobs that were given up.",
            [("", areas)].compactMap { label, counts in
                (label, counts.reduce(0, +))
            })
        return Response(
            200, headers: ["content-type": "text/plain; version=0.0.4; charset=utf-8"], body: .bytes(lines))
    }

    private func failedJobs() async throws -> [Int] {
        let rows = try await database.read([.statement("SELECT failures FROM app.failed_jobs()")])[0]
        return try rows.map { cells in
            var cells = cells
            return try cells.next()
        }
    }

    private func residentBytes() -> Int {
        let pages = (try? Disk.readText("/proc/self/statm"))?.split(separator: " ").dropFirst().first.flatMap {
            Int($0)
        }
        return (pages ?? 0) * 4096
    }
}

/// The server, for what is made before it is.
final class ServerBox: Sendable {
    private let state = Lock<(server: Server?, isStopping: Bool)>((nil, false))

    func set(_ server: Server) { state.withLock { $0.server = server } }
    func stop() { state.withLock { $0.isStopping = true } }

    var isStopping: Bool { state.withLock { $0.isStopping } }
    private var server: Server? { state.withLock { $0.server } }

    var answered: [Int: Int] {
        get async { await server?.answered ?? [:] }
    }

    var connectionCount: Int {
        get async { await server?.connectionCount ?? 0 }
    }
}
