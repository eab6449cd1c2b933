/// Several statements that take effect together or not at all.
///
/// Queries of features are run with it; BEGIN and the tenant travel with the first of them.
package final class Transaction: @unchecked Sendable {
    // Sendable, because it is used only on its connection's loop, one statement after another.
    private let connection: Connection
    private let isRehearsal: Bool
    private var pending: [SQL]
    private var last: [SQL] = []
    private var hasBegun = false
    private var isWanted = false

    init(on connection: Connection, isRehearsal: Bool) {
        self.connection = connection
        self.isRehearsal = isRehearsal
        pending = isRehearsal ? ["RESET ROLE", "SAVEPOINT deed"] : ["BEGIN"]
    }

    /// From here on, this tenant.
    package func enter(_ tenant: Int) {
        pending.append(tenantStatement(tenant))
    }

    /// From here on as the central office: it sees what all areas have submitted, and writes in this tenant only what
    /// is the central office's to write.
    package func enterAsCentral(_ tenant: Int) {
        pending += [centralStatement, tenantStatement(tenant)]
    }

    package func run<Answer: Sendable>(_ query: Query<Answer>) async throws -> Answer {
        try query.decode(try await send([query.sql])[0])
    }

    package func run<each Answer: Sendable>(
        _ queries: repeat Query<each Answer>
    ) async throws -> (repeat each Answer) {
        var statements: [SQL] = []
        for query in repeat each queries { statements.append(query.sql) }
        var rows = try await send(statements).makeIterator()
        func decoded<One: Sendable>(_ query: Query<One>) throws -> One {
            guard let next = rows.next() else { throw DatabaseUnavailable("an answer is missing") }
            return try query.decode(next)
        }
        return (repeat try decoded(each queries))
    }

    /// What nobody waits for: it goes along with the trip that follows, which may be the one that commits.
    package func sendAlong<Answer: Sendable>(_ queries: Query<Answer>...) {
        pending += queries.map(\.sql)
        isWanted = true
    }

    /// What locks a row that all others want too: it goes along with the end, so that the row is held for no longer.
    package func sendLast<Answer: Sendable>(_ query: Query<Answer>) {
        last.append(query.sql)
        isWanted = true
    }

    /// For what returns nothing of interest.
    package func execute(_ statements: SQL...) async throws {
        _ = try await send(statements)
    }

    package func copy(_ statement: String, next: () throws -> [UInt8]?) async throws -> Int {
        _ = try await send([])
        return try await connection.copyIn(statement, next: next)
    }

    func commit() async throws {
        guard hasBegun || isWanted else { return }
        pending += last
        let rows = try await send([isRehearsal ? "RELEASE SAVEPOINT deed" : "COMMIT"])
        guard rows.last?.command != "ROLLBACK" else { throw NothingCommitted() }
    }

    func rollBack() async throws {
        guard hasBegun, !connection.isBroken else { return }
        pending = []
        _ = try await send([isRehearsal ? "ROLLBACK TO SAVEPOINT deed" : "ROLLBACK"])
    }

    private func send(_ statements: [SQL]) async throws -> [Rows] {
        let leading = pending
        pending = []
        hasBegun = true
        return Array(try await connection.run(leading + statements).dropFirst(leading.count))
    }
}

/// The body went on after a statement had failed, as if all were well: a fault of ours.
struct NothingCommitted: Error {}
