import Testing

@testable import Runtime

@Suite struct `A day is a day of the common calendar` {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
        ("2026-11-21", 20_778), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `counted from 1970`(text: String, count: Int) {
        #expect(Day(text)?.sinceEpoch == count)
        #expect(Day(sinceEpoch: count).text == text)
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "2567-02-28", "2400-02-29"])
    func `that exists is read`(text: String) {
        #expect(Day(text)?.text == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01",
        "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "2026-01-01 ", " 2026-01-01", "", "2026-01", "๒๐๒๖-01-01",
        "-026-01-01", "20260101",
    ])
    func `that doesn't exist or is written otherwise is not`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func `a year of the Buddhist era is taken as it stands`() {
        // 2567 B.E. is 2024, a leap year, but 2567 is none: nothing here may convert behind the caller's back.
        #expect(Day("2567-01-02")?.parts.year == 2567)
        #expect(Day("2567-02-29") == nil)
    }

    @Test func `every day of 800 years comes after the one before`() {
        var expected = (year: 1900, month: 1, day: 1)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for count in -25_567..<266_627 {
            let parts = Day(sinceEpoch: count).parts
            guard parts == expected else {
                Issue.record("\(count) is \(parts), not \(expected)")
                return
            }
            let isLeap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
            let length = lengths[expected.month - 1] + (expected.month == 2 && isLeap ? 1 : 0)
            expected.day += 1
            if expected.day > length { expected = (expected.year, expected.month + 1, 1) }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
        #expect(expected == (2700, 1, 1))
    }

    @Test(arguments: [("2026-11-21", 6), ("2026-11-22", 0), ("1970-01-01", 4), ("1969-12-28", 0), ("1900-01-01", 1)])
    func `has a day of the week, Sunday being 0`(text: String, weekday: Int) {
        #expect(Day(text)?.weekday == weekday)
    }

    @Test(arguments: [
        ("2026-11-20T16:59:59.999999Z", "2026-11-20"), ("2026-11-20T17:00:00Z", "2026-11-21"),
        ("1969-12-31T16:59:59Z", "1969-12-31"), ("1969-12-31T17:00:00Z", "1970-01-01"),
    ])
    func `begins in Bangkok at 17 o'clock UTC`(instant: String, day: String) throws {
        #expect(Day(inBangkok: try #require(Instant(instant))).text == day)
    }

    @Test func `begins in Bangkok where the one before ends`() {
        #expect(Day("2026-11-21")?.beginInBangkok.text == "2026-11-20T17:00:00.000000Z")
        #expect(Day("1960-01-01")?.beginInBangkok.text == "1959-12-31T17:00:00.000000Z")
    }

    @Test func `days are added and compared`() throws {
        let day = try #require(Day("2024-02-28"))
        #expect((day + 1).text == "2024-02-29")
        #expect((day + 2).text == "2024-03-01")
        #expect((day + -59).text == "2023-12-31")
        #expect(day < day + 1)
    }
}
