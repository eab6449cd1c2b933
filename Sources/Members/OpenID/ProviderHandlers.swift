import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

enum ProviderForm {
    static let fields = [
        FormField(
            "name", Phrase("ชื่อที่แสดงบนปุ่ม", en: "Name on the button"), .text(limit: 60), required: true,
            hint: Phrase("เช่น บัญชีกูเกิลของเขต", en: "Such as “the area's Google account”")),
        FormField(
            "issuer", Phrase("ที่อยู่ของผู้ให้บริการ (issuer)", en: "The provider's address (issuer)"), .text(limit: 300),
            required: true, hint: Phrase("เช่น https://accounts.google.com", en: "Such as https://accounts.google.com")),
        FormField("client", Phrase("รหัสไคลเอนต์ (client ID)", en: "Client ID"), .text(limit: 300), required: true),
        FormField(
            "secret", Phrase("ความลับของไคลเอนต์ (client secret)", en: "Client secret"), .password,
            hint: Phrase("เก็บแบบเข้ารหัส เว้นว่างไว้เพื่อคงของเดิม", en: "Kept encrypted; left empty, the known one stays")),
        FormField(
            "links-by-email",
            Phrase(
                "ผูกบัญชีให้เองเมื่อผู้ให้บริการยืนยันอีเมลที่ตรงกับอีเมลในระบบ",
                en: "Link by itself where the provider has verified an e-mail that a member has here"), .checkbox),
    ]
}

func showProvider(_ context: Context) async throws -> Outcome {
    let (visit, provider) = try await context.page(.provider(of: context.area.id))
    return .page(ProviderPage(visit: visit, provider: provider, returnAddress: context.returnAddress), visit)
}

/// Asks the provider where it has what, so that what can't work is said here and not to those who sign in.
func saveProvider(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(ProviderForm.fields, context.form.fields)
    let calls = ProviderCalls(platform: context.platform)
    let (visit, known) = try await context.page(.provider(of: context.area.id))
    if visit.viewer?.seenBy != nil { throw Refusal.onlyLooking }
    if known == nil, draft["secret"].isEmpty { draft.refuse("secret", .needed) }
    if !draft["issuer"].isEmpty, !calls.isAllowed(draft["issuer"]) {
        draft.refuse("issuer", Phrase("ใส่ที่อยู่ที่ขึ้นต้นด้วย https://", en: "Enter an address that begins with https://"))
    }
    try draft.check()
    let endpoints: Provider.Endpoints
    do {
        endpoints = try await calls.endpoints(of: draft["issuer"])
    } catch {
        throw Refusal.invalid("issuer", error.phrase)
    }
    let secret = draft["secret"]
    let provider = Provider(
        name: draft["name"], issuer: draft["issuer"], client: draft["client"],
        sealedSecret: try secret.isEmpty
            ? known?.sealedSecret ?? Bytes([]) : Provider.seal(secret, in: context.area.id, context.platform.key),
        linksByEmail: draft.isChecked("links-by-email"), endpoints: endpoints, readAt: context.now)
    try await context.deed { deed in
        let before = try await deed.run(.provider(of: deed.area))
        _ = try await deed.run(.save(provider, of: deed.area))
        let change = difference(from: before?.json ?? .object([]), to: provider.json)
        try await deed.record(
            .providerSaved, on: "settings", named: provider.name, before: change.before, after: change.after)
    }
    return .done("/members/provider", says: Phrase("บันทึกแล้ว ผู้ให้บริการตอบถูกต้อง", en: "Saved; the provider answers well"))
}

/// Nobody is locked out: everybody keeps the password.
func removeProvider(_ context: Context) async throws -> Outcome {
    try await context.deed { deed in
        let provider = try await deed.find(.provider(of: deed.area))
        _ = try await deed.run(.removeProvider(of: deed.area))
        try await deed.record(.providerRemoved, on: "settings", named: provider.name, before: provider.json)
    }
    return .done("/members/provider", says: Phrase("เลิกใช้แล้ว", en: "Removed"))
}

extension ProviderFault {
    /// For who sets it up.
    fileprivate var phrase: Phrase {
        switch self {
        case .unreachable(let words): Phrase("ติดต่อไม่ได้: \(words)", en: "It can't be reached: \(words)")
        case .answered(let status):
            Phrase("ที่อยู่นี้ตอบด้วยสถานะ \(status)", en: "This address answers with status \(status)")
        case .isNone:
            Phrase("ที่อยู่นี้ไม่ใช่ผู้ให้บริการ OpenID Connect", en: "This address isn't an OpenID Connect provider's")
        case .otherIssuer(let name):
            Phrase("ผู้ให้บริการเรียกตนเองว่า \(name) ใส่ให้ตรงกัน", en: "The provider calls itself \(name); enter just that")
        case .isUnsafe(let address):
            Phrase("ผู้ให้บริการใช้ที่อยู่ที่ไม่ปลอดภัย: \(address)", en: "The provider uses an unsafe address: \(address)")
        }
    }
}
