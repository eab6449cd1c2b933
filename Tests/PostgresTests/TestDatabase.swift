import Runtime
import TestSupport

@testable import Postgres

/// A database of its own, gone when `body` has ended; `body` gets the owner's address of it.
func withOwnDatabase<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let name = "test_\(UInt32.random(in: 0 ... .max))"
    let root = try PlainSession("\(TestAddress.app) options='' dbname=postgres")
    try root.run("CREATE DATABASE \(name) OWNER rabrong_owner TEMPLATE template0")
    defer { _ = try? root.run("DROP DATABASE \(name) WITH (FORCE)") }
    return try await body("\(TestAddress.owner) dbname=\(name)")
}

/// Sessions on a loop of their own, as many as are allowed.
func withSessions<Result>(
    _ count: Int = 2, to address: String = TestAddress.owner, form: Database.Form = .implicit, answerSeconds: Int = 20,
    _ body: (Database) async throws -> Result
) async throws -> Result {
    let loop = EventLoop()
    defer { loop.stop() }
    let database = Database(
        address, on: [loop], form: form, sessionsPerLoop: count, answerSeconds: answerSeconds)
    do {
        let result = try await body(database)
        await database.close()
        return result
    } catch {
        await database.close()
        throw error
    }
}

extension Database {
    /// The first cell that a statement returns.
    func cell(_ sql: SQL) async throws -> String {
        guard var cells = try await read([.statement(sql)])[0].first else { return "no row" }
        return try cells.nextIfAny() ?? "NULL"
    }

    func cells(_ statements: SQL...) async throws -> [String] {
        try await read(statements.map { .statement($0) }).map { rows in
            guard var cells = rows.first else { return "no row" }
            return try cells.nextIfAny() ?? "NULL"
        }
    }
}

/// Ends a session from outside, and waits until it is gone.
func terminate(_ pid: String) throws {
    let session = try PlainSession(TestAddress.owner)
    try session.run("SELECT pg_terminate_backend(\(pid), 5000)")
}
