package import HTML

/// A mean for each of some groups, the bar from 1 to 5.
package struct RankedBars: Drawing {
    private let bars: [(label: Phrase, score: MeanScore?)]
    private static let (left, width, step) = (150.0, 200.0, 30.0)

    package init(_ bars: [(label: Phrase, score: MeanScore?)]) {
        self.bars = bars
    }

    package var height: Double { Double(bars.count) * Self.step }

    package func draw(with pen: ChartPen) {
        for (row, bar) in bars.enumerated() {
            let top = Double(row) * Self.step + 4
            pen.text(bar.label, 0, top + 16)
            guard let score = bar.score else {
                pen.text("–", Self.left, top + 16, .start, .dim)
                continue
            }
            let share = Double(score.parts - 100_000) / 400_000 * Self.width
            pen.rect(Self.left, top, max(share, 1), 22, .strong)
            pen.text(score.text(), Self.left + share + 6, top + 16)
        }
        pen.line(.axis, through: [(Self.left, 0), (Self.left, height)])
    }
}
