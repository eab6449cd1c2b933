import Kernel
import Postgres
import Runtime
import Secrets

/// What signing in needs of a member.
struct Applicant: Sendable {
    var id: MemberID
    var name: String
    var status: Member.Status
    var password: PasswordHash?
    /// Asked for a code besides.
    var hasSecondFactor: Bool

    static let columns: SQL = """
        m.id, m.title || m.first_name || ' ' || m.last_name, m.status, m.password_hash,
        EXISTS (
            SELECT
            FROM second_factors f
            WHERE f.area_id = m.area_id AND f.member_id = m.id AND f.confirmed_at IS NOT NULL
        )
        """

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        name = try cells.next()
        status = try cells.next()
        password = try cells.nextIfAny(String.self).map(PasswordHash.init)
        hasSecondFactor = try cells.next()
    }
}

extension Query where Answer == Applicant? {
    /// By user name or e-mail.
    static func applicant(_ name: String, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Applicant.columns)
            FROM members m
            WHERE m.area_id = \(area) AND (m.username = \(name) OR m.email = \(name))
            ORDER BY m.username = \(name) DESC
            LIMIT 1
            """
        ) { try Applicant(&$0) }
    }

    static func applicant(_ id: MemberID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Applicant.columns)
            FROM members m
            WHERE m.area_id = \(area) AND m.id = \(id)
            """
        ) { try Applicant(&$0) }
    }
}

/// How often a wrong password came, for one key.
struct SignInFailures: Sendable {
    var count: Int
    var lastAt: Instant
}

extension Query where Answer == SignInFailures {
    /// Counts an attempt before its password is looked at, so that many at once can't slip through. A quarter of an
    /// hour without one begins anew.
    static func countAttempt(_ key: [UInt8], in area: AreaID, at now: Instant) -> Query {
        .one(
            """
            INSERT INTO sign_in_failures AS f (area_id, key, count, last_at)
            VALUES (\(area), \(Bytes(key)), 1, \(now))
            ON CONFLICT (area_id, key) DO UPDATE
            SET count = CASE WHEN f.last_at < \(now + -900) THEN 1 ELSE f.count + 1 END, last_at = \(now)
            RETURNING count, last_at
            """
        ) { SignInFailures(count: try $0.next(), lastAt: try $0.next()) }
    }
}

extension Query where Answer == Int {
    static func forgiveAttempts(_ key: [UInt8], in area: AreaID) -> Query {
        .deed("DELETE FROM sign_in_failures WHERE area_id = \(area) AND key = \(Bytes(key))")
    }
}
