package import Runtime

/// The budget year of the Buddhist era: 2567 runs from 1 October 2023 to 30 September 2024.
package struct FiscalYear: Hashable, Comparable, Sendable {
    package var number: Int

    package static let plausible = 2550...2650

    package init(_ number: Int) {
        self.number = number
    }

    package init(of day: Day) {
        let (year, month, _) = day.parts
        number = year + 543 + (month >= 10 ? 1 : 0)
    }

    package init(at instant: Instant) {
        self.init(of: Day(inBangkok: instant))
    }

    package static func < (left: FiscalYear, right: FiscalYear) -> Bool {
        left.number < right.number
    }
}
