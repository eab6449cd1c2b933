import Postgres
import Runtime
import TestSupport

@testable import Jobs

/// The queue of a test's own database, a clock that stands still, and what was done.
final class JobQueue: Sendable {
    struct Done: Equatable {
        var area: Int
        var payload: JSON
        var attempts: Int
    }

    struct Row: Equatable {
        var attempts: Int
        var error: String?
        var hasFailed: Bool
    }

    let database = Database.underTest
    /// Long before now, when what the migrations queue is due.
    private let clock = Lock(Instant(microseconds: 1_500_000_000_000_000))
    private let list = Lock<[Done]>([])

    var now: Instant { clock.withLock { $0 } }
    var done: [Done] { list.withLock { $0 } }

    func wait(_ seconds: Int) { clock.withLock { $0 = $0 + seconds } }

    func add(in area: Int = 1, at time: Instant? = nil, _ payload: Int = 0) async throws {
        let query = Query.enqueue("note", JSON(payload), in: area, at: time ?? now)
        _ = try await database.transaction(in: area) { try await $0.run(query) }
    }

    func lease(in area: Int = 1) async throws -> Job? {
        let now = now
        return try await database.transaction(in: area) { transaction in
            try await transaction.run(Query.lease(in: area, at: now, until: now + 300))
        }
    }

    /// One who does jobs by noting them, if `body` lets it.
    func worker(
        on database: Database? = nil, every interval: Int? = nil,
        _ body: @escaping @Sendable (Job) async throws -> Void = { _ in }
    ) -> Worker {
        let kind = JobKind("note", every: interval) { job in
            try await body(job)
            self.list.withLock { $0.append(Done(area: job.area, payload: job.payload, attempts: job.attempts)) }
        }
        return Worker(database ?? self.database, [kind], clock: { self.now })
    }

    func rows(in area: Int = 1) async throws -> [Row] {
        let query = Query<[Row]>.all(
            """
            SELECT attempts, last_error, failed_at IS NOT NULL
            FROM jobs
            WHERE area_id = \(area)
            ORDER BY id
            """
        ) { Row(attempts: try $0.next(), error: try $0.nextIfAny(), hasFailed: try $0.next()) }
        return try await database.transaction(in: area) { try await $0.run(query) }
    }

    /// How many the operator sees as given up.
    func failures() async throws -> Int {
        let query = Query<Int>.one("SELECT coalesce(sum(failures), 0) FROM app.failed_jobs()") { try $0.next() }
        return try await query.decode(database.read([.statement(query.sql)])[0])
    }
}

/// Where some wait until all have come.
actor Meeting {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(of count: Int) {
        missing = count
    }

    func arrive() async {
        missing -= 1
        guard missing > 0 else {
            for other in waiting { other.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
