package import HTML
package import Kernel

/// Lines over the years: the first solid with dots, the second dashed with squares.
package struct Trend: Drawing {
    package struct Line: Sendable {
        package let label: Phrase
        package let scores: [MeanScore?]

        /// One for each year.
        package init(_ label: Phrase, _ scores: [MeanScore?]) {
            self.label = label
            self.scores = scores
        }
    }

    private let years: [FiscalYear]
    private let lines: [Line]
    package let height = 198.0
    private static let (left, right, floor, top) = (46.0, 300.0, 170.0, 24.0)

    package init(_ years: [FiscalYear], _ lines: [Line]) {
        self.years = years
        self.lines = lines
    }

    /// The half points between which all lines lie.
    private var bounds: (low: Int, high: Int) {
        let known = lines.flatMap { $0.scores.compactMap { $0?.parts } }
        let low = (known.min() ?? 100_000) / 50_000 * 50_000
        let high = ((known.max() ?? 500_000) + 49_999) / 50_000 * 50_000
        return (low, max(high, low + 50_000))
    }

    package func draw(with pen: ChartPen) {
        axes(pen)
        for (place, line) in lines.enumerated().reversed() { draw(line, isFirst: place == 0, pen) }
        labels(pen)
    }

    private func x(_ place: Int) -> Double {
        years.count < 2
            ? (Self.left + Self.right) / 2
            : Self.left + (Self.right - Self.left) * Double(place) / Double(years.count - 1)
    }

    private func y(_ parts: Int) -> Double {
        let (low, high) = bounds
        return Self.floor - (Self.floor - Self.top) * Double(parts - low) / Double(high - low)
    }

    private func axes(_ pen: ChartPen) {
        let (low, high) = bounds
        for parts in stride(from: low, through: high, by: high - low > 200_000 ? 100_000 : 50_000) {
            pen.line(.axis, through: [(40, y(parts)), (Self.right + 10, y(parts))])
            pen.text(MeanScore(parts: parts).text(decimals: 1), 34, y(parts) + 5, .end, .dim)
        }
        for (place, year) in years.enumerated() { pen.text(year.number, x(place), 192, .middle, .dim) }
    }

    private func draw(_ line: Line, isFirst: Bool, _ pen: ChartPen) {
        var points: [(x: Double, y: Double)] = []
        for (place, score) in line.scores.enumerated() {
            // Where a year is missing, the line breaks.
            guard let score else {
                if points.count > 1 { pen.line(isFirst ? .solid : .dashed, through: points) }
                points = []
                continue
            }
            points.append((x(place), y(score.parts)))
        }
        if points.count > 1 { pen.line(isFirst ? .solid : .dashed, through: points) }
        for (place, score) in line.scores.enumerated() {
            guard let score else { continue }
            if isFirst {
                pen.dot(x(place), y(score.parts))
            } else {
                pen.rect(x(place) - 4, y(score.parts) - 4, 8, 8, .hollow)
            }
        }
    }

    /// At the lines' ends, apart from each other.
    private func labels(_ pen: ChartPen) {
        let ends = lines.compactMap { line in line.scores.compactMap(\.self).last.map { (line.label, $0) } }
            .sorted { $0.1 > $1.1 }
        var last = -20.0
        for (label, score) in ends {
            last = max(y(score.parts) + 5, last + 18)
            pen.text(label + Phrase(same: " \(score.text())"), Self.right + 12, last)
        }
    }
}
