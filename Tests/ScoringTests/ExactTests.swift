import Testing

@testable import Scoring

@Suite struct `An exact number` {
    @Test(arguments: [
        ("12.5", "12.5"), ("๑๒.๕", "12.5"), ("1,234,567.5", "1234567.5"), (" 7 ", "7"), ("-0", "0"), ("+3", "3"),
        (".5", "0.5"), ("007", "7"), ("123456789012345678901234567890", "123456789012345678901234567890"),
    ])
    func `is read as people write it`(text: String, expected: String) throws {
        #expect(try #require(Exact(text)).shortText() == expected)
    }

    @Test(arguments: [
        "", ".", "-", "1.2.3", "1e5", "12a", "1,2", "1,2345", ",123", "1.", "0x10", "½", "NaN", "1 2", "--1",
        "1111111111111111111111111111111111111111111111111111111111111",
    ])
    func `is refused when it is none`(text: String) {
        #expect(Exact(text) == nil)
    }

    @Test(arguments: [
        ("0.00005", "0.0001"), ("-0.00005", "-0.0001"), ("0.00004999", "0.0000"), ("2.99995", "3.0000"),
        ("-0.00001", "0.0000"), ("1234.5", "1234.5000"),
    ])
    func `is rounded half up, once`(text: String, expected: String) throws {
        #expect(try #require(Exact(text)).text(decimals: 4) == expected)
    }

    @Test func `divides without loss, and not by zero`() throws {
        let third = try #require(Exact.one.divided(by: Exact(3)))
        #expect(third + third + third == .one)
        #expect(Exact.one.divided(by: .zero) == nil)
    }

    @Test func `divides also what needs long division`() {
        var generator = Dice(seed: 7)
        for _ in 0..<2000 {
            let divisor = Natural(digits: generator.digits(upTo: 60)) + .one
            let quotient = Natural(digits: generator.digits(upTo: 60))
            let rest = Natural(digits: generator.digits(upTo: 60)).divided(by: divisor).remainder
            let (found, left) = (quotient * divisor + rest).divided(by: divisor)
            #expect(found == quotient && left == rest)
        }
    }
}
