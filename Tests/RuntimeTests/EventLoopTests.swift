import Glibc
import Testing

@testable import Runtime

@Suite struct `Work stays where it was put` {
    @Test func `a loop runs what it is given, also after a suspension`() async {
        let loop = EventLoop()
        defer { loop.stop() }
        #expect(!loop.isCurrent)
        for _ in 0..<100 {
            let places = await loop.run {
                var places = [loop.isCurrent]
                await Task.yield()
                places.append(loop.isCurrent)
                try? await Blocking.run {}
                places.append(loop.isCurrent)
                try? await Task.sleep(nanoseconds: 1)
                places.append(loop.isCurrent)
                return places
            }
            guard places == [true, true, true, true] else {
                Issue.record("was on the loop: \(places)")
                return
            }
        }
    }

    @Test func `children of a task on a loop are on it too`() async {
        let loop = EventLoop()
        defer { loop.stop() }
        let places = await loop.run {
            async let other = isThere(loop)
            let places = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 { group.addTask { loop.isCurrent } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            return places + [await other]
        }
        #expect(places == [true, true, true, true, true])
    }

    @Test func `from one loop to another and back`() async {
        let (first, second) = (EventLoop(), EventLoop())
        defer {
            first.stop()
            second.stop()
        }
        let places = await first.run {
            let there = await second.run { second.isCurrent && !first.isCurrent }
            return (there, first.isCurrent)
        }
        #expect(places == (true, true))
    }

    @Test func `a loop knows the time before its first turn`() {
        let before = monotonicSeconds()
        let loop = EventLoop()
        #expect((before...monotonicSeconds()).contains(loop.seconds))
        loop.stop()
    }

    @Test func `errors come out as they went in`() async {
        let loop = EventLoop()
        defer { loop.stop() }
        await #expect(throws: DiskError.self) { try await loop.run { throw DiskError(path: "/x", code: EACCES) } }
    }

    private func isThere(_ loop: EventLoop) async -> Bool { loop.isCurrent }
}

@Suite struct `A loop tells of its descriptors` {
    @Test func `when there is something to read`() async {
        let loop = EventLoop()
        defer { loop.stop() }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (source, sink) = (ends[0], ends[1])
        let (news, teller) = AsyncStream.makeStream(of: Bool.self)
        let handler = Handler { events in teller.yield(events.contains(.readable) && loop.isCurrent) }
        await loop.run { loop.add(source, .readable, handler) }
        _ = write(sink, "x", 1)
        var iterator = news.makeAsyncIterator()
        #expect(await iterator.next() == true)
        await loop.run { loop.remove(source) }
        close(source)
        close(sink)
    }
}

@Suite struct `Blocking work` {
    @Test func `runs beside the loop, more of it than there are threads`() async throws {
        let loop = EventLoop()
        defer { loop.stop() }
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<40 {
                group.addTask { try await Blocking.run { loop.isCurrent ? -1 : number } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.sorted() == Array(0..<40))
    }

    @Test func `at most four run at once`() async throws {
        let counts = Counts()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<24 { group.addTask { try await Blocking.run { counts.work() } } }
            try await group.waitForAll()
        }
        // Other tests' work may hold some of the threads.
        #expect((1...4).contains(counts.highest))
    }

    @Test func `throws what its body throws`() async {
        await #expect(throws: DiskError.self) { try await Blocking.run { throw DiskError.last("/x") } }
    }
}

private final class Handler: EventHandler, Sendable {
    let body: @Sendable (Events) -> Void

    init(_ body: @escaping @Sendable (Events) -> Void) { self.body = body }

    func handle(_ events: Events) { body(events) }
}

private final class Counts: Sendable {
    private let state = Lock((running: 0, most: 0))

    func work() {
        state.withLock {
            $0.running += 1
            $0.most = max($0.most, $0.running)
        }
        usleep(2000)
        state.withLock { $0.running -= 1 }
    }

    var highest: Int { state.withLock { $0.most } }
}
