import COpenSSL
package import Runtime

/// Another's public key, as JSON web keys write it (RFC 7518): RSA, or the curve P-256. With it one sees who signed.
package enum WebKey: Sendable, Equatable {
    case rsa(modulus: [UInt8], exponent: [UInt8])
    case curve(x: [UInt8], y: [UInt8])

    private static let fewestModulusBytes = 256
    private static let coordinateLength = 32

    /// Nil for a kind that we don't take, or one too short to be safe.
    package init?(_ json: JSON) {
        func bytes(_ name: String) -> [UInt8]? { json[name]?.textValue.flatMap { [UInt8](base64url: $0) } }
        switch json["kty"]?.textValue {
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e"), modulus.count >= Self.fewestModulusBytes else {
                return nil
            }
            self = .rsa(modulus: modulus, exponent: exponent)
        case "EC":
            guard json["crv"]?.textValue == "P-256", let x = bytes("x"), let y = bytes("y"),
                x.count == Self.coordinateLength, y.count == Self.coordinateLength
            else { return nil }
            self = .curve(x: x, y: y)
        default: return nil
        }
    }

    /// The one algorithm that a key of this kind is used with: what a token says of itself doesn't choose.
    package var algorithm: String {
        switch self {
        case .rsa: "RS256"
        case .curve: "ES256"
        }
    }

    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = openSSLKey(), let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
        guard let form = Self.form(of: signature, for: self) else { return false }
        return EVP_DigestVerify(context, form, form.count, message, message.count) == 1
    }

    /// Tokens carry a curve's two numbers one after the other; OpenSSL wants them in DER.
    private static func form(of signature: [UInt8], for key: WebKey) -> [UInt8]? {
        guard case .curve = key else { return signature }
        guard signature.count == 2 * coordinateLength, let pair = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(pair) }
        let (r, s) = (Array(signature.prefix(coordinateLength)), Array(signature.suffix(coordinateLength)))
        ECDSA_SIG_set0(pair, BN_bin2bn(r, Int32(r.count), nil), BN_bin2bn(s, Int32(s.count), nil))
        var bytes: UnsafeMutablePointer<UInt8>?
        let length = i2d_ECDSA_SIG(pair, &bytes)
        guard length > 0, let bytes else { return nil }
        defer { CRYPTO_free(bytes, nil, 0) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(length)))
    }

    private func openSSLKey() -> OpaquePointer? {
        guard let builder = OSSL_PARAM_BLD_new() else { return nil }
        defer { OSSL_PARAM_BLD_free(builder) }
        switch self {
        case .rsa(let modulus, let exponent):
            let numbers = [
                BN_bin2bn(modulus, Int32(modulus.count), nil), BN_bin2bn(exponent, Int32(exponent.count), nil),
            ]
            defer { numbers.forEach { BN_free($0) } }
            OSSL_PARAM_BLD_push_BN(builder, lasting("n"), numbers[0])
            OSSL_PARAM_BLD_push_BN(builder, lasting("e"), numbers[1])
            return Self.key("RSA", builder)
        case .curve(let x, let y):
            // Both coordinates in full: 4 says so.
            let point = [4] + x + y
            OSSL_PARAM_BLD_push_utf8_string(builder, lasting("group"), lasting("prime256v1"), 0)
            return point.withUnsafeBytes { point in
                OSSL_PARAM_BLD_push_octet_string(builder, lasting("pub"), point.baseAddress, point.count)
                return Self.key("EC", builder)
            }
        }
    }

    private static func key(_ kind: String, _ builder: OpaquePointer) -> OpaquePointer? {
        guard let facts = OSSL_PARAM_BLD_to_param(builder), let context = EVP_PKEY_CTX_new_from_name(nil, kind, nil)
        else {
            return nil
        }
        defer {
            EVP_PKEY_CTX_free(context)
            OSSL_PARAM_free(facts)
        }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, Int32(RABRONG_PUBLIC_KEY.rawValue), facts) == 1
        else { return nil }
        return key
    }
}

/// The builder keeps pointers to names, not the names: what it is given must last.
private func lasting(_ name: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
}

extension [UInt8] {
    /// What base 64 for addresses says; nil for what it can't be.
    package init?(base64url text: some StringProtocol) {
        var bytes: [UInt8] = []
        var (bits, held) = (0, 0)
        for letter in text.utf8 {
            let value: Int
            switch letter {
            case 65...90: value = Int(letter) - 65
            case 97...122: value = Int(letter) - 71
            case 48...57: value = Int(letter) + 4
            case 45: value = 62
            case 95: value = 63
            default: return nil
            }
            held = (held << 6 | value) & 0xffff
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> bits & 255))
            }
        }
        // What is left over is no byte, and holds nothing.
        guard bits < 6, held & ((1 << bits) - 1) == 0 else { return nil }
        self = bytes
    }
}
