import Postgres
import TestSupport
import Testing

/// The rules of DESIGN "Data" for every table there is, so that a new one can't forget.
@Suite struct `Every tenant table` {
    /// What belongs to no area.
    static let centralTables: Set<String> = [
        "areas", "migrations", "national_frameworks", "national_indicators", "national_rounds", "national_versions",
        "national_years",
    ]

    private func rows(_ sql: String) throws -> [[String]] {
        try PlainSession(TestAddress.owner).run(sql).map { $0.map { $0 ?? "" } }
    }

    private static let tables = """
        SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'app')
        """

    @Test(.enabled(if: !TestAddress.isUnlocked, "this run takes the lock off"))
    func `has row level security, enabled and forced`() throws {
        for row in try rows(Self.tables) where !Self.centralTables.contains(row[1]) {
            #expect(row[2] == "t" && row[3] == "t", "\(row[1])")
        }
        #expect(try rows(Self.tables).count > 10)
    }

    @Test func `has one policy of one strict comparison`() throws {
        let policies = try rows(
            "SELECT tablename, qual, coalesce(with_check, ''), cmd FROM pg_policies WHERE roles = '{public}'")
        for row in try rows(Self.tables) where !Self.centralTables.contains(row[1]) {
            let own = policies.filter { $0[0] == row[1] }
            #expect(own.count == 1, "\(row[1])")
            #expect(own.first?[1] == "(area_id = (current_setting('app.area_id'::text))::integer)", "\(row[1])")
            #expect(own.first?[3] == "ALL", "\(row[1])")
        }
    }

    @Test func `begins every key and index with the area`() throws {
        let indexes = try rows(
            """
            SELECT c.relname, i.relname, a.attname
            FROM pg_index x
            JOIN pg_class c ON c.oid = x.indrelid
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
            WHERE n.nspname = 'public'
            """)
        for row in indexes where !Self.centralTables.contains(row[0]) {
            #expect(row[2] == "area_id", "\(row[1])")
        }
        #expect(indexes.count > 20)
    }

    @Test func `has an area that is never null, never generated`() throws {
        let columns = try rows(
            """
            SELECT c.table_name, c.data_type, c.is_nullable, c.is_identity, c.is_generated,
                coalesce(c.column_default, '')
            FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND c.column_name = 'area_id' AND t.table_type = 'BASE TABLE'
            """)
        for row in columns { #expect(Array(row.dropFirst()) == ["integer", "NO", "NO", "NEVER", ""], "\(row[0])") }
        let named = Set(columns.map { $0[0] })
        for row in try rows(Self.tables) where !Self.centralTables.contains(row[1]) {
            #expect(named.contains(row[1]), "\(row[1])")
        }
    }

    /// Else it would see with the eyes of the owner.
    @Test func `is seen through a view by who asks alone`() throws {
        let views = try rows(
            "SELECT relname, array_to_string(reloptions, ',') FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
        )
        for row in views { #expect(row[1] == "security_invoker=true", "\(row[0])") }
        #expect(!views.isEmpty)
    }

    @Test func `refers only within the area, and sets nothing null`() throws {
        let keys = try rows(
            """
            SELECT conname, confrelid::regclass, confdeltype,
                (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]),
                (SELECT attname FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1])
            FROM pg_constraint
            WHERE contype = 'f'
            """)
        for row in keys where !Self.centralTables.contains(row[1]) {
            #expect(row[3] == "area_id" && row[4] == "area_id", "\(row[0])")
            #expect(["a", "c"].contains(row[2]), "\(row[0])")
        }
        #expect(!keys.isEmpty)
    }

    @Test func `has no identity column, trigger, rule or materialized view`() throws {
        #expect(try rows("SELECT attrelid::regclass FROM pg_attribute WHERE attidentity <> ''").isEmpty)
        #expect(try rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal").isEmpty)
        #expect(try rows("SELECT rulename FROM pg_rules WHERE schemaname = 'public'").isEmpty)
        #expect(try rows("SELECT matviewname FROM pg_matviews").isEmpty)
    }

    @Test func `can be neither truncated nor owned by the role that serves`() throws {
        for row in try rows(Self.tables) {
            let name = "\(row[0])::oid"
            let rights = try rows(
                "SELECT has_table_privilege('rabrong_app', \(name), 'TRUNCATE'), pg_get_userbyid(relowner) FROM pg_class WHERE oid = \(name)"
            )
            #expect(rights == [["f", "rabrong_owner"]], "\(row[1])")
        }
        #expect(try rows("SELECT has_table_privilege('rabrong_app', 'journal', 'UPDATE,DELETE')") == [["f"]])
    }

    @Test(.enabled(if: !TestAddress.isUnlocked, "this run takes the lock off"))
    func `is an error, not an empty page, while no area is set`() throws {
        let app = try PlainSession(TestAddress.app)
        for table in try tenantTables() {
            #expect(throws: DatabaseError.self, "\(table)") { try app.run("SELECT count(*) FROM \(table)") }
        }
    }

    @Test(.enabled(if: TestAddress.isUnlocked, "only the run without the lock"))
    func `is open without an area where the WHERE clauses stand alone`() throws {
        let app = try PlainSession(TestAddress.app)
        for table in try tenantTables() {
            #expect(throws: Never.self, "\(table)") { try app.run("SELECT count(*) FROM \(table)") }
        }
    }

    /// Those that the role that serves reads.
    private func tenantTables() throws -> [String] {
        let readable = try rows(
            """
            SELECT relname
            FROM (\(Self.tables)) t
            WHERE has_table_privilege('rabrong_app', oid, 'SELECT')
            """)
        let tables = readable.map { $0[0] }.filter { !Self.centralTables.contains($0) }
        #expect(tables.count > 9)
        return tables
    }
}
