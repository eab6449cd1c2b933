import HTML
import Kernel
import Postgres
import Runtime
import Secrets

/// One place where a member is signed in.
struct SessionRow: Sendable {
    var id: SessionID
    var address: String
    var device: String
    var createdAt: Instant
    var seenAt: Instant
}

/// Without "keep me signed in": this long after the last use. With it: this long after signing in.
let idleLifetime = 12 * 3600
let keptLifetime = 14 * 86_400

extension Query where Answer == [SessionRow] {
    static func sessions(of member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .all(
            """
            SELECT id, address, device, created_at, seen_at
            FROM sessions
            WHERE area_id = \(area) AND member_id = \(member) AND expires_at > \(now)
            ORDER BY seen_at DESC
            """
        ) {
            SessionRow(
                id: try $0.next(), address: try $0.next(), device: try $0.next(), createdAt: try $0.next(),
                seenAt: try $0.next())
        }
    }
}

/// A sign-in that has succeeded.
struct NewSession: Sendable {
    var token = randomBytes(32).base64url
    var member: MemberID
    var address: String
    var device: String
    var isKept: Bool
}

extension Query where Answer == Int {
    static func insert(_ session: NewSession, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO sessions (
                area_id, token_hash, member_id, address, device, created_at, seen_at, expires_at, is_kept
            )
            VALUES (
                \(area), \(Bytes(Digest(of: session.token).bytes)), \(session.member), \(session.address),
                \(session.device), \(now), \(now), \(now + (session.isKept ? keptLifetime : idleLifetime)),
                \(session.isKept)
            )
            """)
    }

    static func noteUse(of session: SessionID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE sessions
            SET seen_at = \(now), expires_at = CASE WHEN is_kept THEN expires_at ELSE \(now + idleLifetime) END
            WHERE area_id = \(area) AND id = \(session)
            """)
    }

    static func endSession(_ session: SessionID, of member: MemberID, in area: AreaID) -> Query {
        .deed("DELETE FROM sessions WHERE area_id = \(area) AND id = \(session) AND member_id = \(member)")
    }

    /// All of a member's sessions but the one in use, if one is.
    static func endSessions(of member: MemberID, but kept: SessionID?, in area: AreaID) -> Query {
        .deed(
            """
            DELETE FROM sessions
            WHERE area_id = \(area) AND member_id = \(member) AND id IS DISTINCT FROM \(kept)::bigint
            """)
    }

    static func endOutdatedSessions(in area: AreaID, at now: Instant) -> Query {
        .deed("DELETE FROM sessions WHERE area_id = \(area) AND expires_at < \(now)")
    }

    static func setSeeing(_ member: MemberID?, in session: SessionID, of area: AreaID) -> Query {
        .deed("UPDATE sessions SET seeing_as = \(member) WHERE area_id = \(area) AND id = \(session)")
    }

    static func setActing(_ acting: Identifier<Acting>?, in session: SessionID, of area: AreaID) -> Query {
        .deed("UPDATE sessions SET acting_id = \(acting) WHERE area_id = \(area) AND id = \(session)")
    }

    static func noteSignIn(of member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .deed("UPDATE members SET signed_in_at = \(now) WHERE area_id = \(area) AND id = \(member)")
    }
}
