import Postgres
import Runtime
package import Testing

/// Gives each test a migrated database of its own, for what needs a commit: two sessions, a worker, deferred
/// constraints. It is dropped when the test ends.
package struct ClonedDatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await body() }
        await gate.enter()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await play(body))
        } catch {
            outcome = .failure(error)
        }
        await gate.leave()
        try outcome.get()
    }

    private func play(_ body: @concurrent @Sendable () async throws -> Void) async throws {
        let name = nextName.withLock { number in
            number += 1
            return "clone_\(number)"
        }
        let root = TestAddress.root
        try await Blocking.run {
            try PlainSession(root).run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
            try PlainSession(root).run(
                "CREATE DATABASE \(name) OWNER rabrong_owner TEMPLATE template0 ENCODING 'UTF8'")
            _ = try Migrations(in: "Migrations").apply(as: PlainSession("\(TestAddress.owner) dbname=\(name)"))
        }
        let loop = EventLoop()
        let address = "\(TestAddress.app) dbname=\(name)"
        let database = Database(address, on: [loop])
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await TestAddress.$own.withValue(address) {
                    try await Database.$underTest.withValue(database) { try await body() }
                })
        } catch {
            outcome = .failure(error)
        }
        await database.close()
        loop.stop()
        try await Blocking.run { _ = try PlainSession(root).run("DROP DATABASE \(name) WITH (FORCE)") }
        try outcome.get()
    }
}

extension Trait where Self == ClonedDatabaseTrait {
    package static var clonedDatabase: Self { Self() }
}

extension TestAddress {
    /// Of the database that this test has for itself.
    @TaskLocal package static var own = "dbname=none"
    /// As a superuser, who may make databases.
    fileprivate static var root: String { "\(app) dbname=postgres options=''" }
}

private let nextName = Lock(0)
private let gate = Gate(places: 4)

/// Lets a few in at once: each test takes several of the server's sessions.
private actor Gate {
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    func enter() async {
        guard places == 0 else {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty {
            places += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
