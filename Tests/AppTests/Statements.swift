import HTTP
import Postgres
import TestSupport
import Testing

extension TestSite {
    /// How many statements a page takes, and its text. Which area it is, is remembered for some seconds only, and may be
    /// forgotten between two pages of a slow machine: the fewest of three count.
    func statements(of page: String, as member: TestMember?) async -> (count: Int, text: String) {
        var (fewest, text) = (Int.max, "")
        for _ in 1...3 {
            let before = await database.statementCount
            let answer = await get(page, as: member)
            #expect(answer.status == 200, "\(page)")
            fewest = min(fewest, await database.statementCount - before)
            text = answer.text
        }
        return (fewest, text)
    }
}
