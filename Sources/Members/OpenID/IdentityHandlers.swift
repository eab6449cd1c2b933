import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

let identityFields = [FormField("current", Phrase("รหัสผ่านปัจจุบัน", en: "Current password"), .password, required: true)]

func showIdentity(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    let (_, provider, identities) = try await context.page(
        .provider(of: context.area.id), .identities(of: viewer.member, in: context.area.id))
    let page = IdentityPage(
        visit: visit, provider: provider, identities: identities, found: context.foreignIdentity,
        providerAddress: context.providerAddress)
    return .page(page, visit)
}

/// With the password once more: a session left open must not be given another door.
func linkIdentity(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    if viewer.seenBy != nil { throw Refusal.onlyLooking }
    guard let identity = context.foreignIdentity else { throw Refusal.conflict(.nothingToLink) }
    try await context.requirePassword()
    try await context.deed { deed in try await deed.link(identity, to: viewer.member, named: viewer.name) }
    return .done(
        "/account/identity", says: Phrase("ผูกบัญชีแล้ว ครั้งต่อไปใช้เข้าสู่ระบบได้", en: "Linked. Next time it lets you in."),
        cookies: [ForeignIdentity.forgotten])
}

func unlinkIdentities(_ context: Context) async throws -> Outcome {
    try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        guard try await deed.run(.removeIdentities(of: viewer.member, in: deed.area)) > 0 else {
            throw Refusal.conflict(.nothingToLink)
        }
        try await deed.record(.identityUnlinked, on: "member/\(viewer.member)", named: viewer.name)
    }
    return .done("/account/identity", says: Phrase("ยกเลิกการผูกแล้ว", en: "Unlinked"))
}

extension Context {
    fileprivate var foreignIdentity: ForeignIdentity? {
        ForeignIdentity(in: request, of: area.id, at: now, platform.key)
    }
}

extension Phrase {
    fileprivate static let nothingToLink = Phrase(
        "ไม่มีบัญชีที่รอผูก เริ่มใหม่อีกครั้ง", en: "There is nothing to link. Begin again.")
}
