import Testing

@testable import Secrets

@Suite struct `A digest` {
    @Test(arguments: [
        // FIPS 180-4.
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func `is SHA-256`(text: String, hexadecimal: String) {
        #expect(Digest(of: text).hexadecimal == hexadecimal)
        #expect(Digest(of: Array(text.utf8)[...]) == Digest(of: text))
    }
}

@Suite struct `A secret key` {
    @Test(arguments: [
        // RFC 4231, cases 1, 2 and 6.
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `signs with HMAC-SHA-256`(key: [UInt8], text: String, hexadecimal: String) {
        #expect(SecretKey(key).code(of: text).hexadecimal == hexadecimal)
    }

    @Test func `has a key of its own for each purpose`() {
        let key = SecretKey([UInt8](repeating: 7, count: 32))
        let codes = [key, key.derived(for: "form"), key.derived(for: "mail"), SecretKey([8])].map { $0.code(of: "x") }
        #expect(Set(codes).count == 4)
        #expect(key.derived(for: "form").code(of: "x") == codes[1])
    }
}

@Suite struct `Bytes that must be kept secret` {
    @Test(
        arguments: [
            ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2, 4], false), ([1, 2, 3], [0, 2, 3], false),
            ([1, 2], [1, 2, 3], false),
            ([], [], true), ([], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `are compared as a whole`(left: [UInt8], right: [UInt8], same: Bool) {
        #expect(isSame(left, right) == same)
    }

    @Test func `are never the same twice, and of every value`() {
        let drawn = (0..<1000).map { _ in randomBytes(16) }
        #expect(Set(drawn).count == 1000)
        #expect(Set(drawn.joined()).count == 256)
        #expect(drawn.allSatisfy { $0.count == 16 })
        #expect(randomBytes(0) == [])
    }
}

@Suite struct `Bytes as text` {
    @Test(arguments: [
        // RFC 4648, without its padding.
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("~~~???", "fn5-Pz8_"), ("ก", "4LiB"),
    ])
    func `are base 64 for addresses`(text: String, base64: String) {
        #expect(text.utf8.base64url == base64)
    }

    @Test func `are base 64 in every bit`() {
        let all = (UInt8.min...UInt8.max).map { $0 }
        #expect(all.base64url.utf8.count == 342)
        #expect([0xFB, 0xEF, 0xBE].base64url == "----" && [0xFF, 0xFF, 0xFF].base64url == "____")
        #expect([0x00].base64url == "AA" && [0xFF].base64url == "_w")
    }

    @Test func `are hexadecimal`() {
        #expect([0x00, 0x0F, 0xA5, 0xFF].hexadecimal == "000fa5ff")
    }
}
