import Testing

@testable import Secrets

@Suite struct `A password` {
    @Test(arguments: [
        // From the reference implementation's own tests.
        ("password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"),
        ("differentpassword", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94"),
        ("password", "$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw"),
    ])
    func `matches what others have made of it`(password: String, hash: String) async throws {
        #expect(try await PasswordHash(hash).matches(password))
        #expect(try await !PasswordHash(hash).matches(password + " "))
    }

    @Test(arguments: ["", "รหัสผ่านภาษาไทย", "a\u{0}b", String(repeating: "x", count: 5000), "pass word"])
    func `matches itself and nothing else`(password: String) async throws {
        let hash = try await PasswordHash.make(of: password)
        #expect(try await hash.matches(password))
        for other in [password + "x", String(password.dropLast()) + "!", password + "\u{0}"] {
            #expect(try await !hash.matches(other))
        }
    }

    @Test func `is never stored the same way twice, nor as itself`() async throws {
        let hashes = [try await PasswordHash.make(of: "secret"), try await PasswordHash.make(of: "secret")]
        #expect(hashes[0] != hashes[1])
        for hash in hashes {
            #expect(hash.text.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
            #expect(!hash.text.contains("secret") && hash.text.utf8.count == 97)
        }
    }

    @Test(arguments: [
        "", "secret", "$argon2id$",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPb",
        "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA",
    ])
    func `matches no hash that is damaged or of another kind`(hash: String) async throws {
        #expect(try await !PasswordHash(hash).matches("password"))
    }

    @Test func `of nobody costs as much as anybody's`() async throws {
        let hash = PasswordHash.ofNobody
        #expect(hash.text.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(hash.text.utf8.count == (try await PasswordHash.make(of: "x").text.utf8.count))
        for password in ["", "nobody", "password"] { #expect(try await !hash.matches(password)) }
    }
}
