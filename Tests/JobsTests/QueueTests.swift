import Postgres
import Runtime
import TestSupport
import Testing

@testable import Jobs

@Suite(.clonedDatabase) struct `Work is queued with the deed that wants it` {
    let queue = JobQueue()

    struct Change: Error {}

    @Test func `and is there once the deed is done`() async throws {
        try await queue.database.transaction(in: 1) { transaction in
            _ = try await transaction.run(.enqueue("note", ["ชื่อ": "น้ำใจ"], in: 1, at: queue.now))
            #expect(try await queue.worker().workOnce() == 0)
        }
        #expect(try await queue.worker().workOnce() == 1)
        #expect(queue.done == [JobQueue.Done(area: 1, payload: ["ชื่อ": "น้ำใจ"], attempts: 1)])
        #expect(try await queue.worker().workOnce() == 0)
        #expect(try await queue.rows() == [])
    }

    @Test func `and never was when the deed is undone`() async throws {
        await #expect(throws: Change.self) {
            try await queue.database.transaction(in: 1) { transaction in
                _ = try await transaction.run(.enqueue("note", nil, in: 1, at: queue.now))
                throw Change()
            }
        }
        #expect(try await queue.worker().workOnce() == 0)
    }

    @Test func `for its own tenant only`() async throws {
        await #expect(throws: DatabaseError.self) {
            try await queue.database.transaction(in: 1) { transaction in
                _ = try await transaction.run(.enqueue("note", nil, in: 2, at: queue.now))
            }
        }
        try await queue.add(in: 2, 1)
        #expect(try await queue.lease(in: 1)?.id == nil)
        #expect(try await queue.lease(in: 2)?.area == 2)
    }

    @Test func `and waits until it is due`() async throws {
        try await queue.add(at: queue.now + 60)
        try await queue.add(at: queue.now)
        #expect(try await queue.worker().workOnce() == 1)
        queue.wait(59)
        #expect(try await queue.worker().workOnce() == 0)
        queue.wait(1)
        #expect(try await queue.worker().workOnce() == 1)
    }

    @Test func `and is done in every tenant, the oldest first`() async throws {
        for number in 0..<3 {
            try await queue.add(in: 1, at: queue.now + (-number), number)
            try await queue.add(in: 0, at: queue.now + (-number), 10 + number)
        }
        #expect(try await queue.worker().workOnce() == 6)
        let done = queue.done
        #expect(done.filter { $0.area == 1 }.map(\.payload) == [2, 1, 0])
        #expect(done.filter { $0.area == 0 }.map(\.payload) == [12, 11, 10])
    }
}

@Suite(.clonedDatabase, .timeLimit(.minutes(1))) struct `Several workers` {
    let queue = JobQueue()

    @Test func `never do the same job, nor wait for one another`() async throws {
        for number in 0..<60 { try await queue.add(in: number % 2, number) }
        let other = Database(TestAddress.own, on: [EventLoop()])
        // Neither goes on before the other has a job too: they really are at it together.
        let meeting = Meeting(of: 2)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for database in [queue.database, other] {
                let jobs = Lock(0)
                let worker = queue.worker(on: database) { _ in
                    let number = jobs.withLock { number in
                        number += 1
                        return number
                    }
                    if number == 1 { await meeting.arrive() }
                }
                group.addTask { try await worker.workOnce() }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.reduce(0, +) == 60)
        #expect(counts.allSatisfy { $0 > 0 })
        #expect(queue.done.map { Int($0.payload.text) ?? -1 }.sorted() == Array(0..<60))
        await other.close()
    }

    @Test func `pass a job over that another is just taking`() async throws {
        try await queue.add(1)
        try await queue.add(2)
        let now = queue.now
        try await queue.database.transaction(in: 1) { transaction in
            let first = try await transaction.run(Query.lease(in: 1, at: now, until: now + 300))
            #expect(first?.payload == 1)
            #expect(try await queue.lease()?.payload == 2)
            #expect(try await queue.lease()?.id == nil)
        }
    }

    @Test func `take over from one that died, when its lease has run out`() async throws {
        try await queue.add(1)
        #expect(try await queue.lease()?.attempts == 1)
        queue.wait(300)
        #expect(try await queue.lease()?.id == nil)
        #expect(try await queue.worker().workOnce() == 0)
        queue.wait(1)
        #expect(try await queue.worker().workOnce() == 1)
        #expect(queue.done.map(\.attempts) == [2])
    }

    @Test func `leave a job alone while it is worked on, however long that is`() async throws {
        try await queue.add(1)
        let job = try #require(try await queue.lease())
        queue.wait(299)
        let until = queue.now + 60
        _ = try await queue.database.transaction(in: 1) { try await $0.run(Query.renew(job, until: until)) }
        queue.wait(60)
        #expect(try await queue.worker().workOnce() == 0)
        queue.wait(1)
        #expect(try await queue.worker().workOnce() == 1)
    }

    @Test func `give up a job with which eight of them have died`() async throws {
        try await queue.add(1)
        for attempt in 1...8 {
            #expect(try await queue.lease()?.attempts == attempt)
            queue.wait(301)
        }
        _ = try await queue.worker().workOnce()
        #expect(queue.done == [])
        let row = try #require(await queue.rows().first)
        #expect(row.hasFailed)
        queue.wait(100_000)
        #expect(try await queue.worker().workOnce() == 0)
    }

    @Test func `work until they are told to stop`() async throws {
        let (done, doing) = AsyncStream<Int>.makeStream()
        let worker = queue.worker { doing.yield(Int($0.payload.text) ?? -1) }
        let working = Task { await worker.run() }
        var iterator = done.makeAsyncIterator()
        for number in 1...3 {
            try await queue.add(number)
            #expect(await iterator.next() == number)
        }
        working.cancel()
        await working.value
    }
}
