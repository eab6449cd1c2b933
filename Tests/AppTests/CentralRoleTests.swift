import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    /// What the central office's role sees of areas, asked of the database itself, table by table and column by column.
    @Suite(.database) struct `The central role` {
        /// What it reads of tenant tables; a new table that it can read must be added here, with why.
        static let readable: [String: Set<String>] = [
            "decisions": ["*"],
            "submissions": ["*"], "submission_schools": ["*"],
            // What was certified, which anybody may see; and how far they are numbered.
            "certificates": ["*"], "certificate_numbers": ["*"],
            "area_totals": ["*"], "result_messages": ["*"], "central_values": ["*"],
            // What anybody may see.
            "result_statistics": ["*"], "school_statistics": ["*"],
            // Only those that were submitted.
            "files": ["*"],
            // Where the record and the queue end: numbers.
            "journal_heads": ["*"],
            "jobs": ["area_id", "id"],
        ]
        /// What an area is only filling in.
        static let drafts: Set<String> = [
            "entries", "words", "narrative", "saved_at", "saved_name", "version", "sent_by",
        ]

        private func rows(_ sql: String) throws -> [[String]] {
            try PlainSession(TestAddress.owner).run(sql).map { $0.map { $0 ?? "" } }
        }

        private static let columns = """
            SELECT c.relname, a.attname, has_column_privilege('rabrong_central', c.oid, a.attnum, 'SELECT')
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind = 'r' AND n.nspname = 'public'
            """

        @Test func `reads no column but those of what was submitted`() throws {
            for row in try rows(Self.columns) where !`Every tenant table`.centralTables.contains(row[0]) {
                let (table, column) = (row[0], row[1])
                let isExpected =
                    table == "area_results"
                    ? !Self.drafts.subtracting(["sent_by"]).contains(column)
                    : Self.readable[table].map { $0.contains("*") || $0.contains(column) } ?? false
                #expect((row[2] == "t") == isExpected, "\(table).\(column)")
            }
        }

        @Test func `has no policy but those that say what was submitted`() throws {
            let policies = try rows(
                """
                SELECT tablename, policyname, permissive, cmd, qual
                FROM pg_policies
                WHERE roles <> '{public}'
                ORDER BY tablename, policyname
                """)
            #expect(
                policies == [
                    ["area_results", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["area_totals", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["central_values", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["certificates", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["decisions", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["files", "central_reads", "PERMISSIVE", "SELECT", "submitted"],
                    ["files", "central_reads_no_more", "RESTRICTIVE", "SELECT", "submitted"],
                    ["result_messages", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["result_statistics", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["school_statistics", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["submission_schools", "central_reads", "PERMISSIVE", "SELECT", "true"],
                    ["submissions", "central_reads", "PERMISSIVE", "SELECT", "true"],
                ])
        }

        @Test func `opens a file once it was sent, and not before`() async throws {
            let site = try await NationalSite()
            let result = try await site.result()
            let attached = await site.area.upload(
                ReportSite.pdf, named: "ทะเบียน.pdf", as: "file", to: "\(result)/evidence",
                ["description": "ทะเบียนลงนาม"], as: site.director)
            #expect(attached.status == 303, "\(attached.text)")
            #expect(try await files(seenIn: site) == 0)
            #expect(try await site.confirm().status == 303)
            #expect(try await files(seenIn: site) == 1)
            let file = try await site.area.row("SELECT id FROM files WHERE area_id = \(site.area.area.id)")[0]
            let opened = await site.centre.get("\(try await site.item())/files/\(file)", as: site.certifier)
            #expect(opened.status == 200)
            let other = try await NationalSite()
            #expect(
                await other.centre.get("\(try await other.item())/files/\(file)", as: other.certifier).status == 404)
        }

        /// Also while it works in that very area.
        private func files(seenIn site: NationalSite) async throws -> Int {
            let query = Query<Int>.one("SELECT count(*) FROM files WHERE area_id = \(site.area.area.id)") {
                try $0.next()
            }
            return try await site.centre.database.transaction(in: 0) { transaction in
                transaction.enterAsCentral(site.area.area.id.rawValue)
                return try await transaction.run(query)
            }
        }

        @Test func `writes nothing of what an area fills in`() async throws {
            let site = try await NationalSite()
            for statement: SQL in [
                "UPDATE area_results SET entries = '{}'", "UPDATE area_results SET result = 1",
                "DELETE FROM area_results", "INSERT INTO submissions (area_id) VALUES (1)", "DELETE FROM decisions",
                "SELECT entries FROM area_results", "SELECT 1 FROM members", "SELECT 1 FROM assignments",
                "SELECT 1 FROM journal",
            ] {
                await #expect(throws: DatabaseError.self, "\(statement.text)") {
                    try await site.centre.database.transaction(in: 0) { transaction in
                        transaction.enterAsCentral(site.area.area.id.rawValue)
                        try await transaction.execute(statement)
                    }
                }
            }
        }
    }
}
