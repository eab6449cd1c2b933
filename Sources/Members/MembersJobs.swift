package import Jobs
package import Kernel
package import Outbound
import Postgres
import Runtime

/// What members leave to be done later.
package enum MembersJobs {
    /// Without a mail room nothing is sent, and nobody waits for it.
    package static func kinds(_ platform: Platform, mailRoom: MailRoom?) -> [JobKind] {
        let database = platform.database
        return RequestMail.kinds(platform, mailRoom) + [
            AreaTransfer(platform: platform).kind, InvitationMail(platform: platform, mailRoom: mailRoom).kind,
            PasswordLinkMail(platform: platform, mailRoom: mailRoom).kind,
            JobKind("password-notice") { job in
                guard let mailRoom, let id = job.payload["member"].flatMap({ Int($0.text) }) else { return }
                let what = job.payload["what"]?.textValue.flatMap { Notice(rawValue: $0) } ?? .passwordChanged
                guard let letter = try await letter(what, for: MemberID(id), in: AreaID(job.area), database) else {
                    return
                }
                try await mailRoom.post(letter)
            },
            JobKind("housekeeping", every: 6 * 3600) { job in
                _ = try await database.transaction(in: job.area) { transaction in
                    try await transaction.run(
                        .endOutdatedSessions(in: AreaID(job.area), at: .now),
                        .forgetOldAttempts(in: AreaID(job.area), at: .now),
                        .forgetLinks(in: AreaID(job.area), before: .now + -90 * 86_400))
                }
            },
        ]
    }

    /// What a member hears of whose account is changed, so that a thief can't do it unnoticed.
    enum Notice: String {
        case passwordChanged
        case factorRemoved
        case identityLinked

        fileprivate var subject: String {
            switch self {
            case .passwordChanged: "รหัสผ่านระบบรับรองถูกเปลี่ยน · Your Rabrong password was changed"
            case .identityLinked: "ผูกบัญชีอื่นกับบัญชีของท่าน · An account was linked with yours"
            case .factorRemoved: "การยืนยันสองชั้นถูกปิด · Your second factor was turned off"
            }
        }

        fileprivate var words: (thai: String, english: String) {
            switch self {
            case .passwordChanged:
                ("รหัสผ่านของท่านในระบบรับรองเพิ่งถูกเปลี่ยน", "Your password for Rabrong has just been changed.")
            case .identityLinked:
                (
                    "มีการผูกบัญชีของผู้ให้บริการอื่นกับบัญชีของท่านในระบบรับรอง ใช้เข้าสู่ระบบแทนรหัสผ่านได้",
                    "An account elsewhere was linked with yours for Rabrong; it now opens yours without the password."
                )
            case .factorRemoved:
                ("การยืนยันสองชั้นของท่านในระบบรับรองเพิ่งถูกปิด", "Your second factor for Rabrong has just been turned off.")
            }
        }
    }

    static func notice(_ what: Notice, to member: MemberID, in area: AreaID, at now: Instant) -> Query<Int> {
        .enqueue(
            "password-notice", ["member": JSON(member.rawValue), "what": .text(what.rawValue)], in: area.rawValue,
            at: now)
    }

    private static func letter(
        _ what: Notice, for member: MemberID, in area: AreaID, _ database: Database
    ) async throws -> Mail? {
        let query = Query<(name: String, email: String)?>.first(
            """
            SELECT title || first_name || ' ' || last_name, email
            FROM members
            WHERE area_id = \(area) AND id = \(member) AND email IS NOT NULL
            """
        ) { (name: try $0.next(), email: try $0.next()) }
        guard let person = try await database.transaction(in: area.rawValue, { try await $0.run(query) }) else {
            return nil
        }
        return Mail(
            to: person.email, subject: what.subject,
            text: """
                เรียน \(person.name)

                \(what.words.thai) ถ้าไม่ใช่ท่าน แจ้งผู้ดูแลระบบของเขตทันที

                \(what.words.english) If that was not you, tell your area's administrator at once.
                """)
    }
}

extension Query where Answer == Int {
    fileprivate static func forgetOldAttempts(in area: AreaID, at now: Instant) -> Query {
        .deed("DELETE FROM sign_in_failures WHERE area_id = \(area) AND last_at < \(now + -86_400)")
    }
}
