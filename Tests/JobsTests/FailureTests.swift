import Postgres
import Runtime
import TestSupport
import Testing

@testable import Jobs

@Suite(.clonedDatabase) struct `A job that fails` {
    let queue = JobQueue()

    struct Away: Error {}

    @Test func `is tried again after a pause that grows, and given up after eight attempts`() async throws {
        try await queue.add(1)
        let worker = queue.worker { _ in throw Away() }
        for (attempt, pause) in [30, 60, 120, 240, 480, 960, 1920].enumerated() {
            #expect(try await worker.workOnce() == 1)
            #expect(try await queue.rows() == [JobQueue.Row(attempts: attempt + 1, error: "Away()", hasFailed: false)])
            queue.wait(pause - 1)
            #expect(try await worker.workOnce() == 0)
            queue.wait(1)
        }
        #expect(try await worker.workOnce() == 1)
        #expect(try await queue.rows() == [JobQueue.Row(attempts: 8, error: "Away()", hasFailed: true)])
        queue.wait(1_000_000)
        #expect(try await worker.workOnce() == 0)
        #expect(try await queue.failures() == 1)
        #expect(Worker.pause(after: 8) == 3600 && Worker.pause(after: 100) == 3600)
    }

    @Test func `leaves the others to be done`() async throws {
        try await queue.add(1)
        try await queue.add(2)
        try await queue.add(in: 0, 3)
        let worker = queue.worker { job in if job.payload == 1 { throw Away() } }
        #expect(try await worker.workOnce() == 3)
        #expect(queue.done.map { Int($0.payload.text) ?? -1 }.sorted() == [2, 3])
    }

    @Test func `once and then succeeds is gone`() async throws {
        try await queue.add(1)
        #expect(try await queue.worker { if $0.attempts == 1 { throw Away() } }.workOnce() == 1)
        queue.wait(30)
        #expect(try await queue.worker().workOnce() == 1)
        #expect(try await queue.rows() == [])
    }

    @Test func `for want of anybody who knows its kind waits for a newer program`() async throws {
        try await queue.add(1)
        #expect(try await Worker(queue.database, [], clock: { queue.now }).workOnce() == 1)
        #expect(try await queue.rows().map(\.hasFailed) == [false])
        queue.wait(30)
        #expect(try await queue.worker().workOnce() == 1)
        #expect(queue.done.count == 1)
    }
}

@Suite(.clonedDatabase) struct `A job that comes again` {
    let queue = JobQueue()

    struct Away: Error {}

    @Test func `is due again when its time has passed`() async throws {
        try await queue.add(1)
        let worker = queue.worker(every: 3600)
        for _ in 0..<3 {
            #expect(try await worker.workOnce() == 1)
            queue.wait(3599)
            #expect(try await worker.workOnce() == 0)
            queue.wait(1)
        }
        #expect(queue.done.map(\.attempts) == [1, 1, 1])
    }

    @Test func `is tried sooner after a failure, of which nothing is left when it succeeds`() async throws {
        try await queue.add(1)
        #expect(try await queue.worker(every: 3600) { _ in throw Away() }.workOnce() == 1)
        queue.wait(30)
        #expect(try await queue.worker(every: 3600).workOnce() == 1)
        #expect(try await queue.rows() == [JobQueue.Row(attempts: 0, error: nil, hasFailed: false)])
    }
}
