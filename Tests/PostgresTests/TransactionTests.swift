import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1))) struct `A transaction` {
    @Test func `takes effect as a whole`() async throws {
        try await withTable { database async throws in
            let counts = try await database.transaction(in: nil) { transaction in
                try await transaction.execute("INSERT INTO t VALUES (\(1))", "INSERT INTO t VALUES (\(2))")
                return try await transaction.run(
                    Query.deed("UPDATE t SET a = a + 1"), Query<Int>.one("SELECT sum(a) FROM t") { try $0.next() })
            }
            #expect(counts == (2, 5))
            #expect(try await database.cell("SELECT string_agg(a::text, ' ' ORDER BY a) FROM t") == "2 3")
        }
    }

    @Test func `leaves nothing when it throws`() async throws {
        struct Problem: Error {}
        try await withTable { database async throws in
            let session = try await database.cell("SELECT pg_backend_pid()")
            await #expect(throws: Problem.self) {
                try await database.transaction(in: nil) { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    throw Problem()
                }
            }
            #expect(try await database.cell("SELECT count(*) FROM t") == "0")
            #expect(try await database.cell("SELECT pg_backend_pid()") == session)
        }
    }

    @Test func `leaves nothing when a statement fails, and names the constraint`() async throws {
        try await withTable { database async throws in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.transaction(in: nil) { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    try await transaction.execute("INSERT INTO t VALUES (-1)")
                }
            }
            #expect(error?.constraint == "t_positive" && error?.state == "23514")
            let shard = await #expect(throws: DatabaseError.self) {
                try await database.transaction(in: nil) { try await $0.execute("INSERT INTO t VALUES (100)") }
            }
            #expect(shard?.constraint == "t_small")
            #expect(try await database.cell("SELECT count(*) FROM t") == "0")
        }
    }

    @Test func `leaves nothing when its constraints fail at the end`() async throws {
        try await withTable { database async throws in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.transaction(in: nil) { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (7)", "INSERT INTO t VALUES (7)")
                }
            }
            #expect(error?.constraint == "t_once")
            #expect(try await database.cell("SELECT count(*) FROM t") == "0")
            let state = try await database.cell("SELECT state FROM pg_stat_activity WHERE pid = pg_backend_pid()")
            #expect(state == "active")
        }
    }

    @Test func `whose body swallowed an error does not pass for done`() async throws {
        try await withTable { database async throws in
            await #expect(throws: NothingCommitted.self) {
                try await database.transaction(in: nil) { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    _ = try? await transaction.execute("INSERT INTO t VALUES (-1)")
                }
            }
            #expect(try await database.cell("SELECT count(*) FROM t") == "0")
        }
    }

    @Test func `sends nothing when it does nothing`() async throws {
        try await withTable { database async throws in
            _ = try await database.cell("SELECT 1")
            let before = await database.statementCount
            try await database.transaction(in: nil) { _ in }
            #expect(await database.statementCount == before)
        }
    }

    private func withTable(_ body: (Database) async throws -> Void) async throws {
        try await withOwnDatabase { address in
            let owner = try PlainSession(address)
            try owner.run(
                """
                CREATE TABLE t (
                    a int,
                    CONSTRAINT t_positive CHECK (a > 0),
                    CONSTRAINT t_small_102008 CHECK (a < 100),
                    CONSTRAINT t_once UNIQUE (a) DEFERRABLE INITIALLY DEFERRED
                )
                """)
            try await withSessions(1, to: address, body)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Rows in bulk` {
    @Test func `arrive as they were, many more than fit at once`() async throws {
        try await withTable { database async throws in
            let chunks = Chunks(count: 200) { number in
                (0..<500).map { "\(number * 500 + $0)\tน้ำใจ \\\\ \\t\(String(repeating: "x", count: 60))\n" }.joined()
            }
            #expect(try await database.copy("COPY b FROM STDIN", next: chunks.next) == 100_000)
            #expect(try await database.cell("SELECT sum(n) FROM b") == "4999950000")
            #expect(
                try await database.cell("SELECT name FROM b WHERE n = 7") == "น้ำใจ \\ \t"
                    + String(repeating: "x", count: 60))
        }
    }

    @Test func `are none when their maker fails`() async throws {
        struct Problem: Error {}
        try await withTable { database async throws in
            let chunks = Chunks(count: 3) { number in
                if number == 2 { throw Problem() }
                return "\(number)\tx\n"
            }
            await #expect(throws: Problem.self) { try await database.copy("COPY b FROM STDIN", next: chunks.next) }
            #expect(try await database.cell("SELECT count(*) FROM b") == "0")
        }
    }

    @Test func `are none when one is wrong`() async throws {
        try await withTable { database async throws in
            let chunks = Chunks(count: 3) { $0 == 1 ? "one\tx\n" : "1\tx\n" }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.copy("COPY b FROM STDIN", next: chunks.next)
            }
            #expect(error?.state == "22P02")
            #expect(try await database.cell("SELECT count(*) FROM b") == "0")
            await #expect(throws: DatabaseError.self) { try await database.copy("COPY nowhere FROM STDIN") { nil } }
            #expect(try await database.cell("SELECT count(*) FROM b") == "0")
        }
    }

    @Test func `belong to their transaction`() async throws {
        struct Problem: Error {}
        try await withTable { database async throws in
            await #expect(throws: Problem.self) {
                try await database.transaction(in: nil) { transaction in
                    let chunks = Chunks(count: 2) { "\($0)\tx\n" }
                    #expect(try await transaction.copy("COPY b FROM STDIN", next: chunks.next) == 2)
                    let count = try await transaction.run(Query<Int>.one("SELECT count(*) FROM b") { try $0.next() })
                    #expect(count == 2)
                    throw Problem()
                }
            }
            #expect(try await database.cell("SELECT count(*) FROM b") == "0")
        }
    }

    private func withTable(_ body: (Database) async throws -> Void) async throws {
        try await withOwnDatabase { address in
            try PlainSession(address).run("CREATE TABLE b (n int, name text)")
            try await withSessions(1, to: address, body)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Who listens` {
    @Test func `hears, and is told when the session is lost`() async throws {
        try await withOwnDatabase { address in
            try await withSessions(1, to: address) { database async throws in
                let (news, teller) = AsyncStream.makeStream(of: String.self)
                async let listening: Void = database.listen(to: "test_news") { teller.yield($0) }
                let other = try PlainSession(address)
                let listener = "SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN test_news' AND state = 'idle'"
                while try other.run(listener).isEmpty { await Task.yield() }
                try other.run("NOTIFY test_news, 'หนึ่ง'; NOTIFY test_other, 'x'; NOTIFY test_news, 'two'")
                var heard = news.makeAsyncIterator()
                #expect(await heard.next() == "หนึ่ง")
                #expect(await heard.next() == "two")
                try terminate(try #require(other.run(listener).first?[0]))
                try await listening
            }
        }
    }
}

/// Text in pieces, for COPY.
private final class Chunks: Sendable {
    private let sent = Lock(0)
    private let count: Int
    private let make: @Sendable (Int) throws -> String

    init(count: Int, _ make: @escaping @Sendable (Int) throws -> String) {
        self.count = count
        self.make = make
    }

    @Sendable func next() throws -> [UInt8]? {
        let number = sent.withLock { sent in
            sent += 1
            return sent - 1
        }
        return number < count ? Array(try make(number).utf8) : nil
    }
}
