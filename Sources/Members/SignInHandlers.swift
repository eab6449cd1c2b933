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
    return .page(SignInPage(visit: visit, words: settings, next: context.request.query["next"] ?? ""), visit)
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
    guard let applicant, isRight, let password = applicant.password else {
        throw Refusal.invalid(
            "password", Phrase("ชื่อผู้ใช้หรือรหัสผ่านไม่ตรงกัน", en: "The user name and the password don't match"))
    }
    try refuseUnlessEnabled(applicant)
    let next = context.form.fields["next"] ?? ""
    guard applicant.hasSecondFactor else {
        return try await openSession(
            for: applicant, named: name, isKept: draft.isChecked("keep"), forgiving: [key], next: next, context)
    }
    let ticket = SignInTicket(for: applicant.id, named: name, isKept: draft.isChecked("keep"), at: context.now)
    let query = Fields(["next": next]).queryText
    return .done(
        "/sign-in/code" + (next.isEmpty ? "" : query),
        cookies: [ticket.cookie(password, in: context.area.id, context.platform.key)])
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
    guard let applicant, let password = applicant.password,
        ticket.isOurs(context.request, password, in: context.area.id, context.platform.key)
    else { throw Refusal.conflict(.tooLateForCode) }
    try refuseUnlessEnabled(applicant)
    try await refuseManyCodes(of: applicant.id, context)
    return try await openSession(
        for: applicant, named: ticket.username, isKept: ticket.isKept,
        forgiving: [KnownDevice(of: context).attemptKey(for: ticket.username, context)]
            + codeAttempts(of: applicant.id, context),
        next: context.form.fields["next"] ?? "", code: draft["code"], context)
}

private func openSession(
    for applicant: Applicant, named name: String, isKept: Bool, forgiving attempts: [[UInt8]], next: String,
    code: String? = nil, _ context: Context
) async throws -> Outcome {
    let session = NewSession(
        member: applicant.id, address: context.request.peer,
        device: deviceName(context.request.headers["user-agent"] ?? ""), isKept: isKept)
    try await context.deed { deed in
        if let code, try await !deed.takeCode(code, of: applicant.id) { throw Refusal.invalid("code", .wrongCode) }
        for key in attempts { deed.sendAlong(.forgiveAttempts(key, in: deed.area)) }
        _ = try await deed.run(
            .insert(session, in: deed.area, at: deed.now), .noteSignIn(of: applicant.id, in: deed.area, at: deed.now),
            .endOutdatedSessions(in: deed.area, at: deed.now))
        let entry = JournalEntry(
            area: deed.area, happenedAt: deed.now, actorArea: deed.area, actor: applicant.id,
            actorName: applicant.name, address: session.address, action: Action.signedIn.name,
            subject: "member/\(applicant.id)", subjectName: applicant.name)
        _ = try await deed.run(.record(entry))
    }
    let cookie = Cookie(
        Gate.cookieName(of: context.area), session.token, lifetime: session.isKept ? keptLifetime : nil)
    return .done(
        isOwnPath(next, context) ? String(next.dropFirst(context.prefix.count)) : "/",
        cookies: [cookie, KnownDevice(of: context).cookie(for: name, context)]
            + (code == nil ? [] : [SignInTicket.expired]))
}

/// Only within this area: an address of another site here would make our page the bait of a trap.
private func isOwnPath(_ path: String, _ context: Context) -> Bool {
    path.hasPrefix(context.prefix + "/") && !path.hasPrefix("//") && !path.contains("\\")
        && path.utf8.allSatisfy { (33...126).contains($0) }
}

private func refuseUnlessEnabled(_ applicant: Applicant) throws(Refusal) {
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

/// A browser from which somebody has signed in before. Its attempts are counted apart from those of all others, so
/// that a stranger behind the same address does not use them up.
private struct KnownDevice {
    private static let name = "__Host-rabrong-device"
    private let id: String
    private let proof: String

    init(of context: Context) {
        let parts = (context.request.headers.cookie(Self.name) ?? "").split(separator: ".")
        id = parts.count == 2 ? String(parts[0]) : randomBytes(12).base64url
        proof = parts.count == 2 ? String(parts[1]) : ""
    }

    func attemptKey(for name: String, _ context: Context) -> [UInt8] {
        let isKnown = isSame(Array(proof.utf8), Array(proof(for: name, context).utf8))
        let place = isKnown ? "device \(id)" : "address \(network(of: context.request.peer))"
        return context.platform.key.derived(for: "attempt").code(of: "\(name) \(place)")
    }

    func cookie(for name: String, _ context: Context) -> Cookie {
        Cookie(Self.name, "\(id).\(proof(for: name, context))", lifetime: 400 * 86_400)
    }

    private func proof(for name: String, _ context: Context) -> String {
        context.platform.key.derived(for: "device").code(of: "\(context.area.id) \(name) \(id)").prefix(18).base64url
    }

    /// One who has a whole IPv6 network has more addresses than we can count.
    private func network(of address: String) -> String {
        address.contains(":") ? address.split(separator: ":").prefix(4).joined(separator: ":") : address
    }
}

/// What people call the thing they sit at.
private func deviceName(_ agent: String) -> String {
    let systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]
    let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Firefox/", "Firefox"), ("Safari/", "Safari"),
    ]
    let browser = browsers.first { agent.contains($0.0) }?.1
    let system = systems.first { agent.contains($0) }
    return [browser, system].compactMap(\.self).joined(separator: " · ")
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
