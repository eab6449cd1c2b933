@testable import Scoring

/// Chance that comes out the same each time (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func digits(upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 1...count, using: &self)).map { _ in UInt8.random(in: 48...57, using: &self) }
    }

    /// With up to three decimals, in the range.
    mutating func number(_ range: ClosedRange<Int>) -> Exact {
        let thousandths = Int.random(in: range.lowerBound * 1000...range.upperBound * 1000, using: &self)
        return Exact(thousandths).divided(by: Exact(1000)) ?? .zero
    }

    /// Rising criteria, with or without a first level.
    mutating func criteria() throws -> Criteria {
        var values: [Exact] = [number(-100...100)]
        for _ in 0..<4 { values.append(values[values.count - 1] + number(1...20)) }
        let hasFirst = Bool.random(using: &self)
        return try Criteria((hasFirst ? [values[0]] : [nil]) + values.dropFirst().map(Optional.some))
    }
}
