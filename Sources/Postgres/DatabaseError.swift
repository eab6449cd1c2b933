import CPostgres

/// What PostgreSQL said went wrong with a statement.
package struct DatabaseError: Error, CustomStringConvertible {
    package var state: String
    package var message: String
    /// The constraint that was broken, without the shard number that Citus appends.
    package var constraint: String?

    package var description: String { "\(message) (SQLSTATE \(state))" }

    init(_ result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        state = field("C") ?? ""
        message = field("M") ?? String(cString: PQresultErrorMessage(result))
        constraint = field("n").map(Self.withoutShard)
    }

    private static func withoutShard(_ name: String) -> String {
        guard let underscore = name.lastIndex(of: "_") else { return name }
        let tail = name[name.index(after: underscore)...]
        let isShard = tail.utf8.count >= 5 && tail.utf8.allSatisfy { (48...57).contains($0) }
        return isShard ? String(name[..<underscore]) : name
    }

    /// The statement was right, but the server or the moment wasn't: worth another try.
    package var isPassing: Bool {
        ["40001", "40P01", "25006", "57P01", "57P02", "57P03", "55P03"].contains(state)
    }
}

/// The database can't be reached, or was lost on the way. Whether a COMMIT that was under way took effect is unknown.
package struct DatabaseUnavailable: Error, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}
