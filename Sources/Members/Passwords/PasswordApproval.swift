import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// The account of which a request says that it is theirs who asks.
struct ClaimedAccount: Sendable {
    var id: MemberID
    var name: String
    var unitName: String
    var status: Member.Status
    /// Nil where none is on file.
    var isSameNumber: Bool?
}

extension Query where Answer == ClaimedAccount? {
    static func claimedAccount(of request: AccountRequestID, in area: AreaID) -> Query {
        .first(
            """
            SELECT m.id, m.title || m.first_name || ' ' || m.last_name, u.name, m.status, m.citizen_hash = j.citizen_hash
            FROM account_requests j
            JOIN members m ON m.area_id = j.area_id AND m.username = j.username
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE j.area_id = \(area) AND j.id = \(request) AND j.kind = 'password' AND j.state = 'open'
            """
        ) {
            ClaimedAccount(
                id: try $0.next(), name: try $0.next(), unitName: try $0.next(), status: try $0.next(),
                isSameNumber: try $0.nextIfAny())
        }
    }
}

enum PasswordApproval {
    static let fields = [
        FormField(
            "note", Phrase("หมายเหตุ", en: "Note"), .longText(limit: 400),
            hint: Phrase(
                "จำเป็นเมื่อยังไม่มีการรับรอง หรือเลขประจำตัวไม่ตรงกัน",
                en: "Needed where nobody has endorsed it, or the numbers differ"))
    ]
}

/// A temporary password, shown once, which the administrator sends by the way that was asked for.
func approvePasswordRequest(_ context: Context) async throws -> Outcome {
    let id: AccountRequestID = try context.identifier("request")
    let typed = FormDraft(PasswordApproval.fields, context.form.fields)
    let password = temporaryPassword()
    let hash = try await PasswordHash.make(of: password)
    let account = try await context.deed { deed in
        var draft = typed
        let request = try await deed.find(.requestForUpdate(id, in: deed.area))
        try request.requireOpen(.password)
        guard let account = try await deed.run(.claimedAccount(of: id, in: deed.area)), account.status == .enabled
        else {
            throw Refusal.conflict(
                Phrase(
                    "ไม่มีบัญชีที่ใช้งานอยู่ชื่อ \(request.username)", en: "No enabled account has the name \(request.username)"))
        }
        try refuseOneself(account.id, deed)
        if draft["note"].isEmpty, !request.isEndorsed || account.isSameNumber != true {
            draft.refuse("note", Phrase("บอกว่ายืนยันตัวผู้ขออย่างไร", en: "Say how you know that it is them"))
        }
        try draft.check()
        let decision = AccountRequest.Decision(at: deed.now, by: deed.viewer?.name ?? "", words: draft["note"])
        _ = try await deed.run(
            .savePassword(hash.text, mustChange: true, of: account.id, in: deed.area),
            .endSessions(of: account.id, but: nil, in: deed.area),
            .useLinks(of: account.id, for: .password, in: deed.area, at: deed.now),
            .close(id, as: .approved, decision, member: account.id, in: deed.area),
            MembersJobs.notice(.passwordChanged, to: account.id, in: deed.area, at: deed.now))
        try await deed.record(
            .passwordReset, on: "member/\(account.id)", named: account.name,
            after: ["request": JSON(id.rawValue), "note": .text(draft["note"])])
        return account
    }
    return try await handOver(password, to: account.name, account.id, context, made: false)
}
