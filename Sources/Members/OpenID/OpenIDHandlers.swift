import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

extension Context {
    /// Always under the platform's own name, which is the one that the provider knows.
    var providerAddress: String { "\(platform.baseURL)/\(area.code)/sign-in/provider" }
    var returnAddress: String { providerAddress + "/return" }
}

/// Sends the person to the provider.
func beginAtProvider(_ context: Context) async throws -> Outcome {
    let (_, provider) = try await context.page(.provider(of: context.area.id))
    guard let provider else { throw Refusal.notFound }
    let flow = SignInFlow(next: context.request.query["next"] ?? "")
    var response = Response.seeOther(
        flow.address(provider, returningTo: context.returnAddress, in: context.language.rawValue))
    let cookie = try flow.cookie(of: context.area.id, at: context.now, context.platform.key)
    response.headers.add("set-cookie", cookie.header)
    return .response(response)
}

/// The person comes back. Whose account it is, the provider tells us and not the browser.
func returnFromProvider(_ context: Context) async throws -> Outcome {
    let (visit, provider) = try await context.page(.provider(of: context.area.id))
    guard let provider else { throw Refusal.notFound }
    let query = context.request.query
    guard let flow = SignInFlow(in: context.request, of: context.area.id, at: context.now, context.platform.key),
        isSame(Array((query["state"] ?? "").utf8), Array(flow.state.utf8))
    else { throw Refusal.conflict(.noSuchFlow) }
    // Another provider's answer must not pass for this one's (RFC 9207).
    if let issuer = query["iss"], issuer != provider.issuer { throw Refusal.conflict(.notBelieved) }
    guard query["error"] == nil, let code = query["code"] else { throw Refusal.conflict(.providerSaidNo) }
    try await context.refuseFlood("provider")
    let token = try await context.token(for: code, of: flow, provider)
    let identity = ForeignIdentity(issuer: provider.issuer, subject: token.subject, label: token.label)
    let (_, known) = try await context.page(.applicant(by: identity, in: context.area.id))
    var applicant = known
    if applicant == nil { applicant = try await context.linked(identity, token, provider, visit.viewer) }
    guard let applicant else { return try context.askingWhose(identity, visit.viewer) }
    try refuseUnlessEnabled(applicant)
    let outcome = try await letIn(
        applicant, named: "\(applicant.id) \(provider.issuer)", isKept: false, next: flow.next, context)
    return outcome.adding(SignInFlow.ended)
}

extension Context {
    /// What the provider says of the person; a fault of its is noted, and told as one that passes.
    fileprivate func token(for code: String, of flow: SignInFlow, _ provider: Provider) async throws -> IDToken {
        let calls = ProviderCalls(platform: platform)
        do {
            let secret = provider.secret(in: area.id, platform.key) ?? ""
            let text = try await calls.token(for: code, of: flow, provider, secret: secret, returningTo: returnAddress)
            guard let text else { throw Refusal.conflict(.providerSaidNo) }
            return try IDToken(
                text, signedBy: try await calls.keys(of: provider), from: provider.issuer, to: provider.client,
                nonce: flow.nonce, at: now)
        } catch let fault as ProviderFault {
            Log.note("A sign-in provider fails.", ["area": .text(area.code), "reason": .text(fault.reason)])
            throw Refusal.conflict(.providerFails)
        } catch let fault as IDToken.Fault {
            Log.note("A token isn't believed.", ["area": .text(area.code), "reason": .text(fault.rawValue)])
            throw Refusal.conflict(.notBelieved)
        }
    }

    /// The member at an address that the provider has verified, where the area goes by that. Never for one who is
    /// signed in: they say themselves.
    fileprivate func linked(
        _ identity: ForeignIdentity, _ token: IDToken, _ provider: Provider, _ viewer: Viewer?
    ) async throws -> Applicant? {
        guard viewer == nil, provider.linksByEmail, token.isEmailVerified, let email = token.email else { return nil }
        let (_, found) = try await page(.unlinkedApplicant(at: email, provider.issuer, in: area.id))
        guard let found else { return nil }
        try await deed { deed in try await deed.link(identity, to: found.id, named: found.name) }
        return found
    }

    /// The person shows with their password which account is theirs; until then their browser keeps who they are
    /// elsewhere.
    fileprivate func askingWhose(_ identity: ForeignIdentity, _ viewer: Viewer?) throws -> Outcome {
        let kept = try identity.cookie(of: area.id, at: now, platform.key)
        guard viewer == nil else { return .done("/account/identity", cookies: [kept, SignInFlow.ended]) }
        let query = Fields(["next": "/\(area.code)/account/identity"]).queryText
        return .done(
            "/sign-in" + query,
            says: Phrase(
                "\(identity.label) ยังไม่ผูกกับบัญชีใด เข้าสู่ระบบด้วยรหัสผ่านครั้งนี้เพื่อผูก",
                en: "\(identity.label) isn't linked yet. Sign in with your password this once to link it."),
            cookies: [kept, SignInFlow.ended])
    }
}

extension Outcome {
    fileprivate func adding(_ cookie: Cookie) -> Outcome {
        guard case .done(let path, let says, let json, let made, let cookies) = self else { return self }
        return .done(path: path, says: says, json: json, made: made, cookies: cookies + [cookie])
    }
}

extension Phrase {
    fileprivate static let noSuchFlow = Phrase(
        "การเข้าสู่ระบบนี้นานเกินไป หรือเริ่มจากหน้าต่างอื่น เริ่มใหม่อีกครั้ง",
        en: "This took too long, or was begun in another browser. Begin again.")
    fileprivate static let providerSaidNo = Phrase(
        "ผู้ให้บริการไม่ได้ยืนยันตัวท่าน ลองใหม่ หรือเข้าสู่ระบบด้วยรหัสผ่าน",
        en: "The provider didn't confirm who you are. Try again, or sign in with your password.")
    fileprivate static let providerFails = Phrase(
        "ติดต่อผู้ให้บริการไม่ได้ในขณะนี้ เข้าสู่ระบบด้วยรหัสผ่านได้",
        en: "The provider can't be reached just now. You can sign in with your password.")
    fileprivate static let notBelieved = Phrase(
        "คำตอบของผู้ให้บริการไม่ผ่านการตรวจ เข้าสู่ระบบด้วยรหัสผ่าน และแจ้งผู้ดูแลระบบของเขต",
        en: "The provider's answer doesn't check. Sign in with your password, and tell the area's administrator.")
}
