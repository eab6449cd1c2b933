import COpenSSL

/// Text that only this deployment can read: AES-256-GCM. Sealed for one purpose, it can't be opened for another, nor can
/// a byte of it be changed.
extension SecretKey {
    private static let nonceLength = 12
    private static let tagLength = 16

    package func sealed(_ text: String, for purpose: String) throws -> [UInt8] {
        let nonce = randomBytes(Self.nonceLength)
        let content = Array(text.utf8)
        var sealed = [UInt8](repeating: 0, count: content.count)
        var tag = [UInt8](repeating: 0, count: Self.tagLength)
        let isDone = withCipher { cipher in
            var length: Int32 = 0
            return EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), nil, code(of: purpose), nonce) == 1
                && EVP_EncryptUpdate(cipher, &sealed, &length, content, Int32(content.count)) == 1
                && EVP_EncryptFinal_ex(cipher, nil, &length) == 1
                && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagLength), &tag) == 1
        }
        guard isDone else { throw SealingFault() }
        return nonce + sealed + tag
    }

    /// Nil for what wasn't sealed with this key for this purpose.
    package func opened(_ bytes: [UInt8], for purpose: String) -> String? {
        guard bytes.count >= Self.nonceLength + Self.tagLength else { return nil }
        let nonce = Array(bytes.prefix(Self.nonceLength))
        let sealed = Array(bytes.dropFirst(Self.nonceLength).dropLast(Self.tagLength))
        var tag = Array(bytes.suffix(Self.tagLength))
        var content = [UInt8](repeating: 0, count: sealed.count)
        let isSound = withCipher { cipher in
            var length: Int32 = 0
            return EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), nil, code(of: purpose), nonce) == 1
                && EVP_DecryptUpdate(cipher, &content, &length, sealed, Int32(sealed.count)) == 1
                && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagLength), &tag) == 1
                && EVP_DecryptFinal_ex(cipher, nil, &length) == 1
        }
        return isSound ? String(validating: content, as: UTF8.self) : nil
    }

    private func withCipher(_ body: (OpaquePointer) -> Bool) -> Bool {
        guard let cipher = EVP_CIPHER_CTX_new() else { return false }
        defer { EVP_CIPHER_CTX_free(cipher) }
        return body(cipher)
    }
}

/// The cipher could not work, for want of memory most likely.
struct SealingFault: Error {}
