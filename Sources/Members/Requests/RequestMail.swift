import HTML
import Jobs
import Kernel
import Outbound
import Postgres
import Runtime
import Secrets

/// Letters about a request: to who asked, and to the directors who may endorse it.
struct RequestMail: Sendable {
    static let received = "request-received"
    static let decided = "request-decided"

    let platform: Platform
    let mailRoom: MailRoom

    static func received(_ id: AccountRequestID, in area: AreaID, at now: Instant) -> Query<Int> {
        .enqueue(received, ["request": JSON(id.rawValue)], in: area.rawValue, at: now)
    }

    static func decided(_ id: AccountRequestID, in area: AreaID, at now: Instant) -> Query<Int> {
        .enqueue(decided, ["request": JSON(id.rawValue)], in: area.rawValue, at: now)
    }

    static func kinds(_ platform: Platform, _ mailRoom: MailRoom?) -> [JobKind] {
        [received, decided].map { name in
            JobKind(name) { job in
                guard let mailRoom, let id = job.payload["request"].flatMap({ Int($0.text) }) else { return }
                let mail = RequestMail(platform: platform, mailRoom: mailRoom)
                name == received
                    ? try await mail.tellReceived(AccountRequestID(id), in: AreaID(job.area))
                    : try await mail.tellDecided(AccountRequestID(id), in: AreaID(job.area))
            }
        }
    }

    private func tellReceived(_ id: AccountRequestID, in area: AreaID) async throws {
        guard let (request, code) = try await found(id, in: area) else { return }
        if let email = request.email {
            let address = url(.request, id.rawValue, of: code, in: area)
            try await mailRoom.post(
                Mail(
                    to: email, subject: "ได้รับคำขอเข้าใช้งานแล้ว · Your request to join was received",
                    text: """
                        เรียน \(request.name)

                        ได้รับคำขอเข้าใช้งานของท่านแล้ว ดูแบบคำขอและผลการพิจารณาได้ที่
                        \(address)
                        อย่าส่งที่อยู่นี้ให้ผู้อื่น

                        We have received your request. Its form and its outcome are at the address above; keep it to yourself.
                        """))
        }
        for director in try await directors(of: request, in: area) {
            try await askDirector(director, request, code, in: area)
        }
    }

    private func askDirector(
        _ director: (name: String, email: String), _ request: AccountRequest, _ code: String, in area: AreaID
    ) async throws {
        let link = try await platform.database.transaction(in: area.rawValue) {
            try await $0.run(.insertLink(for: .endorsement, request: request.id, in: area, at: .now))
        }
        let address = url(.endorsement, link.rawValue, of: code, in: area)
        try await mailRoom.post(
            Mail(
                to: director.email, subject: "ขอให้รับรองคำขอ · Please endorse a request",
                text: """
                    เรียน \(director.name)

                    \(request.kind.phrase.thai): \(request.name) (\(request.position)) \(request.unitName)
                    รับรองหรือไม่รับรองได้ที่ ภายใน \(SecretAddress.Purpose.days) วัน ใช้ได้ครั้งเดียว
                    \(address)

                    Somebody in your unit asks for an account or a new password. Endorse it or not at the address above, \
                    once, within \(SecretAddress.Purpose.days) days.
                    """))
    }

    private func tellDecided(_ id: AccountRequestID, in area: AreaID) async throws {
        guard let (request, code) = try await found(id, in: area), let email = request.email,
            let decision = request.decision
        else { return }
        let isApproved = request.state == .approved
        try await mailRoom.post(
            Mail(
                to: email,
                subject: isApproved
                    ? "คำขอเข้าใช้งานอนุมัติแล้ว · Your request is approved"
                    : "คำขอเข้าใช้งานไม่อนุมัติ · Your request is refused",
                text: isApproved
                    ? """
                    เรียน \(request.name)

                    เข้าสู่ระบบได้ที่ \(platform.baseURL)/\(code)/sign-in ด้วยชื่อผู้ใช้ \(request.username)

                    You can sign in at the address above, with the name and the password that you chose.
                    """
                    : """
                    เรียน \(request.name)

                    คำขอของท่านไม่ได้รับอนุมัติ: \(decision.words)

                    Your request was refused; the reason is given above.
                    """))
    }

    private func url(_ purpose: SecretAddress.Purpose, _ id: Int, of code: String, in area: AreaID) -> String {
        SecretAddress(purpose, id, in: area, platform.key).url(on: platform.baseURL, areaCode: code)
    }

    private func found(_ id: AccountRequestID, in area: AreaID) async throws -> (AccountRequest, areaCode: String)? {
        let code = Query<String>.one("SELECT code FROM areas WHERE id = \(area)") { try $0.next() }
        let (request, areaCode) = try await platform.database.transaction(in: area.rawValue) {
            try await $0.run(.accountRequest(id, in: area), code)
        }
        return request.map { ($0, areaCode) }
    }

    /// Those of the unit who confirm in its name.
    private func directors(of request: AccountRequest, in area: AreaID) async throws -> [(name: String, email: String)]
    {
        let query = Query<[(name: String, email: String)]>.all(
            """
            SELECT title || first_name || ' ' || last_name, email
            FROM members
            WHERE area_id = \(area) AND unit_id = \(request.unit) AND status = 'enabled' AND email IS NOT NULL
                AND \(Permission.selfAssess.name) = ANY (flags)
            ORDER BY id
            LIMIT 5
            """
        ) { (name: try $0.next(), email: try $0.next()) }
        return try await platform.database.transaction(in: area.rawValue) { try await $0.run(query) }
    }
}
