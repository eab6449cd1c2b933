import HTML
import Kernel
import Postgres
import Runtime

/// An account elsewhere that opens a member's account here.
struct Identity: Sendable {
    var issuer: String
    var label: String
    var linkedAt: Instant
}

extension Query where Answer == [Identity] {
    static func identities(of member: MemberID, in area: AreaID) -> Query {
        .all(
            """
            SELECT issuer, label, linked_at
            FROM identities
            WHERE area_id = \(area) AND member_id = \(member)
            ORDER BY linked_at
            """
        ) { Identity(issuer: try $0.next(), label: try $0.next(), linkedAt: try $0.next()) }
    }
}

extension Query where Answer == Applicant? {
    static func applicant(by identity: ForeignIdentity, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Applicant.columns)
            FROM members m
            JOIN identities i ON i.area_id = m.area_id AND i.member_id = m.id
            WHERE m.area_id = \(area) AND i.issuer = \(identity.issuer) AND i.subject = \(identity.subject)
            """
        ) { try Applicant(&$0) }
    }

    /// One who has this address, and no account of that provider yet.
    static func unlinkedApplicant(at email: String, _ issuer: String, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Applicant.columns)
            FROM members m
            WHERE m.area_id = \(area) AND m.email = \(email) AND m.status = 'enabled'
                AND NOT EXISTS (
                    SELECT
                    FROM identities i
                    WHERE i.area_id = m.area_id AND i.member_id = m.id AND i.issuer = \(issuer)
                )
            """
        ) { try Applicant(&$0) }
    }
}

extension Query where Answer == Int {
    fileprivate static func insert(
        _ identity: ForeignIdentity, of member: MemberID, in area: AreaID, at now: Instant
    ) -> Query {
        .deed(
            """
            INSERT INTO identities (area_id, issuer, subject, member_id, label, linked_at)
            VALUES (
                \(area), \(identity.issuer), \(identity.subject), \(member), \(identity.label), \(now)
            )
            ON CONFLICT DO NOTHING
            """)
    }

    static func removeIdentities(of member: MemberID, in area: AreaID) -> Query {
        .deed("DELETE FROM identities WHERE area_id = \(area) AND member_id = \(member)")
    }
}

extension Deed {
    /// From now on that account opens this one. The member hears of it, as it is one more door.
    func link(_ identity: ForeignIdentity, to member: MemberID, named name: String) async throws {
        guard try await run(.insert(identity, of: member, in: area, at: now)) == 1 else {
            throw Refusal.conflict(
                Phrase(
                    "บัญชีนี้ผูกกับผู้ใช้อื่นแล้ว หรือท่านผูกบัญชีอื่นไว้ ยกเลิกของเดิมก่อน",
                    en: "That account is linked with somebody else here, or you have linked another. Unlink that first."
                ))
        }
        _ = try await run(MembersJobs.notice(.identityLinked, to: member, in: area, at: now))
        try await record(
            .identityLinked, on: "member/\(member)", named: name, by: name, after: ["account": .text(identity.label)])
    }
}
