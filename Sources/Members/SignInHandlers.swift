import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

let signInFields: [FormField] = [
    FormField("username", Phrase("ชื่อผู้ใช้หรืออีเมล", en: "User name or e-mail"), .text(limit: 254), required: true),
    FormField("password", Phrase("รหัสผ่าน", en: "Password"), .password, required: true),
    FormField("keep", Phrase("จำฉันไว้ 14 วัน", en: "Keep me signed in for 14 days"), .checkbox),
]

func showSignIn(_ context: Context) async throws -> Outcome {
    let (visit, settings) = try await context.page(.signInWords(of: context.area.id))
    let page = SignInPage(
        visit: visit, words: settings, providerAddress: context.providerAddress,
        next: context.request.query["next"] ?? "")
    return .page(page, visit)
}

func createSession(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(signInFields, context.form.fields)
    try draft.check()
    let name = draft["username"].lowercased()
    let device = KnownDevice(of: context)
    let key = device.attemptKey(for: name, context)
    try await refuseTooMany(key, context)
    let (_, applicant) = try await context.page(.applicant(name, in: context.area.id))
    let isRight = try await (applicant?.password ?? .ofNobody).matches(draft["password"])
    guard let applicant, isRight else {
        throw Refusal.invalid(
            "password", Phrase("ชื่อผู้ใช้หรือรหัสผ่านไม่ตรงกัน", en: "The user name and the password don't match"))
    }
    try refuseUnlessEnabled(applicant)
    let next = context.form.fields["next"] ?? ""
    return try await letIn(
        applicant, named: name, isKept: draft.isChecked("keep"), forgiving: [key], next: next, context)
}

func showCodeForm(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    guard SignInTicket(in: context.request, at: context.now) != nil else { return .done("/sign-in") }
    return .page(CodePage(visit: visit, next: context.request.query["next"] ?? ""), visit)
}

/// The second step, for one who has given the right password some minutes before.
func createSessionWithCode(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(codeFields, context.form.fields)
    try draft.check()
    guard let ticket = SignInTicket(in: context.request, at: context.now) else {
        throw Refusal.conflict(.tooLateForCode)
    }
    let (_, applicant) = try await context.page(.applicant(ticket.member, in: context.area.id))
    guard let applicant,
        ticket.isOurs(context.request, applicant.password, in: context.area.id, context.platform.key)
    else { throw Refusal.conflict(.tooLateForCode) }
    try refuseUnlessEnabled(applicant)
    try await refuseManyCodes(of: applicant.id, context)
    return try await openSession(
        for: applicant, named: ticket.username, isKept: ticket.isKept,
        forgiving: [KnownDevice(of: context).attemptKey(for: ticket.username, context)]
            + codeAttempts(of: applicant.id, context),
        next: context.form.fields["next"] ?? "", code: draft["code"], context)
}

func refuseUnlessEnabled(_ applicant: Applicant) throws(Refusal) {
    switch applicant.status {
    case .enabled: return
    case .pending:
        throw .invalid(
            "username", Phrase("ยังไม่ได้ตอบคำเชิญ เปิดลิงก์ในคำเชิญก่อน", en: "First open the link in your invitation"))
    case .disabled:
        throw .invalid(
            "username",
            Phrase("บัญชีนี้ถูกระงับ ติดต่อผู้ดูแลระบบของเขต", en: "This account is disabled; ask the area's administrator"))
    }
}

/// Five wrong passwords are free; then each costs twice the wait of the one before, at most a quarter of an hour.
/// Only the same name from the same place waits: nobody can lock out somebody else.
private func refuseTooMany(_ key: [UInt8], _ context: Context) async throws {
    let place = context.platform.key.derived(for: "place").code(of: context.request.peer)
    let (failures, fromPlace) = try await context.platform.database.transaction(in: context.area.id.rawValue) {
        try await $0.run(
            .countAttempt(key, in: context.area.id, at: context.now),
            .countAttempt(place, in: context.area.id, at: context.now))
    }
    guard failures.count > 5 || fromPlace.count > 200 else { return }
    throw Refusal.tooMany(
        Phrase(
            "ลองผิดหลายครั้งเกินไป รอ 15 นาทีแล้วลองใหม่ บัญชีไม่ได้ถูกล็อก ผู้อื่นและเครื่องอื่นยังเข้าได้",
            en: "Too many wrong passwords. Wait 15 minutes. The account isn't locked: other devices can still sign in.")
    )
}

/// Whoever sees the site as another signs out as themself.
func endSession(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    if visit.viewer?.seenBy != nil { _ = try await endSeeing(context) }
    try await context.deed { deed in
        guard let viewer = deed.viewer, let session = viewer.session else { return }
        _ = try await deed.run(.endSession(session.id, of: viewer.member, in: deed.area))
        try await deed.record(.signedOut, on: "member/\(viewer.member)", named: viewer.name)
    }
    return .done(
        "/sign-in", says: Phrase("ออกจากระบบแล้ว", en: "You are signed out"),
        cookies: [.expired(Gate.cookieName(of: context.area))])
}
