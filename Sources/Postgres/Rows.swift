import CPostgres

/// What one statement returned. Cells are read in place, in the order in which the statement lists them.
package final class Rows: @unchecked Sendable, Sequence {
    // Sendable, because a PGresult is never changed once it is complete.
    private let result: OpaquePointer
    package let count: Int
    fileprivate let width: Int32
    /// Rows inserted, updated, deleted or returned.
    package let affected: Int

    init(_ result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
        width = PQnfields(result)
        affected = Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    deinit { PQclear(result) }

    /// What the server did; a COMMIT of what has failed is answered with ROLLBACK, which is no error to it.
    var command: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

    package var columns: [String] {
        (0..<width).map { String(cString: PQfname(result, $0)) }
    }

    package func makeIterator() -> some IteratorProtocol<Cells> {
        (0..<count).lazy.map { Cells(self, row: Int32($0)) }.makeIterator()
    }

    package var first: Cells? { count > 0 ? Cells(self, row: 0) : nil }

    /// Nil for NULL.
    fileprivate func bytes(_ row: Int32, _ column: Int32) -> UnsafeBufferPointer<UInt8>? {
        let count = Int(PQgetlength(result, row, column))
        // NULL has no length: only what is empty need be asked about.
        if count == 0, PQgetisnull(result, row, column) == 1 { return nil }
        let start = UnsafeRawPointer(PQgetvalue(result, row, column))?.assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: count)
    }
}

/// One row, cell after cell.
package struct Cells {
    private let rows: Rows
    private let row: Int32
    private var column: Int32 = 0

    fileprivate init(_ rows: Rows, row: Int32) {
        self.rows = rows
        self.row = row
    }

    package mutating func next<Value: SQLValue>(_ type: Value.Type = Value.self) throws -> Value {
        guard let bytes = try nextBytes() else { throw DecodingError() }
        return try Value(sqlBytes: bytes)
    }

    package mutating func nextIfAny<Value: SQLValue>(_ type: Value.Type = Value.self) throws -> Value? {
        guard let bytes = try nextBytes() else { return nil }
        return try Value(sqlBytes: bytes)
    }

    package mutating func nextArray() throws -> [String] {
        guard let bytes = try nextBytes() else { throw DecodingError() }
        return arrayElements(bytes)
    }

    package mutating func nextArray<Value: SQLValue>(of type: Value.Type) throws -> [Value] {
        try nextArray().map { element in
            guard let value = Value(sqlText: element) else { throw DecodingError() }
            return value
        }
    }

    /// The next cell's bytes; nil for NULL.
    private mutating func nextBytes() throws -> UnsafeBufferPointer<UInt8>? {
        guard column < rows.width else { throw DecodingError() }
        defer { column += 1 }
        return rows.bytes(row, column)
    }
}

/// A cell doesn't hold what the code takes it for: a fault of ours.
package struct DecodingError: Error {
    package init() {}
}

/// A statement together with what its rows mean. Pages send several at once, in one trip.
package struct Query<Answer: Sendable>: Sendable {
    package var sql: SQL
    package var decode: @Sendable (Rows) throws -> Answer

    package init(_ sql: SQL, decode: @escaping @Sendable (Rows) throws -> Answer) {
        self.sql = sql
        self.decode = decode
    }

    /// All rows, each read by `each`.
    package static func all<Element: Sendable>(
        _ sql: SQL, each: @escaping @Sendable (inout Cells) throws -> Element
    ) -> Query where Answer == [Element] {
        Query(sql) { rows in
            var elements: [Element] = []
            elements.reserveCapacity(rows.count)
            for var cells in rows { elements.append(try each(&cells)) }
            return elements
        }
    }

    /// The first row, if there is one.
    package static func first<Element: Sendable>(
        _ sql: SQL, each: @escaping @Sendable (inout Cells) throws -> Element
    ) -> Query where Answer == Element? {
        Query(sql) { rows in
            guard var cells = rows.first else { return nil }
            return try each(&cells)
        }
    }

    /// The one row that such a statement always returns.
    package static func one(
        _ sql: SQL, each: @escaping @Sendable (inout Cells) throws -> Answer
    ) -> Query {
        Query(sql) { rows in
            guard var cells = rows.first else { throw DecodingError() }
            return try each(&cells)
        }
    }
}

extension Query where Answer == Int {
    /// How many rows the statement touched.
    package static func deed(_ sql: SQL) -> Query {
        Query(sql) { $0.affected }
    }
}
