import CPango

/// A table on paper, whose head comes again on each page.
package struct PaperTable: Sendable {
    package struct Column: Sendable {
        package var title: String
        /// Of the width, relative to the others.
        package var share: Double
        package var alignment: PaperAlignment

        package init(_ title: String, share: Double = 1, _ alignment: PaperAlignment = .start) {
            self.title = title
            self.share = share
            self.alignment = alignment
        }
    }

    package var columns: [Column]
    package var rows: [[Passage]]
    /// Smaller than the rest, where there is much.
    package var size: Double?

    package init(_ columns: [Column], _ rows: [[Passage]], size: Double? = nil) {
        self.columns = columns
        self.rows = rows
        self.size = size
    }

    package var hasHead: Bool { columns.contains { !$0.title.isEmpty } }
}

extension Paper {
    package func table(_ table: PaperTable) {
        TableWriter(table, on: self).write()
    }

    /// What must fit on a page for the table to begin there.
    func openingHeight(of table: PaperTable) -> Double { TableWriter(table, on: self).openingHeight }
}

/// Writes a table row after row; a row that a page can't hold goes on in the next.
private struct TableWriter {
    private static let padding = (x: 4.0, y: 2.0)
    /// A row up to this part of a page is rather moved than split.
    private static let wholeUpTo = 0.4

    let paper: Paper
    let table: PaperTable
    let edges: [Double]

    init(_ table: PaperTable, on paper: Paper) {
        self.paper = paper
        self.table = table
        let whole = table.columns.reduce(0) { $0 + $1.share }
        var edge = paper.left
        edges =
            [edge]
            + table.columns.map { column in
                edge += paper.contentWidth * column.share / whole
                return edge
            }
    }

    /// The head, and the first row if that isn't one to be split.
    var openingHeight: Double {
        let first = table.rows.first.map { Row($0.enumerated().map { block($1, column: $0) }).height } ?? 0
        return 3 + (table.hasHead ? head.height + 2 * Self.padding.y : 0)
            + min(first, paper.fullHeight * Self.wholeUpTo) + 2 * Self.padding.y
    }

    func write() {
        paper.require(openingHeight)
        paper.space(3)
        writeHead()
        for row in table.rows { write(Row(row.enumerated().map { block($1, column: $0) })) }
        paper.space(6)
    }

    /// What is left of a row, cell by cell.
    private struct Row {
        var cells: [(block: TextBlock, from: Int)]

        init(_ blocks: [TextBlock]) { cells = blocks.map { ($0, 0) } }

        var height: Double { cells.map { $0.block.height(from: $0.from) }.max() ?? 0 }
    }

    private func block(_ passage: Passage, column: Int, alignment: PaperAlignment? = nil) -> TextBlock {
        TextBlock(
            passage, size: table.size ?? paper.facts.textSize,
            width: edges[column + 1] - edges[column] - 2 * Self.padding.x,
            alignment: alignment ?? table.columns[column].alignment, in: paper.context)
    }

    private var head: Row {
        Row(table.columns.enumerated().map { block(Passage(bold: $1.title), column: $0, alignment: .centre) })
    }

    private func writeHead() {
        guard table.hasHead else { return }
        let head = head
        draw(head, height: head.height, tag: "TH")
    }

    private func write(_ row: Row) {
        var row = row
        var isFresh = false
        while true {
            let room = paper.room - 2 * Self.padding.y
            if row.height <= room { return draw(row, height: row.height, tag: "TD") }
            let fitting = row.cells.map { $0.block.lines(from: $0.from, within: room) }
            let isSplit = row.height > paper.fullHeight * Self.wholeUpTo && fitting.contains { $0 > 0 }
            if isSplit || isFresh {
                row = part(row, taking: fitting.map { isFresh ? max($0, 1) : $0 })
            }
            paper.newPage()
            writeHead()
            isFresh = true
        }
    }

    /// Draws so many lines of each cell, and returns what is left.
    private func part(_ row: Row, taking counts: [Int]) -> Row {
        var shown = row
        var rest = row
        for (index, count) in counts.enumerated() {
            shown.cells[index].from = row.cells[index].from
            rest.cells[index].from = min(row.cells[index].from + count, row.cells[index].block.lines.count)
        }
        let height = zip(shown.cells, rest.cells).map { $0.block.height(from: $0.from, to: $1.from) }.max() ?? 0
        draw(shown, height: height, upTo: rest.cells.map(\.from), tag: "TD")
        return rest
    }

    private func draw(_ row: Row, height: Double, upTo ends: [Int]? = nil, tag: String) {
        let whole = height + 2 * Self.padding.y
        paper.tagged("TR") {
            for (index, cell) in row.cells.enumerated() {
                paper.rule(edges[index], paper.y, edges[index + 1] - edges[index], whole)
                var y = paper.y + Self.padding.y
                paper.tagged(tag) {
                    for line in cell.block.lines[cell.from..<(ends?[index] ?? cell.block.lines.count)] {
                        cell.block.draw(line, x: edges[index] + Self.padding.x, y: y, on: paper.canvas)
                        y += line.height
                    }
                }
            }
        }
        paper.y += whole
    }
}

extension TextBlock {
    fileprivate func height(from first: Int, to end: Int? = nil) -> Double {
        lines[first..<(end ?? lines.count)].reduce(0) { $0 + $1.height }
    }

    /// How many lines a height takes.
    fileprivate func lines(from first: Int, within height: Double) -> Int {
        var taken = 0.0
        return lines[first...].prefix { line in
            taken += line.height
            return taken <= height
        }.count
    }
}
