import Testing

@testable import Scoring

@Suite struct `A formula` {
    private let values: [Formula.Reference: Exact] = [
        .variable("a"): Exact(281), .variable("b"): Exact(300), .variable("ครู"): Exact(4), .variable("z"): .zero,
        .indicator("1.2.1"): Exact(3), .indicator("1.2.2"): Exact(5),
    ]

    private func result(_ text: String) throws -> String {
        let values = values
        return try Formula(text).result { values[$0] }.text(decimals: 4)
    }

    @Test(arguments: [
        ("a/b*100", "93.6667"), ("a ÷ b × 100", "93.6667"), ("1 - 2 - 3", "-4.0000"), ("2 + 3 * 4", "14.0000"),
        ("(2 + 3) * 4", "20.0000"), ("8 / 4 / 2", "1.0000"), ("-a + 300", "19.0000"), ("2 * -3", "-6.0000"),
        ("sum(a, b, 1)", "582.0000"), ("mean([1.2.1], [1.2.2])", "4.0000"), ("MIN(a, b)", "281.0000"),
        ("max(a, b)", "300.0000"), ("share(a, b)", "93.6667"), ("ร้อยละ(a, b)", "93.6667"), ("ครู * ๒.๕", "10.0000"),
        ("if(a > b, 1, 2)", "2.0000"), ("if(a < b and not (z = 1), 1, 2)", "1.0000"),
        ("if(a >= b หรือ z <= 0, 1, 2)", "1.0000"), ("if(z = 0, 0, a / z)", "0.0000"), ("[ 1.2.1 ] + .5", "3.5000"),
        ("0.1 + 0.2 - 0.3", "0.0000"), ("1/3*3", "1.0000"),
    ])
    func `is computed exactly`(text: String, expected: String) throws {
        #expect(try result(text) == expected)
    }

    @Test(arguments: [
        ("", 0), ("a +", 3), ("a b", 2), ("a + * b", 4), ("(a + b", 0), ("a + b)", 5), ("a # b", 2), ("1.2.3", 0),
        ("1..2", 0), ("sum a", 4), ("sum()", 4), ("share(a)", 0), ("if(a, 1, 2)", 3), ("a > b", 0), ("(a > b) + 1", 0),
        ("not a", 4), ("[1.2", 0), ("[]", 0), ("and", 0), ("if(a > b, b > a, 1)", 10), ("a, b", 1), ("x'; DROP", 1),
    ])
    func `that can't be read says where`(text: String, offset: Int) {
        let problem = #expect(throws: FormulaProblem.self) { _ = try Formula(text) }
        #expect(problem?.offset == offset)
    }

    @Test func `has limits of length and depth`() throws {
        #expect(throws: FormulaProblem.self) { _ = try Formula(String(repeating: "1+", count: 500) + "1") }
        #expect(throws: FormulaProblem.self) { _ = try Formula(String(repeating: "-", count: 40) + "1") }
        #expect(throws: FormulaProblem.self) {
            _ = try Formula(String(repeating: "(", count: 33) + "1" + String(repeating: ")", count: 33))
        }
        _ = try Formula(String(repeating: "(", count: 32) + "1" + String(repeating: ")", count: 32))
    }

    @Test func `is stopped when its numbers outgrow all measure`() throws {
        let text = String(repeating: "9", count: 60)
        let formula = try Formula("x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x" + String(repeating: "*x", count: 200))
        #expect(throws: FormulaProblem.self) { _ = try formula.result { _ in Exact(text) } }
    }

    @Test func `names what it does not know, and what is surely divided by zero`() throws {
        let known: Set<Formula.Reference> = [.variable("a"), .variable("b")]
        let formula = try Formula("a / c + b / (a - a) + b / (2 - 1 - 1) + [9.9]")
        #expect(formula.problems(knowing: known).map(\.offset) == [4, 10, 24, 40])
        #expect(try Formula("a / (b - a)").problems(knowing: known).isEmpty)
    }

    @Test(arguments: [("a / z", 2), ("share(a, z)", 0), ("a + missing", 4)])
    func `without a result says why`(text: String, offset: Int) throws {
        let problem = #expect(throws: FormulaProblem.self) { _ = try result(text) }
        #expect(problem?.offset == offset)
    }

    @Test(arguments: [
        ("a/b*100", "281 ÷ 300 × 100"), ("a-(b-a)", "281 − (300 − 281)"), ("a/(b/2)", "281 ÷ (300 ÷ 2)"),
        ("(a+b)*2", "(281 + 300) × 2"), ("a+(b+1)", "281 + 300 + 1"), ("-(a+1)", "−(281 + 1)"), ("q + 1", "q + 1"),
    ])
    func `is shown with its values`(text: String, expected: String) throws {
        #expect(try Formula(text).text { values[$0] } == expected)
    }
}
