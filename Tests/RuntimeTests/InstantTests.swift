import Testing

@testable import Runtime

@Suite struct `An instant is the same moment everywhere` {
    @Test(arguments: [
        ("2026-11-21 05:39:01.12+00", "2026-11-21T05:39:01.120000Z"),
        ("2026-11-21 05:39:01+00", "2026-11-21T05:39:01.000000Z"),
        ("2026-11-21 12:39:01.123456+07", "2026-11-21T05:39:01.123456Z"),
        ("2026-11-21 00:09:01+05:30", "2026-11-20T18:39:01.000000Z"),
        ("2026-11-20 20:00:00-03:30", "2026-11-20T23:30:00.000000Z"),
        ("2026-11-21T05:39:01.1234567Z", "2026-11-21T05:39:01.123456Z"),
        ("1969-12-31 23:59:59.5+00", "1969-12-31T23:59:59.500000Z"),
        ("2026-11-21T12:39:01+0700", "2026-11-21T05:39:01.000000Z"),
    ])
    func `read as PostgreSQL or a machine writes it`(text: String, utc: String) {
        #expect(Instant(text)?.text == utc)
    }

    @Test(arguments: [
        "2026-11-21 05:39:01", "2026-11-21", "2026-11-21 24:00:00+00", "2026-11-21 05:60:00+00", "infinity",
        "2026-02-29 05:39:01+00", "2026-11-21 05:39:01+00 BC", "2026-11-21x05:39:01Z", "2026-11-21 05:39Z", "",
        "2026-11-21 5:39:01Z", "2026-11-21 05:39:01+7", "2026-11-21 05:39:01+07:3",
    ])
    func `anything else is no instant`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `before 1970 the fraction still counts forward`() {
        let instant = Instant(microseconds: -1)
        #expect(instant.text == "1969-12-31T23:59:59.999999Z")
        #expect(instant.seconds == -1)
        #expect(Instant(instant.text) == instant)
    }

    @Test func `seconds are added, instants compared`() {
        let instant = Instant(microseconds: 1_500_000)
        #expect((instant + 60).microseconds == 61_500_000)
        #expect(instant < instant + 1)
        #expect(instant.text == "1970-01-01T00:00:01.500000Z")
    }

    @Test func `now is later than when this was written`() {
        #expect(Instant.now.microseconds > 1_700_000_000_000_000)
    }
}
