import Glibc
import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite struct `Migrations of the schema` {
    @Test func `are applied in order, each once`() async throws {
        try await withOwnDatabase { address in
            let folder = try Folder([
                "0001_a.sql": "CREATE TABLE a (n int)", "0002_b.sql": "ALTER TABLE a ADD m int; SELECT 1;",
            ])
            let owner = try PlainSession(address)
            #expect(try folder.migrations.missing(in: owner) == 2)
            #expect(try folder.migrations.apply(as: owner) == ["0001_a.sql", "0002_b.sql"])
            #expect(try folder.migrations.apply(as: owner) == [])
            #expect(try folder.migrations.missing(in: owner) == 0)
            try folder.write("0003_c.sql", "INSERT INTO a VALUES (1, 2)")
            #expect(try folder.migrations.missing(in: owner) == 1)
            #expect(try folder.migrations.apply(as: owner) == ["0003_c.sql"])
            #expect(try owner.run("SELECT n, m FROM a") == [["1", "2"]])
        }
    }

    @Test func `must stay what they were`() async throws {
        try await withOwnDatabase { address in
            let folder = try Folder(["0001_a.sql": "CREATE TABLE a (n int)"])
            let owner = try PlainSession(address)
            _ = try folder.migrations.apply(as: owner)
            try folder.write("0001_a.sql", "CREATE TABLE a (n bigint)")
            let sentence = "0001_a.sql was changed after it had been applied"
            #expect(problem { try folder.migrations.apply(as: owner) } == sentence)
            #expect(problem { try folder.migrations.missing(in: owner) } == sentence)
        }
    }

    @Test func `that are missing here mean that a newer program has been there`() async throws {
        try await withOwnDatabase { address in
            let folder = try Folder(["0001_a.sql": "SELECT 1", "0002_b.sql": "SELECT 1"])
            let owner = try PlainSession(address)
            _ = try folder.migrations.apply(as: owner)
            let older = try Folder(["0001_a.sql": "SELECT 1"])
            let sentence =
                "the database has 0002_b.sql, which is not among our migrations: a newer program has been here"
            #expect(problem { try older.migrations.apply(as: owner) } == sentence)
        }
    }

    @Test func `that fail leave nothing of themselves, and keep those before`() async throws {
        try await withOwnDatabase { address in
            let folder = try Folder([
                "0001_a.sql": "CREATE TABLE a (n int)", "0002_b.sql": "CREATE TABLE b (n int); SELECT 1 / 0",
                "0003_c.sql": "CREATE TABLE c (n int)",
            ])
            let owner = try PlainSession(address)
            #expect(problem { try folder.migrations.apply(as: owner) } == "0002_b.sql: division by zero")
            let tables = try owner.run(
                "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relname IN ('a', 'b', 'c')")
            #expect(tables == [["a"]])
            try folder.write("0002_b.sql", "CREATE TABLE b (n int)")
            #expect(try folder.migrations.apply(as: owner) == ["0002_b.sql", "0003_c.sql"])
        }
    }

    @Test func `of several programs that start at once are applied by one`() async throws {
        try await withOwnDatabase { address in
            let folder = try Folder([
                "0001_a.sql": "CREATE TABLE a (n int); SELECT pg_sleep(0.2)", "0002_b.sql": "INSERT INTO a VALUES (1)",
            ])
            let migrations = try folder.migrations
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    group.addTask { try await Blocking.run { try migrations.apply(as: PlainSession(address)) } }
                }
                return try await group.reduce(into: []) { $0.append($1.count) }
            }
            #expect(applied.sorted() == [0, 0, 0, 2])
            #expect(try PlainSession(address).run("SELECT count(*) FROM a") == [["1"]])
        }
    }

    @Test(arguments: [
        (["0002_b.sql"], "0002_b.sql: number 1 was expected"),
        (["0001_a.sql", "0003_c.sql"], "0003_c.sql: number 2 was expected"),
        (["0001_a.sql", "0001_b.sql"], "0001_b.sql: number 2 was expected"),
        (["a.sql"], "a.sql: number 1 was expected"),
    ])
    func `are numbered without gaps`(names: [String], sentence: String) throws {
        let folder = try Folder(Dictionary(uniqueKeysWithValues: names.map { ($0, "SELECT 1") }))
        #expect(problem { try folder.migrations } == "\(folder.path)/\(sentence)")
    }

    @Test func `must be there`() throws {
        let folder = try Folder(["readme.txt": ""])
        #expect(problem { try folder.migrations } == "\(folder.path) holds no migrations")
        #expect(throws: DiskError.self) { try Migrations(in: "/nowhere") }
    }

    private func problem<Result>(_ body: () throws -> Result) -> String? {
        #expect(throws: MigrationError.self) { try body() }?.description
    }
}

/// A folder of files, gone when this is.
private final class Folder {
    let path: String

    init(_ files: [String: String]) throws {
        var template = Array("/tmp/rabrong-migrations-XXXXXX".utf8CString)
        path = String(cString: try #require(mkdtemp(&template)))
        for (name, text) in files { try write(name, text) }
    }

    deinit {
        for name in (try? Disk.names(in: path)) ?? [] { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var migrations: Migrations { get throws { try Migrations(in: path) } }

    func write(_ name: String, _ text: String) throws {
        try Disk.write(text.utf8, to: "\(path)/\(name)")
    }
}
