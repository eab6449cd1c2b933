import Kernel
import Postgres
import Runtime

/// Writes made-up areas to the database as fast as it takes them, by COPY, as the one role that may.
struct BulkLoader: Sendable {
    let database: Database

    /// Returns each person's number in the database.
    func load(_ made: MadeArea, into area: AreaID, passwords: [String: String], at now: Instant) async throws -> [Int] {
        let firstUnit = try await reserve(made.units.count, of: "unit_ids")
        let firstMember = try await reserve(made.people.count, of: "member_ids")
        _ = try await copy(
            "units (area_id, id, kind, number, name, name_en, district, size, search_text)",
            made.units.enumerated().map { index, unit in
                [
                    "\(area)", "\(firstUnit + index)", unit.kind, unit.number, unit.name, unit.nameInEnglish,
                    unit.district, unit.size, unit.searchText,
                ]
            })
        _ = try await copy(
            """
            members (area_id, id, username, title, first_name, last_name, name_en, position, unit_id, status, flags,
                password_hash, search_text, created_at)
            """,
            made.people.enumerated().map { index, person in
                [
                    "\(area)", "\(firstMember + index)", person.username, person.title, person.first.thai,
                    person.last.thai, person.nameInEnglish, person.position, "\(firstUnit + person.unit)",
                    person.status, "{\(person.flags.joined(separator: ","))}", passwords[person.username],
                    person.searchText, now.text,
                ]
            })
        return made.people.indices.map { firstMember + $0 }
    }

    func copy(_ target: String, _ rows: [[String?]]) async throws -> Int {
        let text = ByteBuffer(capacity: 1 << 20)
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index > 0 { text.append(9) }
                text.append(cell.map(escaped) ?? "\\N")
            }
            text.append(10)
        }
        let pieces = Lock<[UInt8]?>(Array(text.bytes))
        return try await database.copy("COPY \(target) FROM STDIN") {
            pieces.withLock { piece in
                defer { piece = nil }
                return piece
            }
        }
    }

    /// Numbers of our own from a sequence, so that people can name their units before either is stored.
    private func reserve(_ count: Int, of sequence: String) async throws -> Int {
        let query = Query<Int>.one("SELECT setval(\(sequence)::regclass, nextval(\(sequence)::regclass) + \(count))") {
            try $0.next()
        }
        let last = try await database.transaction(in: nil) { try await $0.run(query) }
        return last - count
    }

    private func escaped(_ text: String) -> String {
        text.utf8.contains { $0 == 92 || $0 == 9 || $0 == 10 || $0 == 13 }
            ? text.flatMap { $0 == "\\" ? "\\\\" : $0 == "\t" || $0 == "\n" ? " " : String($0) }.map(String.init)
                .joined()
            : text
    }
}
