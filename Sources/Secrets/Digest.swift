import COpenSSL
import Glibc
import Runtime

/// The SHA-256 of some bytes.
package struct Digest: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(of content: some Collection<UInt8>) {
        let content = Array(content)
        bytes = [UInt8](repeating: 0, count: 32)
        SHA256(content, content.count, &bytes)
    }

    /// Read piece by piece, however large it is.
    package init(ofFile path: String) throws {
        guard let context = EVP_MD_CTX_new() else { throw DiskError(path: path, code: ENOMEM) }
        defer { EVP_MD_CTX_free(context) }
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
        try Disk.readPieces(of: path) { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        bytes = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &bytes, nil)
    }

    /// As it was written down before.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    package init?(hexadecimal text: some StringProtocol) {
        guard let bytes = [UInt8](hexadecimal: text) else { return nil }
        self.init(bytes: bytes)
    }

    package init(of text: String) {
        self.init(of: Array(text.utf8))
    }

    package var hexadecimal: String { bytes.hexadecimal }
}

/// A key that only this deployment knows, and what is signed with it.
package struct SecretKey: Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A key of its own for one purpose, so that what is signed for one can't be used for another.
    package func derived(for purpose: String) -> SecretKey {
        SecretKey(code(of: purpose))
    }

    /// HMAC-SHA-256.
    package func code(of text: String) -> [UInt8] {
        let text = Array(text.utf8)
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 32
        HMAC(EVP_sha256(), bytes, Int32(bytes.count), text, text.count, &code, &length)
        return code
    }
}

/// Compares in a time that doesn't tell where the two differ.
package func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// Bytes that nobody can guess.
package func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // The kernel's own, in one call; it does not fail.
    arc4random_buf(&bytes, count)
    return bytes
}

extension Sequence<UInt8> {
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Base 64 with padding, as mail and HTTP want it.
    package var base64: String {
        let text = base64url.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
    }

    /// Base 64 for addresses and cookies: `-` and `_`, no padding.
    package var base64url: String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var bits = 0
        var held = 0
        for byte in self {
            held = held << 8 | Int(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(digits[held >> bits & 63])
            }
            held &= 255
        }
        if bits > 0 { text.append(digits[held << (6 - bits) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }
}
