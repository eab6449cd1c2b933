import HTTP
import Kernel
import Runtime
import Secrets

/// An attempt to sign in elsewhere, from when the person leaves until they come back. It lies sealed in a cookie: only
/// the browser that began it can end it, and nothing is stored for those who never come back.
struct SignInFlow: Sendable {
    private static let cookie = SealedCookie("__Host-rabrong-flow", lifetime: 900)

    /// Comes back with the person, and must be the one they left with.
    let state: String
    /// Stands in the token: it was made for this attempt.
    let nonce: String
    /// What only we know; the provider saw its hash, and gives the token to nobody without it (PKCE).
    let verifier: String
    /// Where the person wanted to go.
    let next: String

    init(next: String) {
        state = randomBytes(24).base64url
        nonce = randomBytes(24).base64url
        verifier = randomBytes(32).base64url
        self.next = next
    }

    /// Nil where none is under way here.
    init?(in request: Request, of area: AreaID, at now: Instant, _ key: SecretKey) {
        guard let facts = Self.cookie.facts(in: request, of: area, at: now, key), let state = facts["state"]?.textValue,
            let nonce = facts["nonce"]?.textValue, let verifier = facts["verifier"]?.textValue
        else { return nil }
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        next = facts["next"]?.textValue ?? ""
    }

    func cookie(of area: AreaID, at now: Instant, _ key: SecretKey) throws -> Cookie {
        try Self.cookie.sealing(
            [
                "state": .text(state), "nonce": .text(nonce), "verifier": .text(verifier),
                "next": .text(String(next.prefix(500))),
            ], of: area, at: now, key)
    }

    static var ended: Cookie { cookie.expired }

    /// Where the person signs in.
    func address(_ provider: Provider, returningTo address: String, in language: String) -> String {
        let query = Fields([
            "response_type": "code", "scope": "openid email profile", "client_id": provider.client,
            "redirect_uri": address, "state": state, "nonce": nonce, "code_challenge_method": "S256",
            "code_challenge": Digest(of: verifier).bytes.base64url, "ui_locales": language,
        ]).queryText
        let endpoint = provider.endpoints.authorization
        return endpoint + (endpoint.contains("?") ? "&\(query.dropFirst())" : query)
    }
}

/// An account elsewhere of which we know that it is theirs who sits at this browser, and not yet whose it is here.
struct ForeignIdentity: Sendable {
    private static let cookie = SealedCookie("__Host-rabrong-identity", lifetime: 900)

    let issuer: String
    let subject: String
    let label: String

    init(issuer: String, subject: String, label: String) {
        self.issuer = issuer
        self.subject = subject
        self.label = label
    }

    init?(in request: Request, of area: AreaID, at now: Instant, _ key: SecretKey) {
        guard let facts = Self.cookie.facts(in: request, of: area, at: now, key),
            let issuer = facts["issuer"]?.textValue, let subject = facts["subject"]?.textValue,
            let label = facts["label"]?.textValue
        else { return nil }
        self.init(issuer: issuer, subject: subject, label: label)
    }

    func cookie(of area: AreaID, at now: Instant, _ key: SecretKey) throws -> Cookie {
        try Self.cookie.sealing(
            ["issuer": .text(issuer), "subject": .text(subject), "label": .text(label)], of: area, at: now, key)
    }

    static var forgotten: Cookie { cookie.expired }
}

/// Facts that a browser keeps for us for some time and can neither read nor change.
private struct SealedCookie: Sendable {
    let name: String
    let lifetime: Int

    init(_ name: String, lifetime: Int) {
        self.name = name
        self.lifetime = lifetime
    }

    var expired: Cookie { .expired(name) }

    func sealing(_ facts: JSON, of area: AreaID, at now: Instant, _ key: SecretKey) throws -> Cookie {
        let whole = JSON.object(facts.members + [.init(name: "until", value: JSON(now.seconds + lifetime))])
        return Cookie(name, try key.sealed(whole.text, for: "\(name) \(area)").base64url, lifetime: lifetime)
    }

    func facts(in request: Request, of area: AreaID, at now: Instant, _ key: SecretKey) -> JSON? {
        guard let bytes = request.headers.cookie(name).flatMap({ [UInt8](base64url: $0) }),
            let text = key.opened(bytes, for: "\(name) \(area)"), let facts = try? JSON(parsing: Array(text.utf8)),
            let until = facts["until"].flatMap({ Int($0.text) }), until > now.seconds
        else { return nil }
        return facts
    }
}
