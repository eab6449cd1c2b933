import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

let codeFields = [
    FormField(
        "code", Phrase("รหัส 6 หลัก", en: "Code of 6 digits"), .text(limit: 24), required: true,
        hint: Phrase("จากแอปยืนยันตัวตน หรือรหัสสำรอง", en: "From the authenticator app, or a recovery code"))
]

func showSecondFactor(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    let (_, factor, left) = try await context.page(
        .secondFactor(of: viewer.member, in: context.area.id),
        .recoveryCodesLeft(of: viewer.member, in: context.area.id))
    // Whoever sees the site as another mustn't learn what opens the other's account.
    let isOwn = viewer.seenBy == nil
    let secret = factor.flatMap {
        $0.isConfirmed || !isOwn ? nil : $0.secret(in: context.area.id, context.platform.key)
    }
    let page = SecondFactorPage(
        visit: visit, viewer: viewer, isOn: factor?.isConfirmed == true, secret: secret, codesLeft: left)
    return .page(page, visit)
}

/// A secret for the telephone, of which nothing comes until it has shown a code.
func beginSecondFactor(_ context: Context) async throws -> Outcome {
    try await context.deed { deed in
        let viewer = try deed.signedIn()
        let sealed = try SecondFactor.sealedSecret(for: viewer.member, in: deed.area, context.platform.key)
        _ = try await deed.run(.beginSecondFactor(sealed, of: viewer.member, in: deed.area))
    }
    return .done("/account/second-factor")
}

/// The telephone has shown that it has the secret; from now on it is asked for.
func confirmSecondFactor(_ context: Context) async throws -> Outcome {
    try await changeSecondFactor(context, recorded: .factorSet) { deed, viewer in
        try await deed.giveRecoveryCodes(to: viewer.member)
    }
}

func renewRecoveryCodes(_ context: Context) async throws -> Outcome {
    try await changeSecondFactor(context, recorded: .recoveryCodesMade) { deed, viewer in
        try await deed.giveRecoveryCodes(to: viewer.member)
    }
}

/// One whose flags need it can't be without: they are asked to set up another at once.
func removeSecondFactor(_ context: Context) async throws -> Outcome {
    _ = try await changeSecondFactor(context, recorded: .factorRemoved) { deed, viewer in
        _ = try await deed.run(
            .removeSecondFactor(of: viewer.member, in: deed.area),
            .removeRecoveryCodes(of: viewer.member, in: deed.area),
            MembersJobs.notice(.factorRemoved, to: viewer.member, in: deed.area, at: deed.now))
        return []
    }
    return .done("/account/second-factor", says: Phrase("ปิดการยืนยันสองชั้นแล้ว", en: "The second factor is off"))
}

/// Whoever changes it shows a code first: a session left open is not enough.
private func changeSecondFactor(
    _ context: Context, recorded action: Action,
    _ change: @Sendable (Deed, Viewer) async throws -> [String]
) async throws -> Outcome {
    let draft = FormDraft(codeFields, context.form.fields)
    try draft.check()
    let visit = try await context.page()
    if let viewer = visit.viewer { try await refuseManyCodes(of: viewer.member, context) }
    let codes = try await context.deed { deed in
        let viewer = try deed.signedIn()
        guard try await deed.takeCode(draft["code"], of: viewer.member) else {
            throw Refusal.invalid("code", .wrongCode)
        }
        let codes = try await change(deed, viewer)
        try await deed.record(action, on: "member/\(viewer.member)", named: viewer.name)
        return codes
    }
    return .page(RecoveryCodesPage(visit: try await context.page(), codes: codes), visit)
}

/// For one whose telephone and list are gone. They set up another at the next sign-in, where their flags need it.
func removeSecondFactorOfOther(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    try await context.deed { deed in
        try refuseOneself(id, deed)
        let member = try await deed.find(.member(id, of: deed.area))
        _ = try await deed.run(
            .removeSecondFactor(of: id, in: deed.area), .removeRecoveryCodes(of: id, in: deed.area),
            .endSessions(of: id, but: nil, in: deed.area),
            MembersJobs.notice(.factorRemoved, to: id, in: deed.area, at: deed.now))
        try await deed.record(.factorRemoved, on: "member/\(id)", named: member.name)
    }
    return .done("/members/\(id)", says: Phrase("ปิดการยืนยันสองชั้นแล้ว", en: "The second factor is off"))
}

/// Ten tries from one place and fifty from all, which only one who knows the password can make. Then a quarter of an
/// hour without any.
func refuseManyCodes(of member: MemberID, _ context: Context) async throws {
    let keys = codeAttempts(of: member, context)
    let (here, all) = try await context.platform.database.transaction(in: context.area.id.rawValue) {
        try await $0.run(
            .countAttempt(keys[0], in: context.area.id, at: context.now),
            .countAttempt(keys[1], in: context.area.id, at: context.now))
    }
    guard here.count > 10 || all.count > 50 else { return }
    throw Refusal.tooMany(
        Phrase("ลองรหัสหลายครั้งเกินไป รอ 15 นาทีแล้วลองใหม่", en: "Too many codes. Wait 15 minutes and try again."))
}

/// Under which keys the tries are counted: from this place, and from all.
func codeAttempts(of member: MemberID, _ context: Context) -> [[UInt8]] {
    let key = context.platform.key.derived(for: "codes")
    return [key.code(of: "\(member) \(context.request.peer)"), key.code(of: "\(member)")]
}

extension Deed {
    fileprivate func signedIn() throws(Refusal) -> Viewer {
        guard let viewer else { throw .signInFirst }
        return viewer
    }
}

extension Phrase {
    static let tooLateForCode = Phrase(
        "นานเกินไป เข้าสู่ระบบใหม่ด้วยรหัสผ่าน", en: "That took too long. Sign in with the password again.")
    static let wrongCode = Phrase(
        "รหัสไม่ถูกต้องหรือใช้ไปแล้ว รอรหัสถัดไปแล้วลองอีกครั้ง",
        en: "This code is wrong or was used. Wait for the next one and try again")
}
