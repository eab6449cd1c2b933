import Runtime
import Testing

@testable import Secrets

/// Against the values of RFC 6238, appendix B, and RFC 4648.
@Suite struct `A code that changes every half minute` {
    private let secret = Array("12345678901234567890".utf8)

    private func code(at seconds: Int) -> String {
        OneTimeCode(secret: secret).text(at: OneTimeCode.step(at: Instant(microseconds: seconds * 1_000_000)))
    }

    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func `is what telephones show`(seconds: Int, expected: String) {
        #expect(code(at: seconds) == expected)
    }

    @Test func `is taken half a minute before and after, and no longer`() {
        let factor = OneTimeCode(secret: secret)
        let now = Instant(microseconds: 1_111_111_111_000_000)
        let step = OneTimeCode.step(at: now)
        for offset in -1...1 { #expect(factor.step(of: factor.text(at: step + offset), at: now) == step + offset) }
        for offset in [-2, 2] { #expect(factor.step(of: factor.text(at: step + offset), at: now) == nil) }
        for wrong in ["", "12345", "1234567", "٠٨١٨٠٤", "050471 "] { #expect(factor.step(of: wrong, at: now) == nil) }
    }

    @Test(arguments: [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")])
    func `has its secret typed in letters`(text: String, expected: String) {
        #expect(Array(text.utf8).base32 == expected)
    }
}
