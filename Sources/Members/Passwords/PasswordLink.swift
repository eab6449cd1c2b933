import Jobs
import Kernel
import Outbound
import Postgres
import Runtime
import Secrets

/// A link in a mail, by which a member chooses a new password, once.
struct PasswordLink: Sendable {
    static let minutes = 60
    static let job = "password-link"

    var id: Identifier<PasswordLink>
    var member: MemberID
    var name: String
    var expiresAt: Instant
    var usedAt: Instant?

    func isOver(at now: Instant) -> Bool { usedAt != nil || expiresAt <= now }
}

extension Query where Answer == PasswordLink? {
    /// Of one who may sign in.
    static func passwordLinkForUpdate(_ id: Identifier<PasswordLink>, in area: AreaID) -> Query {
        .first(
            """
            SELECT l.id, l.member_id, m.title || m.first_name || ' ' || m.last_name, l.expires_at, l.used_at
            FROM password_links l
            JOIN members m ON m.area_id = l.area_id AND m.id = l.member_id AND m.status = 'enabled'
            WHERE l.area_id = \(area) AND l.id = \(id)
            FOR UPDATE OF l
            """
        ) {
            PasswordLink(
                id: try $0.next(), member: try $0.next(), name: try $0.next(), expiresAt: try $0.next(),
                usedAt: try $0.nextIfAny())
        }
    }
}

extension Query where Answer == Int {
    /// All that a member was sent: the one that is used, and those that would still work.
    static func usePasswordLinks(of member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE password_links
            SET used_at = \(now)
            WHERE area_id = \(area) AND member_id = \(member) AND used_at IS NULL
            """)
    }

    static func forgetPasswordLinks(in area: AreaID, before time: Instant) -> Query {
        .deed("DELETE FROM password_links WHERE area_id = \(area) AND expires_at < \(time)")
    }
}

/// Sends a link to whoever has the name, if anybody has. Whether anybody does is found out here and not while somebody
/// waits, so that neither words nor time tell.
struct PasswordLinkMail: Sendable {
    let platform: Platform
    let mailRoom: MailRoom?

    static func asked(for name: String, in area: AreaID, at now: Instant) -> Query<Int> {
        .enqueue(PasswordLink.job, ["name": .text(name)], in: area.rawValue, at: now)
    }

    var kind: JobKind {
        JobKind(PasswordLink.job) { job in
            guard let mailRoom, let name = job.payload["name"]?.textValue else { return }
            let area = AreaID(job.area)
            guard let member = try await member(named: name, in: area) else { return }
            let link = try await makeLink(for: member.id, in: area)
            let address =
                "\(platform.baseURL)/\(member.areaCode)/password/links/"
                + SecretLink(.password, link.rawValue, in: area, platform.key).text
            do {
                try await mailRoom.send(Self.letter(to: member, address))
            } catch let error as MailError where error.isFinal {
                Log.note("A link for a password can't be delivered.", ["reason": .text(error.description)])
            }
        }
    }

    private struct Receiver {
        var id: MemberID
        var name: String
        var email: String
        var areaCode: String
    }

    private func member(named name: String, in area: AreaID) async throws -> Receiver? {
        let query = Query<Receiver?>.first(
            """
            SELECT m.id, m.title || m.first_name || ' ' || m.last_name, m.email, a.code
            FROM members m
            JOIN areas a ON a.id = m.area_id
            WHERE m.area_id = \(area) AND (m.username = \(name) OR m.email = \(name)) AND m.status = 'enabled'
                AND m.email IS NOT NULL
            ORDER BY m.username = \(name) DESC
            LIMIT 1
            """
        ) { Receiver(id: try $0.next(), name: try $0.next(), email: try $0.next(), areaCode: try $0.next()) }
        return try await platform.database.transaction(in: area.rawValue) { try await $0.run(query) }
    }

    private func makeLink(for member: MemberID, in area: AreaID) async throws -> Identifier<PasswordLink> {
        let now = Instant.now
        let query = Query<Identifier<PasswordLink>>.one(
            """
            INSERT INTO password_links (area_id, member_id, made_at, expires_at)
            VALUES (\(area), \(member), \(now), \(now + PasswordLink.minutes * 60))
            RETURNING id
            """
        ) { try $0.next() }
        return try await platform.database.transaction(in: area.rawValue) { try await $0.run(query) }
    }

    private static func letter(to member: Receiver, _ address: String) -> Mail {
        Mail(
            to: member.email, subject: "ตั้งรหัสผ่านใหม่ · Choose a new password",
            text: """
                เรียน \(member.name)

                ตั้งรหัสผ่านใหม่ได้ที่ ภายใน \(PasswordLink.minutes) นาที ใช้ได้ครั้งเดียว
                \(address)
                ถ้าไม่ได้ขอ ไม่ต้องทำอะไร รหัสผ่านเดิมยังใช้ได้

                Choose a new password at the address above, once, within \(PasswordLink.minutes) minutes. If you didn't ask \
                for it, do nothing; your password stays.
                """)
    }
}
