import Glibc
import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1))) struct `A trip to the database` {
    @Test func `takes many statements and brings each one's rows`() async throws {
        try await withSessions { database async throws in
            let name: String? = nil
            #expect(
                try await database.cells(
                    "SELECT \("น้ำใจ")", "SELECT \(2)::int + \(3)::int", "SELECT 1 WHERE false", "SELECT \(name)")
                    == ["น้ำใจ", "5", "no row", "NULL"])
            let rows = try await database.read([.statement("SELECT n, n * n FROM generate_series(1, \(500)::int) n")])[
                0]
            let squares = try rows.map { row in
                var cells = row
                return try cells.next(Int.self) * 1000 + cells.next(Int.self)
            }
            #expect(squares == (1...500).map { $0 * 1000 + $0 * $0 } && rows.columns == ["n", "?column?"])
        }
    }

    @Test func `brings values of every kind and back`() async throws {
        try await withSessions { database async throws in
            let texts = ["", "a\"b\\c,{d}", "NULL", "น้ำใจ", " x "]
            let instant = try #require(Instant("2026-11-21T05:39:01.123456Z"))
            let rows = try await database.read([
                .statement(
                    """
                    SELECT \(texts)::text[], \(Bytes([0, 39, 92, 255]))::bytea, \(instant)::timestamptz,
                        \(Day("2026-11-21"))::date, \(["a": [1, nil]] as JSON)::jsonb, \(true)::bool, \([Int.min, .max])::bigint[]
                    """)
            ])[0]
            var cells = try #require(rows.first)
            #expect(try cells.nextArray() == texts)
            #expect(try cells.next(Bytes.self) == Bytes([0, 39, 92, 255]))
            #expect(try cells.next(Instant.self) == instant)
            #expect(try cells.next(Day.self).text == "2026-11-21")
            #expect(try cells.next(JSON.self) == ["a": [1, nil]])
            #expect(try cells.next(Bool.self))
            #expect(try cells.nextArray(of: Int.self) == [.min, .max])
            #expect(throws: DecodingError.self) { try cells.next(Int.self) }
        }
    }

    @Test func `is one transaction`() async throws {
        for form in [Database.Form.implicit, .explicit] {
            try await withSessions(1, form: form) { database async throws in
                #expect(
                    try await database.cells(
                        "SELECT set_config('test.x', 'within', true)", "SELECT current_setting('test.x', true)")
                        == ["within", "within"])
                #expect(try await database.cell("SELECT current_setting('test.x', true)") == "")
            }
        }
    }

    @Test func `prepares each statement once a session`() async throws {
        try await withSessions(1) { database async throws in
            for number in 1...3 { #expect(try await database.cell("SELECT \(number)::int") == String(number)) }
            let count = try await database.cell(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1::int'")
            #expect(count == "1")
        }
    }

    @Test func `ends at the first statement that fails, and the session is good for the next`() async throws {
        try await withSessions(1) { database async throws in
            for _ in 0..<2 {
                // The last is new, so its preparation is skipped too; it must be made up for.
                let error = await #expect(throws: DatabaseError.self) {
                    try await database.cells("SELECT 1", "SELECT 1 / \(0)::int", "SELECT \(7)::int + 1")
                }
                #expect(error?.state == "22012" && error?.message == "division by zero")
            }
            #expect(try await database.cells("SELECT \(7)::int + 1", "SELECT 1 / \(1)::int") == ["8", "1"])
            await #expect(throws: DatabaseError.self) { try await database.cell("SELEC") }
            #expect(try await database.cell("SELECT pg_backend_pid() IS NOT NULL") == "t")
        }
    }

    @Test func `may be one of many at once`() async throws {
        try await withSessions(3) { database async throws in
            let sums = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<60 {
                    group.addTask { Int(try await database.cell("SELECT \(number)::int * 2")) ?? -1 }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(sums.sorted() == (0..<60).map { $0 * 2 })
            #expect(
                try await Int(database.cell("SELECT count(*) FROM pg_stat_activity WHERE pid = pg_backend_pid()")) == 1)
        }
    }

    @Test func `reads only, where its transaction is spelled out`() async throws {
        try await withOwnDatabase { address in
            try await withSessions(1, to: address, form: .explicit) { database async throws in
                let error = await #expect(throws: DatabaseError.self) {
                    try await database.cell("CREATE TABLE t (a int)")
                }
                #expect(error?.state == "25006")
                #expect(try await database.cell("SELECT 1") == "1")
            }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A session that is lost` {
    @Test func `is replaced unnoticed when it was idle`() async throws {
        try await withSessions(1) { database async throws in
            let first = try await database.cell("SELECT pg_backend_pid()")
            try terminate(first)
            let second = try await database.cell("SELECT pg_backend_pid()")
            #expect(first != second)
            #expect(try await database.cell("SELECT pg_backend_pid()") == second)
        }
    }

    @Test func `is replaced within a trip that only reads, once`() async throws {
        try await withSessions(1) { database async throws in
            // Ends its own session, so that the fresh one is lost too.
            await #expect(throws: (any Error).self) {
                try await database.cell("SELECT pg_terminate_backend(pg_backend_pid())")
            }
            #expect(try await database.cell("SELECT 1") == "1")
        }
    }

    @Test func `ends its transaction, which is not tried again`() async throws {
        try await withOwnDatabase { address in
            try await withSessions(1, to: address) { database async throws in
                try await database.transaction(in: nil) { try await $0.execute("CREATE TABLE t (a int)") }
                await #expect(throws: DatabaseUnavailable.self) {
                    try await database.transaction(in: nil) { transaction in
                        try await transaction.execute("INSERT INTO t VALUES (1)")
                        let pid = try await transaction.run(
                            Query<Int>.one("SELECT pg_backend_pid()") { try $0.next() })
                        try terminate(String(pid))
                        try await transaction.execute("INSERT INTO t VALUES (2)")
                    }
                }
                #expect(try await database.cell("SELECT count(*) FROM t") == "0")
            }
        }
    }

    @Test func `is told of when the server takes the connection and says nothing`() async throws {
        let mute = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(mute) }
        let port = listen(mute, 8) == 0 ? givenPort(of: mute) : 0
        let loop = EventLoop()
        defer { loop.stop() }
        let address = "host=127.0.0.1 port=\(port) user=nobody dbname=none"
        let pool = Pool(address: address, loop: loop, limits: Pool.Limits(connectSeconds: 0))
        let error = await #expect(throws: DatabaseUnavailable.self) {
            try await loop.run { _ = try await pool.lease() }
        }
        #expect(error?.description == "the server didn't answer in 0 seconds")
    }

    @Test func `by our own doing leaves nobody waiting`() async throws {
        try await withSessions(1) { database async throws in
            let pid = try await database.cell("SELECT pg_backend_pid()")
            let task = Task { try await database.cell("SELECT pg_sleep(30)") }
            try await untilAsleep(pid)
            await database.close()
            await #expect(throws: DatabaseUnavailable.self) { try await task.value }
        }
    }

    @Test func `is told of at once while the server is away`() async throws {
        try await withSessions(to: "host=/nowhere") { database async throws in
            for _ in 0..<3 {
                await #expect(throws: DatabaseUnavailable.self) { try await database.cell("SELECT 1") }
            }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `What goes along with the next trip` {
    private func insert(_ number: Int) -> Query<Int> { .deed("INSERT INTO t VALUES (\(number))") }

    @Test func `is done before it, or with the end`() async throws {
        try await withOwnDatabase { address in
            try await withSessions(1, to: address) { database async throws in
                try await database.transaction(in: nil) { try await $0.execute("CREATE TABLE t (a int UNIQUE)") }
                let count = Query<Int>.one("SELECT count(*) FROM t") { try $0.next() }
                try await database.transaction(in: nil) { transaction in
                    transaction.sendAlong(insert(1), insert(2))
                    let there = try await transaction.run(count)
                    #expect(there == 2)
                    transaction.sendAlong(insert(3))
                }
                try await database.transaction(in: nil) { $0.sendAlong(insert(4)) }
                #expect(try await database.cell("SELECT string_agg(a::text, ' ' ORDER BY a) FROM t") == "1 2 3 4")
            }
        }
    }

    @Test func `undoes all when it fails`() async throws {
        try await withOwnDatabase { address in
            try await withSessions(1, to: address) { database async throws in
                try await database.transaction(in: nil) { try await $0.execute("CREATE TABLE t (a int UNIQUE)") }
                await #expect(throws: DatabaseError.self) {
                    try await database.transaction(in: nil) { transaction in
                        _ = try await transaction.run(insert(1))
                        transaction.sendAlong(insert(1))
                    }
                }
                #expect(try await database.cell("SELECT count(*) FROM t") == "0")
            }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A statement that takes too long` {
    @Test func `is cancelled by the server`() async throws {
        try await withSessions(1, answerSeconds: 0) { database async throws in
            let pid = try? await database.cell("SELECT pg_backend_pid()")
            let error = await #expect(throws: DatabaseError.self) { try await database.cell("SELECT pg_sleep(30)") }
            #expect(error?.state == "57014")
            // A second cancellation might still be on its way to that session.
            #expect(try await database.cell("SELECT pg_backend_pid()") != pid)
        }
    }

    @Test func `is cancelled when nobody waits for it`() async throws {
        try await withSessions(1) { database async throws in
            let pid = try await database.cell("SELECT pg_backend_pid()")
            let task = Task { try await database.cell("SELECT pg_sleep(30)") }
            try await untilAsleep(pid)
            task.cancel()
            await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(try await database.cell("SELECT 1") == "1")
        }
    }

    @Test func `makes others wait only so long`() async throws {
        let loop = EventLoop()
        defer { loop.stop() }
        let pool = Pool(address: TestAddress.owner, loop: loop, limits: Pool.Limits(sessions: 1, waitSeconds: 0))
        try await loop.run {
            let connection = try await pool.lease()
            await #expect(throws: DatabaseUnavailable.self) { _ = try await pool.lease() }
            pool.giveBack(connection)
            #expect(try await pool.lease() === connection)
            pool.closeAll()
        }
    }

    @Test func `a session is handed on to who waits for it`() async throws {
        try await withSessions(1) { database async throws in
            async let slow = database.cell("SELECT 1 FROM pg_sleep(0.2)")
            async let next = database.cell("SELECT 2")
            async let last = database.cell("SELECT 3")
            #expect(try await [slow, next, last] == ["1", "2", "3"])
        }
    }
}

/// Returns when the session of that number sleeps.
private func untilAsleep(_ pid: String) async throws {
    let observer = try PlainSession(TestAddress.owner)
    let sleeping = "SELECT FROM pg_stat_activity WHERE pid = \(pid) AND query LIKE '%pg_sleep%' AND state = 'active'"
    while try observer.run(sleeping).isEmpty { await Task.yield() }
}

private func givenPort(of socket: Int32) -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
}
