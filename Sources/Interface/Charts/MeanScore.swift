/// A mean of scores, in hundred-thousandths: as finely as scores are shown.
package struct MeanScore: Comparable, Hashable, Sendable {
    package let parts: Int

    package init(parts: Int) {
        self.parts = parts
    }

    package static func < (left: MeanScore, right: MeanScore) -> Bool { left.parts < right.parts }

    /// Nil of nothing.
    package static func mean(of scores: some Collection<MeanScore>) -> MeanScore? {
        guard !scores.isEmpty else { return nil }
        let sum = scores.reduce(0) { $0 + $1.parts }
        return MeanScore(parts: (2 * sum + scores.count) / (2 * scores.count))
    }

    /// `3.62`; five decimals are all there are.
    package func text(decimals: Int = 2) -> String {
        let scale = (0..<(5 - decimals)).reduce(1) { scale, _ in scale * 10 }
        let rounded = (2 * parts + scale) / (2 * scale)
        let ones = (0..<decimals).reduce(1) { ones, _ in ones * 10 }
        let rest = String(rounded % ones)
        return "\(rounded / ones)"
            + (decimals == 0 ? "" : ".\(String(repeating: "0", count: decimals - rest.count))\(rest)")
    }
}
