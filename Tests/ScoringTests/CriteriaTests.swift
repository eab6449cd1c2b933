import Testing

@testable import Scoring

@Suite struct `Criteria of an indicator` {
    private func score(_ result: String, _ values: [String?], below: Criteria.Below = .slope) throws -> String {
        let criteria = try Criteria(values.map { $0.flatMap { Exact($0) } }, below: below)
        return try criteria.score(of: #require(Exact(result))).text(decimals: 5)
    }

    @Test(arguments: [
        ("72.5", "3.50000"), ("81", "5.00000"), ("80", "5.00000"), ("60", "1.00000"), ("59.9", "1.00000"),
        ("61", "1.20000"), ("65", "2.00000"), ("79.9999", "4.99998"), ("-5", "1.00000"),
    ])
    func `score what lies between levels in proportion`(result: String, score: String) throws {
        #expect(try self.score(result, ["60", "65", "70", "75", "80"]) == score)
    }

    @Test(arguments: [("5", "3.50000"), ("10", "1.00000"), ("11", "1.00000"), ("2", "5.00000"), ("0", "5.00000")])
    func `may fall, where less is better`(result: String, score: String) throws {
        #expect(try self.score(result, ["10", "8", "6", "4", "2"]) == score)
    }

    @Test(arguments: [
        ("62.5", Criteria.Below.slope, "1.50000"), ("60", .slope, "1.00000"), ("50", .slope, "1.00000"),
        ("64.9", .one, "1.00000"), ("65", .one, "2.00000"), ("67.5", .one, "2.50000"),
    ])
    func `may lack the first level`(result: String, below: Criteria.Below, score: String) throws {
        #expect(try self.score(result, [nil, "65", "70", "75", "80"], below: below) == score)
    }

    @Test func `may be worth something else than 1 to 5`() throws {
        let worths = [100, 200, 300, 400, 500].map { Exact($0) }
        let criteria = try Criteria([60, 65, 70, 75, 80].map { Exact($0) }, worths: worths)
        #expect(criteria.score(of: try #require(Exact("72.5"))).text(decimals: 5) == "350.00000")
    }

    @Test(arguments: [
        (["60", "65", "65", "75", "80"], 3), (["60", "65", "70", "69", "80"], 4), (["60", "65", nil, "75", "80"], 3),
        (["80", "75", "70", "71", "60"], 4), ([nil, "65", "70", "75", "75"], 5),
    ])
    func `that neither rise nor fall are refused at their level`(values: [String?], level: Int) {
        let problem = #expect(throws: CriteriaProblem.self) { try score("1", values) }
        #expect(problem?.level == level)
    }

    @Test func `need five levels`() {
        #expect(throws: CriteriaProblem.self) { try score("1", ["60", "65", "70", "75"]) }
    }
}
