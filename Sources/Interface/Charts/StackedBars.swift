import HTML

/// Bars side by side in rows, each row a whole with its parts.
package struct StackedBars: Drawing {
    package struct Bar: Sendable {
        let label: String
        /// As many as there are swatches.
        let parts: [Int]

        package init(_ label: String, _ parts: [Int]) {
            self.label = label
            self.parts = parts
        }
    }

    private let bars: [Bar]
    package let legend: [Swatch]
    private static let (left, width, step) = (92.0, 304.0, 40.0)

    package init(_ bars: [Bar], _ legend: [Swatch]) {
        self.bars = bars
        self.legend = legend
    }

    package var height: Double { Double(bars.count) * Self.step }

    package func draw(with pen: ChartPen) {
        for (row, bar) in bars.enumerated() {
            let top = Double(row) * Self.step + 4
            pen.text(shortened(bar.label), 0, top + 18)
            let whole = bar.parts.reduce(0, +)
            var x = Self.left
            for (part, swatch) in zip(bar.parts, legend) where part > 0 {
                let share = Double(part) / Double(whole) * Self.width
                pen.rect(x, top, max(share - 1.5, 0.5), 27, swatch.fill)
                if share > Double("\(part)".count) * 9 + 4 {
                    pen.text("\(part)", x + share / 2 - 0.75, top + 18, .middle, swatch.fill.ink)
                }
                x += share
            }
            if whole == 0 { pen.text(Phrase("ยังไม่มีข้อมูล", en: "Nothing yet"), Self.left, top + 18, .start, .dim) }
        }
    }

    /// What there is room for; the table has all of it.
    private func shortened(_ label: String) -> String { label.count > 11 ? "\(label.prefix(10))…" : label }
}
