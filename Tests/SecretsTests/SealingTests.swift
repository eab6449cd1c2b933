import Testing

@testable import Secrets

@Suite struct `Sealed text` {
    private let key = SecretKey([UInt8](repeating: 7, count: 32))

    @Test func `opens with its key for its purpose, and is another each time`() throws {
        let sealed = try key.sealed("1550000000014 น้ำใจ", for: "test")
        #expect(key.opened(sealed, for: "test") == "1550000000014 น้ำใจ")
        #expect(try key.sealed("1550000000014 น้ำใจ", for: "test") != sealed)
        #expect(key.opened(try key.sealed("", for: "test"), for: "test") == "")
    }

    @Test func `doesn't open otherwise, nor with one bit changed`() throws {
        let sealed = try key.sealed("secret", for: "test")
        #expect(key.opened(sealed, for: "other") == nil)
        #expect(SecretKey([UInt8](repeating: 8, count: 32)).opened(sealed, for: "test") == nil)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(key.opened(changed, for: "test") == nil)
        }
        #expect(key.opened([], for: "test") == nil)
        #expect(key.opened(Array(sealed.prefix(27)), for: "test") == nil)
    }
}
