/// A whole number of any size, not negative: what exact fractions are made of.
struct Natural: Hashable, Sendable {
    /// Nearly all numbers fit a machine word: then the processor computes them, and no memory is asked for.
    private enum Size: Hashable, Sendable {
        case word(UInt)
        /// The lowest first, no zeros at the top; only what no word holds, so that each number is kept in one way.
        case limbs([UInt32])
    }

    private let size: Size

    static let zero = Natural(0)
    static let one = Natural(1)

    init(_ value: UInt) {
        size = .word(value)
    }

    private init(limbs: [UInt32]) {
        let count = (limbs.lastIndex { $0 != 0 } ?? -1) + 1
        switch count {
        case 0: size = .word(0)
        case 1: size = .word(UInt(limbs[0]))
        case 2: size = .word(UInt(limbs[0]) | UInt(limbs[1]) << 32)
        default: size = .limbs(count == limbs.count ? limbs : Array(limbs[..<count]))
        }
    }

    /// From ASCII digits only.
    init(digits: some Sequence<UInt8>) {
        self = digits.reduce(.zero) { $0.times(10, plus: UInt32($1 &- 48)) }
    }

    static func power(ofTen exponent: Int) -> Natural {
        (0..<exponent).reduce(.one) { power, _ in power.times(10, plus: 0) }
    }

    private var word: UInt? {
        if case .word(let word) = size { word } else { nil }
    }

    private var limbs: [UInt32] {
        switch size {
        case .limbs(let limbs): return limbs
        case .word(let word):
            let (low, high) = (UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32))
            return high > 0 ? [low, high] : low > 0 ? [low] : []
        }
    }

    var isZero: Bool { word == 0 }
    var isOne: Bool { word == 1 }

    var bitWidth: Int {
        switch size {
        case .word(let word): UInt.bitWidth - word.leadingZeroBitCount
        case .limbs(let limbs): limbs.count * 32 - limbs[limbs.count - 1].leadingZeroBitCount
        }
    }

    private func times(_ factor: UInt32, plus summand: UInt32) -> Natural {
        if let word {
            let (product, isTooLarge) = word.multipliedReportingOverflow(by: UInt(factor))
            let (sum, isBeyond) = product.addingReportingOverflow(UInt(summand))
            if !isTooLarge, !isBeyond { return Natural(sum) }
        }
        var product = limbs
        var carry = UInt64(summand)
        for index in product.indices {
            carry += UInt64(product[index]) * UInt64(factor)
            product[index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        return Natural(limbs: product + [UInt32(carry)])
    }

    static func + (left: Natural, right: Natural) -> Natural {
        if let one = left.word, let other = right.word {
            let (sum, isTooLarge) = one.addingReportingOverflow(other)
            if !isTooLarge { return Natural(sum) }
        }
        let (one, other) = (left.limbs, right.limbs)
        var sum: [UInt32] = []
        sum.reserveCapacity(max(one.count, other.count) + 1)
        var carry: UInt64 = 0
        for index in 0..<max(one.count, other.count) {
            carry += UInt64(limb(index, of: one)) + UInt64(limb(index, of: other))
            sum.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        sum.append(UInt32(carry))
        return Natural(limbs: sum)
    }

    /// `right` must not be the larger.
    static func - (left: Natural, right: Natural) -> Natural {
        if let one = left.word, let other = right.word { return Natural(one - other) }
        let other = right.limbs
        var difference = left.limbs
        var borrow: Int64 = 0
        for index in difference.indices {
            let rest = Int64(difference[index]) - Int64(limb(index, of: other)) + borrow
            difference[index] = UInt32(truncatingIfNeeded: rest)
            borrow = rest >> 32
        }
        return Natural(limbs: difference)
    }

    static func * (left: Natural, right: Natural) -> Natural {
        if let one = left.word, let other = right.word {
            let (product, isTooLarge) = one.multipliedReportingOverflow(by: other)
            if !isTooLarge { return Natural(product) }
        }
        let (one, others) = (left.limbs, right.limbs)
        var product = [UInt32](repeating: 0, count: one.count + others.count)
        for (place, limb) in one.enumerated() {
            var carry: UInt64 = 0
            for (index, other) in others.enumerated() {
                carry += UInt64(limb) * UInt64(other) + UInt64(product[place + index])
                product[place + index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            product[place + others.count] = UInt32(carry)
        }
        return Natural(limbs: product)
    }

    private static func limb(_ index: Int, of limbs: [UInt32]) -> UInt32 { index < limbs.count ? limbs[index] : 0 }

    /// The largest that divides both.
    static func commonDivisor(_ left: Natural, _ right: Natural) -> Natural {
        var (larger, smaller) = (left, right)
        while !smaller.isZero {
            if let one = larger.word, let other = smaller.word { return Natural(commonDivisor(one, other)) }
            (larger, smaller) = (smaller, larger.divided(by: smaller).remainder)
        }
        return larger
    }

    private static func commonDivisor(_ left: UInt, _ right: UInt) -> UInt {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }

    /// By long division (Knuth, The Art of Computer Programming, volume 2, 4.3.1, D). The divisor is not zero.
    func divided(by divisor: Natural) -> (quotient: Natural, remainder: Natural) {
        if let one = word, let other = divisor.word { return (Natural(one / other), Natural(one % other)) }
        if self < divisor { return (.zero, self) }
        let known = divisor.limbs
        if known.count == 1 { return divided(bySmall: known[0]) }
        let shift = known[known.count - 1].leadingZeroBitCount
        let parts = Array(Self.shiftedUp(known, shift).dropLast())
        var rest = Self.shiftedUp(limbs, shift)
        let width = parts.count
        var quotient = [UInt32](repeating: 0, count: rest.count - width)
        for place in quotient.indices.reversed() {
            var guess = Self.guess(rest, parts, place)
            if Self.subtract(parts, times: guess, from: &rest, at: place) {
                guess -= 1
                Self.add(parts, to: &rest, at: place)
            }
            quotient[place] = UInt32(guess)
        }
        return (Natural(limbs: quotient), Natural(limbs: Self.shiftedDown(Array(rest[..<width]), shift)))
    }

    private func divided(bySmall divisor: UInt32) -> (quotient: Natural, remainder: Natural) {
        var quotient = limbs
        var rest: UInt64 = 0
        for index in quotient.indices.reversed() {
            rest = rest << 32 | UInt64(quotient[index])
            quotient[index] = UInt32(rest / UInt64(divisor))
            rest %= UInt64(divisor)
        }
        return (Natural(limbs: quotient), Natural(UInt(rest)))
    }

    /// A digit of the quotient from the topmost limbs: right, or too large by one.
    private static func guess(_ rest: [UInt32], _ divisor: [UInt32], _ place: Int) -> UInt64 {
        let width = divisor.count
        let top = UInt64(rest[place + width]) << 32 | UInt64(rest[place + width - 1])
        var guess = top / UInt64(divisor[width - 1])
        var left = top % UInt64(divisor[width - 1])
        while guess > UInt64(UInt32.max)
            || guess * UInt64(divisor[width - 2]) > left << 32 | UInt64(rest[place + width - 2])
        {
            guess -= 1
            left += UInt64(divisor[width - 1])
            if left > UInt64(UInt32.max) { break }
        }
        return guess
    }

    /// Whether the guess was too large.
    private static func subtract(_ divisor: [UInt32], times guess: UInt64, from rest: inout [UInt32], at place: Int)
        -> Bool
    {
        var carry: UInt64 = 0
        var borrow: Int64 = 0
        for index in divisor.indices {
            let product = guess * UInt64(divisor[index]) + carry
            carry = product >> 32
            let difference = Int64(rest[place + index]) - Int64(product & 0xFFFF_FFFF) + borrow
            rest[place + index] = UInt32(truncatingIfNeeded: difference)
            borrow = difference >> 32
        }
        let difference = Int64(rest[place + divisor.count]) - Int64(carry) + borrow
        rest[place + divisor.count] = UInt32(truncatingIfNeeded: difference)
        return difference < 0
    }

    private static func add(_ divisor: [UInt32], to rest: inout [UInt32], at place: Int) {
        var carry: UInt64 = 0
        for index in divisor.indices {
            carry += UInt64(rest[place + index]) + UInt64(divisor[index])
            rest[place + index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        rest[place + divisor.count] = UInt32(truncatingIfNeeded: UInt64(rest[place + divisor.count]) + carry)
    }

    /// With one limb more, for what is shifted out.
    private static func shiftedUp(_ limbs: [UInt32], _ bits: Int) -> [UInt32] {
        guard bits > 0 else { return limbs + [0] }
        var shifted: [UInt32] = []
        shifted.reserveCapacity(limbs.count + 1)
        var carry: UInt32 = 0
        for limb in limbs {
            shifted.append(limb << UInt32(bits) | carry)
            carry = limb >> UInt32(32 - bits)
        }
        return shifted + [carry]
    }

    private static func shiftedDown(_ limbs: [UInt32], _ bits: Int) -> [UInt32] {
        guard bits > 0 else { return limbs }
        var shifted = limbs
        for index in shifted.indices {
            shifted[index] = limbs[index] >> UInt32(bits) | limb(index + 1, of: limbs) << UInt32(32 - bits)
        }
        return shifted
    }
}

extension Natural: Comparable {
    static func < (left: Natural, right: Natural) -> Bool {
        switch (left.size, right.size) {
        case (.word(let one), .word(let other)): return one < other
        case (.word, .limbs): return true
        case (.limbs, .word): return false
        case (.limbs(let one), .limbs(let other)):
            guard one.count == other.count else { return one.count < other.count }
            for index in one.indices.reversed() where one[index] != other[index] { return one[index] < other[index] }
            return false
        }
    }
}

extension Natural: CustomStringConvertible {
    var description: String {
        if let word { return String(word) }
        var groups: [String] = []
        var rest = self
        while !rest.isZero {
            let (quotient, remainder) = rest.divided(bySmall: 1_000_000_000)
            groups.append(String(remainder.word ?? 0))
            rest = quotient
        }
        let lower = groups.dropLast().reversed().map { String(repeating: "0", count: 9 - $0.utf8.count) + $0 }
        return (groups.last ?? "") + lower.joined()
    }
}
