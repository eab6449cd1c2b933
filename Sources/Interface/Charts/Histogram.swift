import HTML

/// How many there are in each range of scores, from 1.0 to 5.0 by halves; a triangle shows the mean.
package struct Histogram: Drawing {
    package static let ranges = 8
    private let counts: [Int]
    private let mean: MeanScore?
    package let height = 206.0
    private static let (left, step, floor, tallest) = (20.0, 46.0, 170.0, 142.8)

    package init(of scores: [MeanScore], mean: MeanScore?) {
        counts = Self.counts(scores)
        self.mean = mean
    }

    /// The last range has its end, too.
    package static func counts(_ scores: [MeanScore]) -> [Int] {
        var counts = Array(repeating: 0, count: ranges)
        for score in scores { counts[min(max((score.parts - 100_000) / 50_000, 0), ranges - 1)] += 1 }
        return counts
    }

    /// `1.5–2.0`
    package static func range(_ place: Int) -> String { "\(edge(place))–\(edge(place + 1))" }
    private static func edge(_ place: Int) -> String { "\(1 + place / 2).\(place % 2 * 5)" }

    package func draw(with pen: ChartPen) {
        let most = Double(max(counts.max() ?? 0, 1))
        for (place, count) in counts.enumerated() {
            let x = Self.left + Double(place) * Self.step
            if count > 0 {
                let tall = Double(count) / most * Self.tallest
                pen.rect(x + 1.5, Self.floor - tall, Self.step - 3, tall, .strong)
                pen.text("\(count)", x + Self.step / 2, Self.floor - tall - 6, .middle)
            }
        }
        pen.line(.axis, through: [(16, Self.floor + 0.5), (392, Self.floor + 0.5)])
        for place in 0...Self.ranges {
            pen.text(Self.edge(place), Self.left + Double(place) * Self.step, 200, .middle, .dim)
        }
        if let mean { pen.pointer(Self.left + Double(mean.parts - 100_000) / 50_000 * Self.step, Self.floor + 3) }
    }
}
