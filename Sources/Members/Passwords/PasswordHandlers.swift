import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

func showForgottenPassword(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(ForgottenPasswordPage(visit: visit), visit)
}

/// The answer is the same for any name, and takes as long.
func createPasswordLink(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(PasswordForm.link, context.form.fields)
    try draft.check()
    try await context.refuseFlood("password link", upTo: 20)
    try await context.deed { deed in
        _ = try await deed.run(
            PasswordLinkMail.asked(for: draft["name"].lowercased(), in: deed.area, at: deed.now))
    }
    return .done(
        "/password",
        says: Phrase(
            "ถ้ามีบัญชีและอีเมลตามนี้ ลิงก์จะไปถึงภายในไม่กี่นาที",
            en: "If there is such an account with an e-mail, a link is on its way"))
}

func showNewPassword(_ context: Context) async throws -> Outcome {
    let (visit, link) = try await context.page(.link(context.link(.password), for: .password, in: context.area.id))
    guard let link else { throw Refusal.notFound }
    return .page(NewPasswordPage(visit: visit, isOver: link.isOver(at: context.now)), visit)
}

/// All sessions end, and all links: nobody knows who had the old password, or reads the mail.
func savePasswordByLink(_ context: Context) async throws -> Outcome {
    let id: Identifier<SecretLink> = try context.link(.password)
    let password = try await PasswordForm.chosen(context)
    try await context.deed { deed in
        let link = try await deed.find(.link(id, for: .password, in: deed.area, locked: true))
        guard let owner = link.member, !link.isOver(at: deed.now) else { throw Refusal.conflict(.passwordLinkIsOver) }
        let member = try await deed.find(.member(owner, of: deed.area))
        guard member.status == .enabled else { throw Refusal.notFound }
        _ = try await deed.run(
            .savePassword(password.text, mustChange: false, of: member.id, in: deed.area),
            .endSessions(of: member.id, but: nil, in: deed.area),
            .useLinks(of: member.id, for: .password, in: deed.area, at: deed.now),
            MembersJobs.notice(.passwordChanged, to: member.id, in: deed.area, at: deed.now))
        try await deed.record(.passwordChanged, on: "member/\(member.id)", named: member.name, by: member.name)
    }
    return .done("/sign-in", says: Phrase("ตั้งรหัสผ่านใหม่แล้ว เข้าสู่ระบบได้", en: "The password is set; sign in"))
}

func showPasswordRequestForm(_ context: Context) async throws -> Outcome {
    let (visit, units) = try await context.page(.openUnitChoices(of: context.area.id))
    return .page(PasswordRequestPage(visit: visit, units: units), visit)
}

/// Taken for any user name: whether there is such an account is for the administrator to see.
func createPasswordRequest(_ context: Context) async throws -> Outcome {
    let area = context.area.id
    let (_, units) = try await context.page(.openUnitChoices(of: area))
    try await context.refuseFlood("password request", upTo: 20)
    let draft = try RequestDraft(forPassword: context.form.fields, units: units)
    let citizen = try draft.citizen.sealed(by: context.platform.key, in: area)
    let id = try await context.deed { deed in
        let id = try await deed.run(.insert(draft, password: nil, citizen, in: area, at: deed.now))
        _ = try await deed.run(RequestMail.received(id, in: area, at: deed.now))
        try await deed.record(
            .passwordRequested, on: "request/\(id)", named: draft.name, by: draft.name,
            after: ["unit": JSON(draft.unit.rawValue), "username": .text(draft.username)])
        return id
    }
    return context.showing(id, says: Phrase("ส่งคำขอแล้ว", en: "Your request is sent"))
}

extension Phrase {
    static let passwordLinkIsOver = Phrase(
        "ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ ขอลิงก์ใหม่ได้", en: "This link was used already, or is too old. You can ask for another.")
}
