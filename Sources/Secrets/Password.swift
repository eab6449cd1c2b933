import CArgon2
import Runtime

/// A password as it is stored: argon2id, from which nobody reads the password.
package struct PasswordHash: Hashable, Sendable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    /// OWASP's figures for argon2id: 19 MiB, two passes, one lane.
    private static let memory: UInt32 = 19_456
    private static let passes: UInt32 = 2

    /// Stands in for a member who doesn't exist, so that a wrong name takes as long as a wrong password.
    package static let ofNobody = PasswordHash(
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$tMHzYAMM8KqNAbtxU2j1Ys1TYJDMtDFpJSO9bb29RZM")

    /// Takes some 20 ms of a processor, away from the event loop.
    package static func make(of password: String) async throws -> PasswordHash {
        try await Blocking.run {
            let password = Array(password.utf8)
            let salt = randomBytes(16)
            var text = [CChar](repeating: 0, count: 128)
            let code = argon2id_hash_encoded(
                passes, memory, 1, password, password.count, salt, salt.count, 32, &text, text.count)
            guard code == ARGON2_OK.rawValue else { throw PasswordError(code: code) }
            return PasswordHash(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
    }

    package func matches(_ password: String) async throws -> Bool {
        let text = text
        return try await Blocking.run {
            let password = Array(password.utf8)
            return argon2id_verify(text, password, password.count) == ARGON2_OK.rawValue
        }
    }
}

/// argon2 could not work, for want of memory most likely.
package struct PasswordError: Error {
    package var code: Int32
}
