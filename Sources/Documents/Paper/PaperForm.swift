import CPango

/// What a form on paper has besides words: blanks that are filled in, boxes that are ticked, places to sign.
extension Paper {
    /// A blank with what stands in it.
    package struct Blank: Sendable {
        var label: String
        var value: String
        /// Of the line's width, relative to the other blanks in it.
        var share: Double

        package init(_ label: String, _ value: String, share: Double = 1) {
            self.label = label
            self.value = value
            self.share = share
        }
    }

    private static let gap = 6.0
    private static let narrowestBlank = 24.0

    /// Blanks in a line, what stands in them on dots. What is too long for its blank goes on below.
    package func blanks(_ blanks: [Blank]) {
        let labels = blanks.map { TextBlock(Passage($0.label), size: facts.textSize, width: contentWidth, in: context) }
        let taken = labels.reduce(0) { $0 + ($1.lines.first?.width ?? 0) + 2 * Self.gap }
        let room = (contentWidth - taken) / blanks.reduce(0) { $0 + $1.share }
        let values = blanks.map { blank in
            TextBlock(
                Passage(blank.value), size: facts.textSize, width: max(room * blank.share, Self.narrowestBlank),
                in: context)
        }
        let height = (labels + values).map(\.height).max() ?? 0
        require(height)
        var x = left
        for (index, blank) in blanks.enumerated() {
            x = draw(labels[index], values[index], x: x, width: max(room * blank.share, Self.narrowestBlank))
        }
        y += height + 1
    }

    private func draw(_ label: TextBlock, _ value: TextBlock, x: Double, width: Double) -> Double {
        let start = x + (label.lines.first?.width ?? 0) + Self.gap
        tagged("P") {
            if let first = label.lines.first { label.draw(first, x: x, y: y, on: canvas) }
            var lineY = y
            for line in value.lines {
                value.draw(line, x: start, y: lineY, on: canvas)
                dots(from: start - 3, to: start + width, y: lineY + line.ascent + 3)
                lineY += line.height
            }
        }
        return start + width + Self.gap
    }

    /// Choices one after the other, each with its box; the chosen ones ticked.
    package func choices(_ choices: [(label: String, isChosen: Bool)]) {
        let (box, gap) = (17.0, 16.0)
        var x = left
        var height = 0.0
        for choice in choices {
            let label = TextBlock(
                Passage(choice.label), size: facts.textSize, width: contentWidth - box, in: context)
            let width = box + (label.lines.first?.width ?? 0)
            if x > left, x + width > left + contentWidth {
                x = left
                y += height
            }
            require(label.height)
            height = label.height
            drawBox(x: x + 2, middle: y + (label.lines.first?.height ?? 0) / 2, isTicked: choice.isChosen)
            var lineY = y
            tagged("P") {
                for line in label.lines {
                    label.draw(line, x: x + box, y: lineY, on: canvas)
                    lineY += line.height
                }
            }
            x += width + gap
        }
        y += height
    }

    /// Short lines in columns side by side, each in its column's middle, never parted by the end of a page.
    package func columns(_ columns: [[String]]) {
        let width = contentWidth / Double(columns.count)
        let blocks = columns.map { lines in
            lines.map {
                TextBlock(Passage($0), size: facts.textSize - 1, width: width - 8, alignment: .centre, in: context)
            }
        }
        let height = blocks.map { $0.reduce(0) { $0 + $1.height } }.max() ?? 0
        require(height + 20)
        y += 20
        for (index, column) in blocks.enumerated() {
            var lineY = y
            for block in column {
                for line in block.lines {
                    tagged("P") {
                        block.draw(line, x: left + Double(index) * width, y: lineY, on: canvas)
                    }
                    lineY += line.height
                }
            }
        }
        y += height
    }

    /// A code for cameras, dark on white with the margin that they want, and lines beside it.
    package func seal(_ code: QRCode, _ lines: [Passage], side: Double = 84) {
        let gap = 8.0
        let blocks = lines.map {
            TextBlock($0, size: facts.textSize - 3, width: contentWidth - side - gap, in: context)
        }
        let height = max(side, blocks.reduce(0) { $0 + $1.height })
        space(10)
        require(height)
        tagged("Figure") { draw(code, x: left, y: y, side: side) }
        var lineY = y + max(0, (side - blocks.reduce(0) { $0 + $1.height }) / 2)
        for block in blocks {
            for line in block.lines {
                tagged("P") { block.draw(line, x: left + side + gap, y: lineY, on: canvas) }
                lineY += line.height
            }
        }
        y += height
    }

    private func draw(_ code: QRCode, x: Double, y: Double, side: Double) {
        let unit = side / Double(code.width + 2 * QRCode.margin)
        for line in 0..<code.width {
            for column in 0..<code.width where code.isDark(column, line) {
                cairo_rectangle(
                    canvas, x + Double(column + QRCode.margin) * unit, y + Double(line + QRCode.margin) * unit, unit,
                    unit)
            }
        }
        cairo_fill(canvas)
    }

    /// A frame of thin lines.
    func rule(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        cairo_set_line_width(canvas, 0.6)
        cairo_rectangle(canvas, x, y, width, height)
        cairo_stroke(canvas)
    }

    private func dots(from start: Double, to end: Double, y: Double) {
        let pattern = [0.8, 2.2]
        cairo_save(canvas)
        cairo_set_line_width(canvas, 0.8)
        cairo_set_dash(canvas, pattern, 2, 0)
        cairo_move_to(canvas, start, y)
        cairo_line_to(canvas, end, y)
        cairo_stroke(canvas)
        cairo_restore(canvas)
    }

    private func drawBox(x: Double, middle: Double, isTicked: Bool) {
        let side = 10.0
        let top = middle - side / 2
        rule(x, top, side, side)
        guard isTicked else { return }
        cairo_set_line_width(canvas, 1.4)
        cairo_move_to(canvas, x + 2, top + 5)
        cairo_line_to(canvas, x + 4.4, top + 8)
        cairo_line_to(canvas, x + 8.6, top + 1.6)
        cairo_stroke(canvas)
    }
}
