package import HTML
package import Kernel
import Postgres
package import Runtime

/// A reporting period within a year: a month from October, a quarter, the first 6, 9 or 12 months, or once.
package struct Round: Hashable, Sendable, SQLValue {
    package enum Kind: String, Sendable, CaseIterable {
        case monthly = "m"
        case quarterly = "q"
        case cumulative = "c"
        case once = "o"

        package var phrase: Phrase {
            switch self {
            case .monthly: Phrase("รายเดือน", en: "Monthly")
            case .quarterly: Phrase("รายไตรมาส", en: "Quarterly")
            case .cumulative: Phrase("สะสม 6, 9, 12 เดือน", en: "First 6, 9, 12 months")
            case .once: Phrase("ครั้งเดียว", en: "Once")
            }
        }
    }

    package let kind: Kind
    /// The month of the year in which the period ends, October being 1.
    package let lastMonth: Int
    package let code: String
    /// In the order of the year: what ends first, then the shorter period. No two rounds share a place.
    package let order: Int

    package static let all: [Round] =
        (1...12).map { Round(.monthly, $0, "m\($0 < 10 ? "0" : "")\($0)") }
        + (1...4).map { Round(.quarterly, $0 * 3, "q\($0)") }
        + [6, 9, 12].map { Round(.cumulative, $0, "c\($0 < 10 ? "0" : "")\($0)") } + [Round(.once, 12, "once")]

    private init(_ kind: Kind, _ lastMonth: Int, _ code: String) {
        self.kind = kind
        self.lastMonth = lastMonth
        self.code = code
        order = lastMonth * 4 + (Kind.allCases.firstIndex(of: kind) ?? 0)
    }

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    package init?(code: String) {
        guard let round = Self.byCode[code] else { return nil }
        self = round
    }

    // By one number: lists compare and gather hundreds.
    package static func == (left: Round, right: Round) -> Bool { left.order == right.order }
    package func hash(into hasher: inout Hasher) { hasher.combine(order) }

    package var sqlText: String { code }
    package init?(sqlText: String) { self.init(code: sqlText) }

    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws {
        guard let round = Round(code: String(decoding: sqlBytes, as: UTF8.self)) else { throw DecodingError() }
        self = round
    }

    private static let months = [
        Phrase("ตุลาคม", en: "October"), Phrase("พฤศจิกายน", en: "November"), Phrase("ธันวาคม", en: "December"),
        Phrase("มกราคม", en: "January"), Phrase("กุมภาพันธ์", en: "February"), Phrase("มีนาคม", en: "March"),
        Phrase("เมษายน", en: "April"), Phrase("พฤษภาคม", en: "May"), Phrase("มิถุนายน", en: "June"),
        Phrase("กรกฎาคม", en: "July"), Phrase("สิงหาคม", en: "August"), Phrase("กันยายน", en: "September"),
    ]

    package var name: Phrase {
        switch kind {
        case .monthly: Self.months[lastMonth - 1]
        case .quarterly: Phrase("ไตรมาส \(lastMonth / 3)", en: "Quarter \(lastMonth / 3)")
        case .cumulative: Phrase("รอบ \(lastMonth) เดือน", en: "\(lastMonth) months")
        case .once: Phrase("ครั้งเดียว", en: "Once")
        }
    }

    /// Unless the area says otherwise: from the first day of the period's last month to the last, 16:30.
    package func ordinaryDates(in year: FiscalYear) -> RoundDates {
        let calendarYear = year.number - 543 - (lastMonth <= 3 ? 1 : 0)
        let month = (lastMonth + 8) % 12 + 1
        let first = Day(year: calendarYear, month: month, day: 1)
        let next =
            month == 12
            ? Day(year: calendarYear + 1, month: 1, day: 1) : Day(year: calendarYear, month: month + 1, day: 1)
        let opening = first ?? Day(sinceEpoch: 0)
        let last = Day(sinceEpoch: (next ?? opening).sinceEpoch - 1)
        return RoundDates(round: self, opening: opening, due: last.instant(hour: 16, minute: 30))
    }
}

/// When a round is open.
package struct RoundDates: Sendable, Equatable {
    package var round: Round
    package var opening: Day
    package var due: Instant

    package init(round: Round, opening: Day, due: Instant) {
        self.round = round
        self.opening = opening
        self.due = due
    }

    package enum State: Sendable {
        case notOpen, open, past
    }

    package func state(at now: Instant) -> State {
        if Day(inBangkok: now) < opening { return .notOpen }
        return due < now ? .past : .open
    }
}
