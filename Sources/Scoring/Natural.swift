/// A whole number of any size, not negative: what exact fractions are made of.
struct Natural: Hashable, Sendable {
    /// The lowest first; no zeros at the top.
    private(set) var limbs: [UInt32]

    static let zero = Natural(limbs: [])
    static let one = Natural(1)

    init(_ value: UInt) {
        let (low, high) = (UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32))
        limbs = high > 0 ? [low, high] : low > 0 ? [low] : []
    }

    private init(limbs: [UInt32]) {
        self.limbs = limbs
        trim()
    }

    /// From ASCII digits only.
    init(digits: some Sequence<UInt8>) {
        limbs = []
        for digit in digits { multiplyAndAdd(10, UInt32(digit &- 48)) }
    }

    static func power(ofTen exponent: Int) -> Natural {
        var power = Natural.one
        for _ in 0..<exponent { power.multiplyAndAdd(10, 0) }
        return power
    }

    /// The value if a machine word holds it, as nearly all do: then the processor computes it.
    private var word: UInt? {
        switch limbs.count {
        case 0: 0
        case 1: UInt(limbs[0])
        case 2: UInt(limbs[0]) | UInt(limbs[1]) << 32
        default: nil
        }
    }

    var isZero: Bool { limbs.isEmpty }
    var isOne: Bool { limbs == [1] }
    var bitWidth: Int { limbs.isEmpty ? 0 : limbs.count * 32 - limbs[limbs.count - 1].leadingZeroBitCount }

    private mutating func trim() {
        while limbs.last == 0 { limbs.removeLast() }
    }

    private mutating func multiplyAndAdd(_ factor: UInt32, _ summand: UInt32) {
        var carry = UInt64(summand)
        for index in limbs.indices {
            let product = UInt64(limbs[index]) * UInt64(factor) + carry
            limbs[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    static func + (left: Natural, right: Natural) -> Natural {
        if let one = left.word, let other = right.word {
            let (sum, isTooLarge) = one.addingReportingOverflow(other)
            if !isTooLarge { return Natural(sum) }
        }
        var sum: [UInt32] = []
        sum.reserveCapacity(max(left.limbs.count, right.limbs.count) + 1)
        var carry: UInt64 = 0
        for index in 0..<max(left.limbs.count, right.limbs.count) {
            carry += UInt64(left.limb(index)) + UInt64(right.limb(index))
            sum.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        sum.append(UInt32(carry))
        return Natural(limbs: sum)
    }

    /// `right` must not be the larger.
    static func - (left: Natural, right: Natural) -> Natural {
        if let one = left.word, let other = right.word { return Natural(one - other) }
        var difference = left.limbs
        var borrow: Int64 = 0
        for index in difference.indices {
            let rest = Int64(difference[index]) - Int64(right.limb(index)) + borrow
            difference[index] = UInt32(truncatingIfNeeded: rest)
            borrow = rest >> 32
        }
        return Natural(limbs: difference)
    }

    static func * (left: Natural, right: Natural) -> Natural {
        guard !left.isZero, !right.isZero else { return .zero }
        if let one = left.word, let other = right.word {
            let (product, isTooLarge) = one.multipliedReportingOverflow(by: other)
            if !isTooLarge { return Natural(product) }
        }
        var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (place, limb) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (index, other) in right.limbs.enumerated() {
                carry += UInt64(limb) * UInt64(other) + UInt64(product[place + index])
                product[place + index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            product[place + right.limbs.count] = UInt32(carry)
        }
        return Natural(limbs: product)
    }

    private func limb(_ index: Int) -> UInt32 { index < limbs.count ? limbs[index] : 0 }

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
        if divisor.limbs.count == 1 { return divided(bySmall: divisor.limbs[0]) }
        let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
        let parts = divisor.shiftedUp(shift).limbs
        var rest = shiftedUp(shift).limbs
        if rest.count == limbs.count { rest.append(0) }
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
        return (Natural(limbs: quotient), Natural(limbs: Array(rest[..<width])).shiftedDown(shift))
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

    private func shiftedUp(_ bits: Int) -> Natural {
        guard bits > 0 else { return self }
        var shifted: [UInt32] = []
        var carry: UInt32 = 0
        for limb in limbs {
            shifted.append(limb << UInt32(bits) | carry)
            carry = limb >> UInt32(32 - bits)
        }
        shifted.append(carry)
        return Natural(limbs: shifted)
    }

    private func shiftedDown(_ bits: Int) -> Natural {
        guard bits > 0 else { return self }
        var shifted = limbs
        for index in shifted.indices {
            let above = index + 1 < limbs.count ? limbs[index + 1] : 0
            shifted[index] = limbs[index] >> UInt32(bits) | above << UInt32(32 - bits)
        }
        return Natural(limbs: shifted)
    }
}

extension Natural: Comparable {
    static func < (left: Natural, right: Natural) -> Bool {
        guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
        for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
            return left.limbs[index] < right.limbs[index]
        }
        return false
    }
}

extension Natural: CustomStringConvertible {
    var description: String {
        if isZero { return "0" }
        var groups: [String] = []
        var rest = self
        while !rest.isZero {
            let (quotient, remainder) = rest.divided(bySmall: 1_000_000_000)
            groups.append(String(remainder.limb(0)))
            rest = quotient
        }
        let lower = groups.dropLast().reversed().map { String(repeating: "0", count: 9 - $0.utf8.count) + $0 }
        return (groups.last ?? "") + lower.joined()
    }
}
