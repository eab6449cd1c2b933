import Glibc

/// A moment, to the microsecond, the same everywhere on earth.
package struct Instant: Hashable, Comparable, Sendable {
    /// Since 1 January 1970, 00:00 UTC.
    package var microseconds: Int

    package init(microseconds: Int) {
        self.microseconds = microseconds
    }

    package static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: time.tv_sec * 1_000_000 + time.tv_nsec / 1000)
    }

    package var seconds: Int { microseconds.dividedRoundingDown(by: 1_000_000) }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (instant: Instant, seconds: Int) -> Instant {
        Instant(microseconds: instant.microseconds + seconds * 1_000_000)
    }

    /// As ISO 8601 in UTC, for machines: `2026-11-21T05:39:01.123456Z`.
    package var text: String {
        let day = Day(sinceEpoch: seconds.dividedRoundingDown(by: 86_400))
        let second = seconds - day.sinceEpoch * 86_400
        let fraction = microseconds - seconds * 1_000_000
        return "\(day.text)T\(second / 3600, digits: 2):\(second / 60 % 60, digits: 2):\(second % 60, digits: 2)"
            + ".\(fraction, digits: 6)Z"
    }

    /// Reads ISO 8601 with an offset, as PostgreSQL writes it (`2026-11-21 05:39:01.12+00`) or as `text` does.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let instant = text.withUTF8({ Instant(bytes: $0) }) else { return nil }
        self = instant
    }

    /// Reads the same in place.
    package init?(bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = DigitScanner(bytes)
        guard let day = scanner.day(), scanner.take(where: { $0 == 32 || $0 == 84 }) != nil,
            let hour = scanner.number(2), scanner.take(58), let minute = scanner.number(2), scanner.take(58),
            let second = scanner.number(2), hour < 24, minute < 60, second < 61
        else { return nil }
        let fraction = scanner.take(46) ? scanner.fraction(digits: 6) : 0
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let seconds = day.sinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }
}

extension Instant {
    /// The next time that clocks in Thailand show this.
    package func next(hour: Int, minute: Int) -> Instant {
        let today = Day(inBangkok: self).instant(hour: hour, minute: minute)
        return today > self ? today : today + 86_400
    }
}

/// A day of the calendar, wherever that is.
package struct Day: Hashable, Comparable, Sendable {
    /// Days since 1 January 1970.
    package var sinceEpoch: Int

    package init(sinceEpoch: Int) {
        self.sinceEpoch = sinceEpoch
    }

    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.dividedRoundingDown(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(sinceEpoch: era * 146_097 + dayOfEra - 719_468)
        guard parts == (year, month, day) else { return nil }
    }

    /// Reads `2026-11-21`.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let day = text.withUTF8({ Day(bytes: $0) }) else { return nil }
        self = day
    }

    /// Reads the same in place.
    package init?(bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = DigitScanner(bytes)
        guard let day = scanner.day(), scanner.isAtEnd else { return nil }
        self = day
    }

    /// The day it is in Thailand, which has kept UTC+7 since 1920 and has no summer time.
    package init(inBangkok instant: Instant) {
        self.init(sinceEpoch: (instant.seconds + 7 * 3600).dividedRoundingDown(by: 86_400))
    }

    /// The moment this day begins in Thailand.
    package var beginInBangkok: Instant { instant(hour: 0, minute: 0) }

    package func instant(hour: Int, minute: Int) -> Instant {
        Instant(microseconds: (sinceEpoch * 86_400 + (hour - 7) * 3600 + minute * 60) * 1_000_000)
    }

    /// Year of the Common Era, month and day.
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = sinceEpoch + 719_468
        let era = shifted.dividedRoundingDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Sunday is 0.
    package var weekday: Int { (sinceEpoch + 4).remainderRoundingDown(by: 7) }

    /// For machines: `2026-11-21`.
    package var text: String {
        let (year, month, day) = parts
        return "\(year, digits: 4)-\(month, digits: 2)-\(day, digits: 2)"
    }

    package static func < (left: Day, right: Day) -> Bool {
        left.sinceEpoch < right.sinceEpoch
    }

    package static func + (day: Day, days: Int) -> Day {
        Day(sinceEpoch: day.sinceEpoch + days)
    }
}

extension Int {
    func dividedRoundingDown(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }

    func remainderRoundingDown(by divisor: Int) -> Int {
        self - dividedRoundingDown(by: divisor) * divisor
    }
}

extension DefaultStringInterpolation {
    /// A number with leading zeros.
    package mutating func appendInterpolation(_ number: Int, digits: Int) {
        let text = String(number)
        appendLiteral(String(repeating: "0", count: Swift.max(0, digits - text.utf8.count)))
        appendLiteral(text)
    }
}

/// Reads dates and times digit by digit.
private struct DigitScanner {
    // Bytes in place: read through a generic collection, the dates of 240 rounds were half of a page's work.
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }

    mutating func take(where matches: (UInt8) -> Bool) -> UInt8? {
        guard place < bytes.count, matches(bytes[place]) else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func take(_ wanted: UInt8) -> Bool {
        take { $0 == wanted } != nil
    }

    mutating func digit() -> Int? {
        take { (48...57).contains($0) }.map { Int($0) - 48 }
    }

    mutating func number(_ digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func fraction(digits: Int) -> Int {
        var value = 0
        for _ in 0..<digits { value = value * 10 + (digit() ?? 0) }
        while digit() != nil {}
        return value
    }

    mutating func day() -> Day? {
        guard let year = number(4), take(45), let month = number(2), take(45), let day = number(2) else { return nil }
        return Day(year: year, month: month, day: day)
    }

    /// Seconds east of Greenwich.
    mutating func offset() -> Int? {
        if take(90) { return 0 }
        guard let sign = take(where: { $0 == 43 || $0 == 45 }), let hours = number(2) else { return nil }
        guard take(58) || !isAtEnd else { return (sign == 45 ? -1 : 1) * hours * 3600 }
        guard let minutes = number(2) else { return nil }
        return (sign == 45 ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
