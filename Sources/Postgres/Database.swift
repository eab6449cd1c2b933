package import Runtime

/// The one way to PostgreSQL. Whoever asks names the tenant, and the database sees to it that nothing of another
/// tenant is touched.
package struct Database: Sendable {
    /// How a page's statements become one transaction.
    package enum Form: String, Sendable {
        /// A pipeline without BEGIN is a transaction of its own: 29 % more pages a second than with.
        case implicit
        /// BEGIN and COMMIT around, in the same pipeline: what Citus needs.
        case explicit
    }

    let pools: [Pool]
    let form: Form
    /// In tests: everything happens inside one transaction that never commits.
    let isRehearsal: Bool

    package init(
        _ address: String, on loops: [EventLoop], form: Form = .implicit, sessionsPerLoop: Int = 6,
        answerSeconds: Int = 20, rehearsing: Bool = false
    ) {
        let limits = Pool.Limits(
            sessions: rehearsing ? 1 : sessionsPerLoop, answerSeconds: answerSeconds,
            keepsTransaction: rehearsing)
        pools = loops.map { Pool(address: address, loop: $0, limits: limits) }
        self.form = form
        isRehearsal = rehearsing
    }

    /// Sends all parts in one trip and returns what each statement returned. It may be sent twice when the session
    /// turns out to be dead, so it is for reading.
    package func read(_ parts: [Part]) async throws -> [Rows] {
        let framed = frame(parts)
        let rows = try await onPool { pool in
            var connection = try await pool.lease()
            do {
                defer { pool.giveBack(connection) }
                return try await connection.run(framed)
            } catch is DatabaseUnavailable where connection.isBroken && !isRehearsal {
                // An idle session dies unnoticed with its server; a fresh one tells whether the server is back.
                try Task.checkCancellation()
            } catch {
                if isRehearsal { try await undo(on: connection) }
                throw error
            }
            connection = try await pool.lease()
            defer { pool.giveBack(connection) }
            return try await connection.run(framed)
        }
        return zip(rows.dropFirst(leading), parts).compactMap { $1.isStatement ? $0 : nil }
    }

    /// Runs several trips as one transaction: all of it happens, or nothing.
    package func transaction<Result: Sendable>(
        in tenant: Int?, _ body: @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        try await onPool { pool in
            let connection = try await pool.lease()
            defer { pool.giveBack(connection) }
            let transaction = Transaction(on: connection, isRehearsal: isRehearsal)
            if let tenant { transaction.enter(tenant) }
            do {
                let result = try await body(transaction)
                try await transaction.commit()
                return result
            } catch {
                // The first error is the one to tell; a session that can't roll back is not used again.
                try? await transaction.rollBack()
                throw error
            }
        }
    }

    /// Loads rows in bulk, in COPY's text form. Only a role that row level security lets pass may.
    package func copy(_ statement: String, next: @Sendable () throws -> [UInt8]?) async throws -> Int {
        try await onPool { pool in
            let connection = try await pool.lease()
            defer { pool.giveBack(connection) }
            return try await connection.copyIn(statement, next: next)
        }
    }

    /// Listens on a channel for as long as the session lives; returns when it is lost.
    package func listen(to channel: StaticString, _ heard: @escaping @Sendable (String) -> Void) async throws {
        try await onPool { pool in
            let connection = try await pool.lease()
            defer {
                connection.close()
                pool.giveBack(connection)
            }
            let (lost, signal) = AsyncStream<Void>.makeStream()
            connection.whenNotified = heard
            connection.whenLost = { signal.finish() }
            _ = try await connection.run([SQL(stringLiteral: "LISTEN \(channel)")])
            for await _ in lost {}
        }
    }

    /// In tests: forgets all that was done, and begins anew.
    package func startOver() async throws {
        try await onPool { pool in
            let connection = try await pool.lease()
            defer { pool.giveBack(connection) }
            if connection.isInTransaction { _ = try await connection.run(["ROLLBACK"]) }
            _ = try await connection.run(["BEGIN"])
        }
    }

    /// How many statements this has sent so far.
    package var statementCount: Int {
        get async {
            var count = 0
            for pool in pools { count += await pool.loop.run { pool.statementCount } }
            return count
        }
    }

    package func close() async {
        for pool in pools { await pool.loop.run { pool.closeAll() } }
    }

    private var leading: Int { isRehearsal ? 2 : form == .explicit ? 1 : 0 }

    private func frame(_ parts: [Part]) -> [SQL] {
        let statements = parts.map(\.sql)
        if isRehearsal { return ["RESET ROLE", "SAVEPOINT page"] + statements + ["RELEASE SAVEPOINT page"] }
        return form == .explicit ? ["BEGIN READ ONLY"] + statements + ["COMMIT"] : statements
    }

    private func undo(on connection: Connection) async throws {
        _ = try await connection.run(["ROLLBACK TO SAVEPOINT page"])
    }

    private func onPool<Result: Sendable>(_ body: @Sendable (Pool) async throws -> Result) async throws -> Result {
        let pool = pools.first { $0.loop.isCurrent } ?? pools[0]
        return try await pool.loop.run { try await body(pool) }
    }
}

extension Database {
    /// One step of a page's trip.
    package enum Part: Sendable {
        /// From here on, this tenant.
        case tenant(Int)
        /// From here on as the central office, which sees what all areas have submitted.
        case central
        case statement(SQL)

        var sql: SQL {
            switch self {
            case .tenant(let tenant): tenantStatement(tenant)
            case .central: centralStatement
            case .statement(let sql): sql
            }
        }

        var isStatement: Bool {
            if case .statement = self { return true }
            return false
        }
    }
}

/// The one place where the tenant is set; it holds until the transaction ends.
func tenantStatement(_ tenant: Int) -> SQL {
    "SELECT app.set_area(\(tenant))"
}

/// The one place where the role changes; it holds until the transaction ends, as the tenant does.
let centralStatement: SQL = "SELECT set_config('role', 'rabrong_central', true)"
