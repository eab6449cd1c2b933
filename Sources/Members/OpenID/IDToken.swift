import Runtime
import Secrets

/// What a provider says, under its signature, of the one who has just signed in there.
struct IDToken: Sendable {
    /// Why a token isn't believed. For the operator: to the person it is all one.
    enum Fault: String, Error {
        case malformed
        case wrongAlgorithm
        case wrongSignature
        case wrongIssuer
        case wrongAudience
        case wrongNonce
        case tooOld
    }

    /// Clocks differ.
    private static let tolerance = 60

    let subject: String
    let email: String?
    let isEmailVerified: Bool

    /// By which the person knows the account again.
    var label: String { email ?? subject }

    /// Believed only when one of the provider's keys has signed it, for us, now, for the very attempt of the nonce.
    init(
        _ text: String, signedBy keys: JSON, from issuer: String, to client: String, nonce: String, at now: Instant
    ) throws(Fault) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.json(parts[0]), let claims = Self.json(parts[1]),
            let signature = [UInt8](base64url: parts[2])
        else { throw .malformed }
        try Self.check(signature, of: Array("\(parts[0]).\(parts[1])".utf8), head, keys)
        guard claims["iss"]?.textValue == issuer else { throw .wrongIssuer }
        let audience = claims["aud"]?.textValue.map { [$0] } ?? claims["aud"]?.items.compactMap(\.textValue) ?? []
        guard audience.contains(client), audience.count == 1 || claims["azp"]?.textValue == client else {
            throw .wrongAudience
        }
        guard claims["nonce"]?.textValue == nonce else { throw .wrongNonce }
        guard let end = Self.seconds(claims["exp"]), end > now.seconds - Self.tolerance,
            let issued = Self.seconds(claims["iat"]), issued < now.seconds + Self.tolerance
        else { throw .tooOld }
        guard let subject = claims["sub"]?.textValue, !subject.isEmpty, subject.utf8.count <= 255 else {
            throw .malformed
        }
        self.subject = subject
        email = claims["email"]?.textValue.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        // Some write it as a word.
        isEmailVerified = (claims["email_verified"]?.textValue ?? claims["email_verified"]?.text) == "true"
    }

    /// The key says with which algorithm it is used; what the token says of itself must only agree.
    private static func check(_ signature: [UInt8], of message: [UInt8], _ head: JSON, _ keys: JSON) throws(Fault) {
        let name = head["kid"]?.textValue
        let known = (keys["keys"]?.items ?? []).filter {
            (name == nil || $0["kid"]?.textValue == name) && ($0["use"]?.textValue ?? "sig") == "sig"
        }.compactMap { WebKey($0) }
        let usable = known.filter { $0.algorithm == head["alg"]?.textValue }
        guard !usable.isEmpty else { throw .wrongAlgorithm }
        guard usable.contains(where: { $0.verifies(signature, of: message) }) else { throw .wrongSignature }
    }

    private static func json(_ part: Substring) -> JSON? {
        [UInt8](base64url: part).flatMap { try? JSON(parsing: $0) }
    }

    private static func seconds(_ number: JSON?) -> Int? {
        number.flatMap { Double($0.text) }.flatMap { Int(exactly: $0.rounded()) }
    }
}
