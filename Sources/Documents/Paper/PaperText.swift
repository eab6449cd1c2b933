import CPango

/// Words on paper: titles, paragraphs and lists, which flow on over pages.
extension Paper {
    package func title(_ lines: [String]) {
        for line in lines { write(Passage(bold: line), size: facts.textSize + 2, alignment: .centre, tag: "H1") }
        space(6)
    }

    /// Never alone at the foot of a page.
    package func heading(_ text: String) {
        heading(text, withNext: facts.textSize * 2)
    }

    /// The same of a table's, which begins below it on the same page.
    package func heading(_ text: String, above table: PaperTable) {
        heading(text, withNext: openingHeight(of: table))
    }

    private func heading(_ text: String, withNext height: Double) {
        space(6)
        require(facts.textSize * 2 + height)
        write(Passage(bold: text), tag: "H2")
    }

    package func text(_ passage: Passage, indent: Double = 0) {
        write(passage, indent: indent)
    }

    package func small(_ passage: Passage) {
        write(passage, size: facts.textSize - 2)
    }

    /// Each item under its number, lines of one under each other.
    package func list(_ items: [Passage]) {
        for (index, item) in items.enumerated() {
            let number = TextBlock(
                Passage(digits("\(index + 1).")), size: facts.textSize, width: 30, in: context)
            require(number.height)
            if let line = number.lines.first { number.draw(line, x: left + 12, y: y, on: canvas) }
            write(item, indent: 36)
        }
    }

    private func write(
        _ passage: Passage, size: Double? = nil, indent: Double = 0, alignment: PaperAlignment = .start,
        tag: String = "P"
    ) {
        let block = TextBlock(
            passage, size: size ?? facts.textSize, width: contentWidth - indent, alignment: alignment, in: context)
        for (index, line) in block.lines.enumerated() {
            // The first line doesn't stay behind alone.
            let needed = index == 0 && block.lines.count > 2 ? line.height * 2 : line.height
            require(needed)
            tagged(tag) { block.draw(line, x: left + indent, y: y, on: canvas) }
            y += line.height
        }
    }
}
