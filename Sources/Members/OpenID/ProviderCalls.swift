import HTTP
import Kernel
import Outbound
import Runtime
import Secrets

/// A provider could not be asked, or what it answers can't be used.
enum ProviderFault: Error {
    case unreachable(String)
    case answered(Int)
    case isNone
    case otherIssuer(String)
    case isUnsafe(String)

    /// For the operator's log.
    var reason: String {
        switch self {
        case .unreachable(let words): words
        case .answered(let status): "status \(status)"
        case .isNone: "it isn't an OpenID provider's answer"
        case .otherIssuer(let issuer): "it calls itself \(issuer)"
        case .isUnsafe(let address): "\(address) isn't https"
        }
    }
}

/// What we ask of a provider's server.
struct ProviderCalls: Sendable {
    let platform: Platform

    /// Where the provider has what, as it says itself; it must call itself by the very name that the area gave.
    func endpoints(of issuer: String) async throws(ProviderFault) -> Provider.Endpoints {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let facts = try await json(OutboundRequest("GET", base + "/.well-known/openid-configuration"))
        guard let name = facts["issuer"]?.textValue, let authorization = facts["authorization_endpoint"]?.textValue,
            let token = facts["token_endpoint"]?.textValue, let keys = facts["jwks_uri"]?.textValue
        else { throw .isNone }
        guard name == issuer else { throw .otherIssuer(name) }
        for address in [authorization, token, keys] where !isAllowed(address) { throw .isUnsafe(address) }
        let methods = facts["token_endpoint_auth_methods_supported"]?.items.compactMap(\.textValue) ?? []
        return Provider.Endpoints(
            authorization: authorization, token: token, keys: keys,
            postsSecret: !methods.isEmpty && !methods.contains("client_secret_basic"))
    }

    /// Whether we would call such an address at all.
    func isAllowed(_ address: String) -> Bool {
        let schemes = platform.mayReachInside ? ["https://", "http://"] : ["https://"]
        return schemes.contains { address.hasPrefix($0) && address.utf8.count > $0.utf8.count }
            && address.utf8.count <= 500 && address.utf8.allSatisfy { (33...126).contains($0) && $0 != 34 }
    }

    /// The token that a code is worth. Nil when the provider says that the code is worth nothing.
    func token(
        for code: String, of flow: SignInFlow, _ provider: Provider, secret: String, returningTo address: String
    ) async throws(ProviderFault) -> String? {
        var form = Fields([
            "grant_type": "authorization_code", "code": code, "redirect_uri": address, "code_verifier": flow.verifier,
        ])
        var request = OutboundRequest("POST", provider.endpoints.token)
        request.headers = [("content-type", "application/x-www-form-urlencoded")]
        if provider.endpoints.postsSecret {
            form.add("client_id", provider.client)
            form.add("client_secret", secret)
        } else {
            let pair = "\(percentEncoded(provider.client)):\(percentEncoded(secret))"
            request.headers.append(("authorization", "Basic \(pair.utf8.base64)"))
        }
        request.body = .bytes(Array(form.queryText.dropFirst().utf8))
        do {
            return try await json(request)["id_token"]?.textValue
        } catch .answered(400), .answered(401) {
            return nil
        }
    }

    /// The provider's public keys.
    func keys(of provider: Provider) async throws(ProviderFault) -> JSON {
        try await json(OutboundRequest("GET", provider.endpoints.keys))
    }

    private func json(_ request: OutboundRequest) async throws(ProviderFault) -> JSON {
        var request = request
        request.headers.append(("accept", "application/json"))
        request.headers.append(("user-agent", "Rabrong"))
        request.seconds = 10
        request.staysOutside = !platform.mayReachInside
        let response: OutboundResponse
        do {
            response = try await request.perform()
        } catch {
            throw .unreachable("\(error)")
        }
        guard response.status == 200 else { throw .answered(response.status) }
        guard let json = try? JSON(parsing: response.body) else { throw .isNone }
        return json
    }
}
