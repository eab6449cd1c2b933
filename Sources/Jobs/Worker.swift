package import Postgres
package import Runtime

/// Works off jobs, one after another: finds the areas that have work, then takes one job at a time in each.
package struct Worker: Sendable {
    private let database: Database
    private let kinds: [String: JobKind]
    private let clock: @Sendable () -> Instant

    /// After so many attempts a job is given up, for the operator to see.
    package static let attempts = 8
    /// Who dies with a job leaves it to others no later than this; who works on it renews the lease.
    private static let leaseSeconds = 60

    package init(_ database: Database, _ kinds: [JobKind], clock: @escaping @Sendable () -> Instant = { .now }) {
        self.database = database
        self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.clock = clock
    }

    /// Until cancelled. A notification wakes it at once; else it looks every five seconds.
    package func run() async {
        let hints = Hints()
        await withTaskGroup { group in
            group.addTask { await listen(hints) }
            while !Task.isCancelled {
                do {
                    while try await workOnce() > 0 {}
                } catch {
                    Log.warn("Jobs can't be worked off for now.", ["reason": .text("\(error)")])
                }
                await hints.wait(seconds: 5)
            }
            group.cancelAll()
        }
    }

    private func listen(_ hints: Hints) async {
        while !Task.isCancelled {
            do {
                try await database.listen(to: "jobs") { _ in hints.give() }
            } catch {
                try? await Task.sleep(nanoseconds: 2_000_000_000)
            }
        }
    }

    /// Does everything that is due now, once; returns how many jobs that were.
    package func workOnce() async throws -> Int {
        var count = 0
        let areas = Query.areasWithWork(at: clock())
        for area in try await areas.decode(database.read([.statement(areas.sql)])[0]) {
            while !Task.isCancelled, let job = try await lease(in: area) {
                await perform(job)
                count += 1
            }
        }
        return count
    }

    private func lease(in area: Int) async throws -> Job? {
        let now = clock()
        return try await database.transaction(in: area) { transaction in
            try await transaction.run(Query.lease(in: area, at: now, until: now + Self.leaseSeconds))
        }
    }

    private func perform(_ job: Job) async {
        await Log.$reference.withValue("job-\(job.area)-\(job.id)") {
            let outcome: Query<Int>
            let kind = kinds[job.kind]
            do {
                guard job.attempts <= Self.attempts else { throw AbandonedJob() }
                guard let kind else { throw UnknownJob(kind: job.kind) }
                try await holding(job) { try await kind.run(job) }
                outcome = kind.next.map { .repeatLater(job, at: $0(clock())) } ?? .finish(job)
            } catch {
                Log.warn(
                    "A job failed.",
                    ["kind": .text(job.kind), "attempt": JSON(job.attempts), "reason": .text("\(error)")])
                outcome = afterFailure(of: job, next: kind?.next, "\(error)")
            }
            do {
                _ = try await database.transaction(in: job.area) { try await $0.run(outcome) }
            } catch {
                // The lease ends by itself, and the job runs again.
                Log.warn("A job's end was not noted.", ["reason": .text("\(error)")])
            }
        }
    }

    /// Again soon; given up after so many attempts, but what comes regularly comes again at its next time.
    private func afterFailure(of job: Job, next: (@Sendable (Instant) -> Instant)?, _ reason: String) -> Query<Int> {
        guard job.attempts >= Self.attempts else {
            return .retry(job, because: reason, at: clock() + Self.pause(after: job.attempts))
        }
        return next.map { .repeatLater(job, at: $0(clock())) } ?? .giveUp(job, because: reason, at: clock())
    }

    /// Nobody else takes the job while it is worked on, however long that is.
    private func holding(_ job: Job, _ work: @Sendable @escaping () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                while true {
                    try await Task.sleep(nanoseconds: UInt64(Self.leaseSeconds / 3) * 1_000_000_000)
                    await renew(job)
                }
            }
            group.addTask { try await work() }
            defer { group.cancelAll() }
            // The renewal ends only when it is cancelled.
            try await group.next()
        }
    }

    private func renew(_ job: Job) async {
        let until = clock() + Self.leaseSeconds
        do {
            _ = try await database.transaction(in: job.area) { try await $0.run(Query.renew(job, until: until)) }
        } catch {
            Log.warn("A job's lease was not renewed.", ["reason": .text("\(error)")])
        }
    }

    /// 30 seconds, a minute, two … at most an hour.
    static func pause(after attempts: Int) -> Int {
        min(3600, 30 << min(attempts - 1, 7))
    }
}

/// A job of a kind that this program doesn't know: from a newer one, most likely.
struct UnknownJob: Error {
    var kind: String
}

/// Nobody came back from any of a job's attempts: it may well be what ends the program.
struct AbandonedJob: Error {}

/// Wakes the worker early.
private final class Hints: Sendable {
    private let waiting = Lock<(hasHint: Bool, continuation: AsyncStream<Void>.Continuation?)>((false, nil))

    func give() {
        waiting.withLock { state in
            state.hasHint = true
            state.continuation?.finish()
        }
    }

    func wait(seconds: Int) async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let isNeeded = waiting.withLock { state in
            defer { state = (false, state.hasHint ? nil : continuation) }
            return !state.hasHint
        }
        guard isNeeded else { return }
        let timer = Task {
            try? await Task.sleep(nanoseconds: UInt64(seconds) * 1_000_000_000)
            continuation.finish()
        }
        for await _ in stream {}
        timer.cancel()
    }
}
