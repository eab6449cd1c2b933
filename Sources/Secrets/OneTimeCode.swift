import COpenSSL
package import Runtime

/// Codes of six digits that change every half minute, as telephones make them from a shared secret (RFC 6238).
package struct OneTimeCode: Sendable {
    private static let period = 30
    private let secret: [UInt8]

    package init(secret: [UInt8]) {
        self.secret = secret
    }

    /// The half minute that a moment is in.
    package static func step(at now: Instant) -> Int { now.seconds / period }

    /// In which half minute the code was made; telephones are up to one behind or ahead.
    package func step(of code: String, at now: Instant) -> Int? {
        let current = Self.step(at: now)
        return [current, current - 1, current + 1].first { isSame(Array(text(at: $0).utf8), Array(code.utf8)) }
    }

    package func text(at step: Int) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        var code = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 20
        HMAC(EVP_sha1(), secret, Int32(secret.count), counter, counter.count, &code, &length)
        let offset = Int(code[19] & 15)
        let number = code[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7fff_ffff
        return "\(number % 1_000_000, digits: 6)"
    }
}

extension Sequence<UInt8> {
    /// As telephones take secrets that are typed in: letters and the digits 2 to 7.
    package var base32: String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var text: [UInt8] = []
        var (bits, held) = (0, 0)
        for byte in self {
            held = held << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(digits[held >> bits & 31])
            }
            held &= 255
        }
        if bits > 0 { text.append(digits[held << (5 - bits) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}
