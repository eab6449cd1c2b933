import Jobs
import Kernel
import Outbound
import Postgres
import Runtime

/// Brings an invitation's link to those who have a mailbox; the others get it from the administrator.
struct InvitationMail: Sendable {
    private static let job = "invitation"

    let platform: Platform
    let mailRoom: MailRoom?

    static func due(to member: MemberID, in area: AreaID, at now: Instant) -> Query<Int> {
        .enqueue(job, ["member": JSON(member.rawValue)], in: area.rawValue, at: now)
    }

    var kind: JobKind {
        JobKind(Self.job) { job in
            guard let mailRoom, let id = job.payload["member"].flatMap({ Int($0.text) }) else { return }
            let area = AreaID(job.area)
            let ownArea = Query<(code: String, name: String)>.one("SELECT code, name FROM areas WHERE id = \(area)") {
                (code: try $0.next(), name: try $0.next())
            }
            let (open, place) = try await platform.database.transaction(in: job.area) {
                try await $0.run(.invitations(in: area, of: MemberID(id)), ownArea)
            }
            guard let invitation = open.first, let email = invitation.email,
                let address = invitation.address(in: area, of: place.code, platform)
            else { return }
            try await mailRoom.post(Self.letter(to: email, invitation, place.name, address))
        }
    }

    private static func letter(to email: String, _ invitation: Invitation, _ area: String, _ address: String) -> Mail {
        Mail(
            to: email, subject: "เชิญเข้าใช้งานระบบรับรอง · You are invited to Rabrong",
            text: """
                เรียน \(invitation.member.name)

                \(area) เชิญท่านเข้าใช้งานระบบรายงานและรับรองตัวชี้วัด ในนามของ \(invitation.member.unitName)
                ชื่อผู้ใช้ของท่านคือ \(invitation.username) ตั้งรหัสผ่านได้ที่ ภายใน \(SecretAddress.Purpose.days) วัน
                \(address)

                You are invited to use Rabrong. Your user name is given above; choose your password at the address above, \
                within \(SecretAddress.Purpose.days) days.
                """)
    }
}
