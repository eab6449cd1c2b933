import Kernel
import Postgres
import Secrets

/// Somebody whom an administrator has let in, and who has yet to come: by a link they choose their password.
struct Invitation: Sendable {
    var member: Member
    var username: String
    var email: String?
    /// The newest; nil where none was made.
    var link: SecretLink?

    func address(in area: AreaID, of code: String, _ platform: Platform) -> String? {
        link.map { link in
            SecretAddress(.invitation, link.id.rawValue, in: area, platform.key)
                .url(on: platform.baseURL, areaCode: code)
        }
    }
}

extension Query where Answer == [Invitation] {
    /// All who haven't come yet, or of these the one.
    static func invitations(in area: AreaID, of member: MemberID? = nil) -> Query {
        .all(
            """
            SELECT \(part: Member.columns), m.username, m.email, l.id, l.request_id, l.member_id, l.expires_at, l.used_at
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            LEFT JOIN LATERAL (
                SELECT id, request_id, member_id, expires_at, used_at
                FROM secret_links l
                WHERE l.area_id = m.area_id AND l.member_id = m.id AND l.purpose = 'invitation'
                ORDER BY id DESC
                LIMIT 1
            ) l ON true
            WHERE m.area_id = \(area) AND m.status = 'pending' \(part: member.map { "AND m.id = \($0)" } ?? "")
            ORDER BY u.name, m.first_name, m.last_name, m.id
            LIMIT 2000
            """
        ) {
            Invitation(
                member: try Member(&$0), username: try $0.next(), email: try $0.nextIfAny(),
                link: try SecretLink(ifAny: &$0))
        }
    }
}
