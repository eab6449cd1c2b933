package import Postgres
import Runtime
package import Testing

/// Gives each test a migrated database whose every change is undone when the test ends.
///
/// The test's transactions are savepoints inside one transaction that never commits; unless the run is to try a form
/// of real ones. Then all stays, and tests keep apart by their areas, as tenants do.
package struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await body() }
        let database = try await stage.enter()
        let outcome: Result<Void, any Error>
        do {
            if TestAddress.form == nil { try await database.startOver() }
            outcome = .success(try await Database.$underTest.withValue(database) { try await body() })
        } catch {
            outcome = .failure(error)
        }
        await stage.leave(database)
        try outcome.get()
    }
}

extension Trait where Self == DatabaseTrait {
    package static var database: Self { Self() }
}

extension Database {
    @TaskLocal package static var underTest = Database("dbname=none", on: [EventLoop()])
}

/// Where the tests' database is: `Deploy/test` makes it.
package enum TestAddress {
    package static let owner = processEnvironment()["TEST_DATABASE_OWNER"] ?? "dbname=none"
    package static let app = processEnvironment()["TEST_DATABASE_APP"] ?? "dbname=none"
    /// How transactions are made, when they are to be real.
    package static let form = processEnvironment()["TEST_DATABASE_FORM"].flatMap { Database.Form(rawValue: $0) }
    /// Whether row level security lets the tests' role pass, so that the tenant in each WHERE stands alone.
    package static let isUnlocked = processEnvironment()["TEST_DATABASE_UNLOCKED"] == "yes"
}

private let stage = Stage(sessions: 8)

/// Swift Testing starts every test at once; the stage lets only as many play as there are sessions.
private actor Stage {
    private var unopened: Int
    private var idle: [Database] = []
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(sessions: Int) {
        unopened = sessions
    }

    func enter() async throws -> Database {
        while idle.isEmpty && unopened == 0 {
            await withCheckedContinuation { waiting.append($0) }
        }
        if let database = idle.popLast() { return database }
        unopened -= 1
        guard let form = TestAddress.form else { return Database(TestAddress.app, on: [EventLoop()], rehearsing: true) }
        return Database(TestAddress.app, on: [EventLoop()], form: form)
    }

    func leave(_ database: Database) async {
        // At once, not when the session's next test begins: others may wait for the rows that this one has locked.
        // If it fails, that test will say so.
        if TestAddress.form == nil { try? await database.startOver() }
        idle.append(database)
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
}
