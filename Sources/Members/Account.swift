import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

let passwordFields =
    [FormField("current", Phrase("รหัสผ่านปัจจุบัน", en: "Current password"), .password, required: true)]
    + PasswordForm.new

/// Who asks is known only after the first trip, so this page takes two.
func showAccount(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    let (_, sessions, tokens) = try await context.page(
        .sessions(of: viewer.member, in: context.area.id, at: context.now),
        .apiTokens(of: viewer.member, in: context.area.id))
    let page = AccountPage(visit: visit, viewer: viewer, sessions: sessions, tokens: tokens)
    return .page(
        page, visit,
        json: [
            "id": JSON(viewer.member.rawValue), "name": .text(viewer.name), "unit-name": .text(viewer.unitName),
            "flags": .array(viewer.permissions.names.map { .text($0) }),
        ])
}

func showPasswordForm(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    return .page(PasswordPage(visit: visit, isForced: viewer.mustChangePassword), visit)
}

/// A new password ends every other session.
func changePassword(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(passwordFields, context.form.fields)
    draft.requireSamePasswords()
    let checked = draft
    try checked.check()
    let visit = try await context.page()
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    try await context.requirePassword()
    guard checked["current"] != checked["password"] else {
        throw Refusal.invalid("password", Phrase("ต้องต่างจากเดิม", en: "It must differ from the current one"))
    }
    let hash = try await PasswordHash.make(of: checked["password"])
    try await context.deed { deed in
        _ = try await deed.run(
            .savePassword(hash.text, mustChange: false, of: viewer.member, in: deed.area),
            .endSessions(of: viewer.member, but: viewer.session?.id, in: deed.area))
        _ = try await deed.run(MembersJobs.notice(.passwordChanged, to: viewer.member, in: deed.area, at: deed.now))
        try await deed.record(.passwordChanged, on: "member/\(viewer.member)", named: viewer.name)
    }
    return .done(
        "/account",
        says: Phrase(
            "เปลี่ยนรหัสผ่านแล้ว เครื่องอื่นต้องเข้าสู่ระบบใหม่", en: "The password is changed; other devices are signed out"))
}

func endOtherSessions(_ context: Context) async throws -> Outcome {
    let count = try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        let count = try await deed.run(.endSessions(of: viewer.member, but: viewer.session?.id, in: deed.area))
        try await deed.record(.sessionsEnded, on: "member/\(viewer.member)", named: viewer.name)
        return count
    }
    return .done(
        "/account", says: Phrase("ออกจากระบบในเครื่องอื่น \(count) แห่งแล้ว", en: "Signed out in \(count) other places"),
        json: ["ended": JSON(count)])
}

func endOneSession(_ context: Context) async throws -> Outcome {
    let id: SessionID = try context.identifier("session")
    try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        guard try await deed.run(.endSession(id, of: viewer.member, in: deed.area)) == 1 else {
            throw Refusal.notFound
        }
        try await deed.record(.sessionsEnded, on: "member/\(viewer.member)", named: viewer.name)
    }
    return .done("/account", says: Phrase("ออกจากระบบในเครื่องนั้นแล้ว", en: "Signed out there"))
}

extension Query where Answer == PasswordHash? {
    static func password(of member: MemberID, in area: AreaID) -> Query {
        .first(
            "SELECT password_hash FROM members WHERE area_id = \(area) AND id = \(member) AND password_hash IS NOT NULL"
        ) {
            PasswordHash(try $0.next())
        }
    }
}
