import CPostgres

/// A session that waits for each answer: for set-up and migrations, before anything is served.
package final class PlainSession {
    private let handle: OpaquePointer

    package init(_ address: String) throws {
        guard let handle = PQconnectdb(address) else { throw DatabaseUnavailable("out of memory") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle)).split(separator: "\n").joined(separator: " ")
            throw DatabaseUnavailable(message)
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    /// Runs any number of statements; returns the last one's rows as text.
    @discardableResult
    package func run(_ statements: String) throws -> [[String?]] {
        guard let result = PQexec(handle, statements) else { throw DatabaseUnavailable("out of memory") }
        defer { PQclear(result) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY].contains(PQresultStatus(result)) else {
            guard PQstatus(handle) == CONNECTION_OK else { throw DatabaseUnavailable("the session was lost") }
            throw DatabaseError(result)
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, row, column) == 1 ? nil : String(cString: PQgetvalue(result, row, column))
            }
        }
    }
}
