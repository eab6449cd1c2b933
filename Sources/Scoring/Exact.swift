import Runtime

/// An exact number: a reduced fraction. Nothing is rounded until a result is shown, and then once.
package struct Exact: Hashable, Sendable {
    private let isNegative: Bool
    private let numerator: Natural
    private let denominator: Natural

    package static let zero = Exact(0)
    package static let one = Exact(1)
    package static let hundred = Exact(100)

    package init(_ value: Int) {
        self.init(isNegative: value < 0, Natural(value.magnitude), .one)
    }

    private init(isNegative: Bool, _ numerator: Natural, _ denominator: Natural, isReduced: Bool = false) {
        let divisor =
            isReduced || denominator.isOne || numerator.isOne
            ? Natural.one : Natural.commonDivisor(numerator, denominator)
        self.isNegative = isNegative && !numerator.isZero
        self.numerator = divisor.isOne ? numerator : numerator.divided(by: divisor).quotient
        self.denominator = divisor.isOne ? denominator : denominator.divided(by: divisor).quotient
    }

    /// The longest number that is taken: nobody counts further, and arithmetic stays quick.
    package static let longestText = 60

    /// From a decimal such as `-12.5` or `1,234`, also with Thai digits; nil for anything else.
    package init?(_ text: String) { self.init(text, longest: Self.longestText) }

    /// As it was stored: a quotient that was cut after many decimals is longer than what people type.
    package init?(stored text: String) { self.init(text, longest: 1000) }

    private init?(_ text: String, longest: Int) {
        var text = text
        if let plain = text.withUTF8({ Exact(plain: $0) }) {
            self = plain
        } else {
            self.init(anyText: text, longest: longest)
        }
    }

    /// Digits with a point or without, few enough for a machine word: as the database writes them, hundreds a page.
    private init?(plain bytes: UnsafeBufferPointer<UInt8>) {
        let isNegative = bytes.first == 45
        let start = isNegative ? 1 : 0
        guard (start + 1...start + 18).contains(bytes.count) else { return nil }
        var (digits, scale): (UInt, UInt) = (0, 0)
        for index in start..<bytes.count {
            switch bytes[index] {
            case 48...57:
                digits = digits * 10 + UInt(bytes[index] - 48)
                scale *= 10
            case 46 where scale == 0 && index > start && index < bytes.count - 1: scale = 1
            default: return nil
            }
        }
        self.init(isNegative: isNegative, Natural(digits), Natural(max(scale, 1)))
    }

    private init?(anyText text: String, longest: Int) {
        var bytes = arabicDigits(text).utf8[...]
        while bytes.first == 32 { bytes.removeFirst() }
        while bytes.last == 32 { bytes.removeLast() }
        let isNegative = bytes.first == 45
        if isNegative || bytes.first == 43 { bytes.removeFirst() }
        guard bytes.count <= longest else { return nil }
        let parts = bytes.split(separator: 46, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, let digits = ungrouped(whole) else { return nil }
        let places = parts.count > 1 ? Array(parts[1]) : []
        guard places.allSatisfy({ (48...57).contains($0) }), !digits.isEmpty || !places.isEmpty,
            parts.count == 1 || !places.isEmpty
        else { return nil }
        self.init(isNegative: isNegative, Natural(digits: digits + places), .power(ofTen: places.count))
    }

    /// How much room the number takes: a formula that makes numbers beyond all measure is stopped.
    var bitWidth: Int { numerator.bitWidth + denominator.bitWidth }
    package var isZero: Bool { numerator.isZero }
    package var isWhole: Bool { denominator.isOne }
    package var isBelowZero: Bool { isNegative }

    package static func + (left: Exact, right: Exact) -> Exact {
        let (one, other) = (left.numerator * right.denominator, right.numerator * left.denominator)
        let denominator = left.denominator * right.denominator
        // A whole number added to a reduced fraction leaves it reduced.
        let isReduced = left.isWhole || right.isWhole
        if left.isNegative == right.isNegative {
            return Exact(isNegative: left.isNegative, one + other, denominator, isReduced: isReduced)
        }
        return one < other
            ? Exact(isNegative: right.isNegative, other - one, denominator, isReduced: isReduced)
            : Exact(isNegative: left.isNegative, one - other, denominator, isReduced: isReduced)
    }

    package static prefix func - (number: Exact) -> Exact {
        Exact(isNegative: !number.isNegative, number.numerator, number.denominator)
    }

    package static func - (left: Exact, right: Exact) -> Exact { left + -right }

    package static func * (left: Exact, right: Exact) -> Exact {
        Exact(
            isNegative: left.isNegative != right.isNegative, left.numerator * right.numerator,
            left.denominator * right.denominator)
    }

    /// Nil for a division by zero, which has no result.
    package func divided(by divisor: Exact) -> Exact? {
        guard !divisor.isZero else { return nil }
        return Exact(
            isNegative: isNegative != divisor.isNegative, numerator * divisor.denominator,
            denominator * divisor.numerator)
    }

    /// The nearest whole number that is not smaller.
    package var roundedUp: Exact {
        let (quotient, remainder) = numerator.divided(by: denominator)
        if remainder.isZero || isNegative { return Exact(isNegative: isNegative, quotient, .one) }
        return Exact(isNegative: false, quotient + .one, .one)
    }

    package var roundedDown: Exact { -(-self).roundedUp }

    /// With so many decimals, halves away from zero: `3.73333`.
    package func text(decimals: Int) -> String {
        let (quotient, remainder) = (numerator * .power(ofTen: decimals)).divided(by: denominator)
        let isUp = !(remainder + remainder < denominator)
        let scaled = isUp ? quotient + .one : quotient
        var digits = Array(scaled.description.utf8)
        if decimals > 0 {
            digits.insert(contentsOf: repeatElement(48, count: max(0, decimals + 1 - digits.count)), at: 0)
            digits.insert(46, at: digits.count - decimals)
        }
        if isNegative && !scaled.isZero { digits.insert(45, at: 0) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// As short as it can be said: `95`, `72.5`; what has no end in decimals is cut after `decimals`.
    package func shortText(decimals: Int = 4) -> String {
        // Counts of people are whole: no multiplying, no cutting.
        if isWhole { return text(decimals: 0) }
        var digits = Array(text(decimals: decimals).utf8)
        guard digits.contains(46) else { return String(decoding: digits, as: UTF8.self) }
        while digits.last == 48 { digits.removeLast() }
        if digits.last == 46 { digits.removeLast() }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension Exact: Comparable {
    package static func < (left: Exact, right: Exact) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let (one, other) = (left.numerator * right.denominator, right.numerator * left.denominator)
        return left.isNegative ? other < one : one < other
    }
}

/// Digits without the commas between groups of three; nil if anything else stands there, or a comma stands wrong.
private func ungrouped(_ bytes: Substring.UTF8View.SubSequence) -> [UInt8]? {
    let groups = bytes.split(separator: 44, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } }) else { return nil }
    if groups.count > 1 {
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    }
    return groups.flatMap(Array.init)
}
