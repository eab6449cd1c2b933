import Jobs
import Kernel
import Outbound
import Postgres
import Runtime
import Secrets

/// Sends a link to whoever has the name, if anybody has. Whether anybody does is found out here and not while somebody
/// waits, so that neither words nor time tell.
struct PasswordLinkMail: Sendable {
    private static let job = "password-link"

    let platform: Platform
    let mailRoom: MailRoom?

    static func asked(for name: String, in area: AreaID, at now: Instant) -> Query<Int> {
        .enqueue(Self.job, ["name": .text(name)], in: area.rawValue, at: now)
    }

    var kind: JobKind {
        JobKind(Self.job) { job in
            guard let mailRoom, let name = job.payload["name"]?.textValue else { return }
            let area = AreaID(job.area)
            guard let member = try await member(named: name, in: area) else { return }
            let link = try await platform.database.transaction(in: area.rawValue) {
                try await $0.run(.insertLink(for: .password, member: member.id, in: area, at: .now))
            }
            let address = SecretAddress(.password, link.rawValue, in: area, platform.key)
            let url = address.url(on: platform.baseURL, areaCode: member.areaCode)
            try await mailRoom.post(Self.letter(to: member, url))
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

    private static func letter(to member: Receiver, _ address: String) -> Mail {
        Mail(
            to: member.email, subject: "ตั้งรหัสผ่านใหม่ · Choose a new password",
            text: """
                เรียน \(member.name)

                ตั้งรหัสผ่านใหม่ได้ที่ ภายใน \(SecretAddress.Purpose.minutes) นาที ใช้ได้ครั้งเดียว
                \(address)
                ถ้าไม่ได้ขอ ไม่ต้องทำอะไร รหัสผ่านเดิมยังใช้ได้

                Choose a new password at the address above, once, within \(SecretAddress.Purpose.minutes) minutes. If you didn't ask \
                for it, do nothing; your password stays.
                """)
    }
}
