import Runtime
import Secrets

/// Why the schema can't be brought up to date: one sentence for the operator.
package struct MigrationError: Error, CustomStringConvertible {
    package var description: String
}

/// The numbered SQL files that make the schema, forward only. Once applied, a file must stay what it was.
package struct Migrations {
    private struct File {
        var number: Int
        var name: String
        var text: String
        var checksum: String
    }

    private let files: [File]

    /// Reads `0001_name.sql` and so on; the numbers must follow one another.
    package init(in folder: String) throws {
        files = try Disk.names(in: folder).filter { $0.hasSuffix(".sql") }.enumerated().map { index, name in
            guard let number = Int(name.prefix(4)), number == index + 1 else {
                throw MigrationError(description: "\(folder)/\(name): number \(index + 1) was expected")
            }
            let text = try Disk.readText("\(folder)/\(name)")
            return File(number: number, name: name, text: text, checksum: Digest(of: text).hexadecimal)
        }
        if files.isEmpty { throw MigrationError(description: "\(folder) holds no migrations") }
    }

    /// Applies what is missing; returns the names. Of several copies that start at once, one works and the others
    /// wait for it.
    package func apply(as owner: PlainSession) throws -> [String] {
        try owner.run("SELECT pg_advisory_lock(4617)")
        defer { _ = try? owner.run("SELECT pg_advisory_unlock(4617)") }
        try owner.run(
            """
            CREATE SCHEMA IF NOT EXISTS app;
            CREATE TABLE IF NOT EXISTS app.migrations (
                number int PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            );
            """)
        let applied = try checkedApplied(owner)
        let missing = files.dropFirst(applied)
        for file in missing { try apply(file, as: owner) }
        return missing.map(\.name)
    }

    /// How many are missing; throws when what was applied is not what lies here.
    package func missing(in session: PlainSession) throws -> Int {
        guard try session.run("SELECT to_regclass('app.migrations')").first?[0] != nil else { return files.count }
        return files.count - (try checkedApplied(session))
    }

    private func checkedApplied(_ session: PlainSession) throws -> Int {
        let rows = try session.run("SELECT number, name, checksum FROM app.migrations ORDER BY number")
        for (index, row) in rows.enumerated() {
            guard index < files.count, row[1] == files[index].name else {
                throw MigrationError(
                    description: "the database has \(row[1] ?? ""), which is not among our migrations: "
                        + "a newer program has been here")
            }
            guard row[2] == files[index].checksum else {
                throw MigrationError(description: "\(files[index].name) was changed after it had been applied")
            }
        }
        return rows.count
    }

    private func apply(_ file: File, as owner: PlainSession) throws {
        do {
            try owner.run("BEGIN")
            try owner.run(file.text)
            try owner.run(
                """
                INSERT INTO app.migrations (number, name, checksum)
                VALUES (\(file.number), '\(file.name)', '\(file.checksum)')
                """)
            try owner.run("COMMIT")
        } catch let error as DatabaseError {
            _ = try? owner.run("ROLLBACK")
            throw MigrationError(description: "\(file.name): \(error.message)")
        }
    }
}
