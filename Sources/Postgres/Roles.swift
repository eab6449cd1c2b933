/// The roles by which we come to the database, and what each may do.
package enum Roles {
    /// For a superuser to run once, in any database of the cluster.
    package static let statements = """
        DO $$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rabrong_owner') THEN
                CREATE ROLE rabrong_owner LOGIN;
            END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rabrong_app') THEN
                CREATE ROLE rabrong_app LOGIN;
            END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rabrong_central') THEN
                CREATE ROLE rabrong_central LOGIN;
            END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rabrong_loader') THEN
                CREATE ROLE rabrong_loader LOGIN BYPASSRLS;
            END IF;
        END
        $$;
        GRANT rabrong_loader TO rabrong_owner;
        -- It may become the central office, and sees nothing of what that sees until it does.
        ALTER ROLE rabrong_app NOINHERIT;
        GRANT rabrong_central TO rabrong_app;
        """

    /// Creates the roles and the database, where they are missing.
    package static func prepare(_ name: String, as superuser: PlainSession) throws {
        try superuser.run(statements)
        if try superuser.run("SELECT 1 FROM pg_database WHERE datname = '\(name)'").isEmpty {
            try superuser.run("CREATE DATABASE \(name) OWNER rabrong_owner TEMPLATE template0 ENCODING 'UTF8'")
        }
    }

    /// What the role behind an address may do beyond what serving needs; nil when it is just right. One that could
    /// pass row level security by would make every tenant's lock a matter of our own care.
    package static func excess(of session: PlainSession) throws -> String? {
        let rows = try session.run(
            """
            SELECT rolname, rolsuper, rolbypassrls,
                EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relname = 'areas'),
                pg_has_role(current_user, 'rabrong_central', 'USAGE')
            FROM pg_roles
            WHERE rolname = current_user
            """)
        guard let row = rows.first, let name = row[0] else { return "it is unknown" }
        if row[1] == "t" { return "\(name) is a superuser" }
        if row[2] == "t" { return "\(name) passes row level security by" }
        if row[3] == "t" { return "\(name) owns the tables" }
        if row[4] == "t" { return "\(name) sees at all times what all areas have submitted" }
        return nil
    }

    /// Whether the role behind an address can do the central office's work.
    package static func mayBecomeCentral(_ session: PlainSession) throws -> Bool {
        try session.run("SELECT pg_has_role(current_user, 'rabrong_central', 'MEMBER')").first?[0] == "t"
    }
}
