package import HTML
import Runtime

/// A country as a map of tiles, one for each province, the darker the better.
package struct TileMap: Drawing {
    package struct Tile: Sendable {
        let label: Phrase
        let column: Int
        let row: Int
        /// Tiles of one group lie within one border.
        let group: String
        let score: MeanScore?

        package init(_ label: Phrase, column: Int, row: Int, group: String, score: MeanScore?) {
            self.label = label
            self.column = column
            self.row = row
            self.group = group
            self.score = score
        }
    }

    private let tiles: [Tile]
    private let groups: [(label: Phrase, column: Int, row: Int)]
    private static let step = 40.0

    /// The groups' names stand at places where no tile is.
    package init(_ tiles: [Tile], groups: [(label: Phrase, column: Int, row: Int)]) {
        self.tiles = tiles
        self.groups = groups
    }

    package var height: Double { Double((tiles.map(\.row).max() ?? 0) + 1) * Self.step + 2 }

    package var legend: [Swatch] {
        [
            Swatch(.hollow, Phrase("ต่ำกว่า 2 หรือยังไม่มี", en: "Below 2, or nothing yet")),
            Swatch(.faint, Phrase(same: "2.0–2.9")),
            Swatch(.light, Phrase(same: "3.0–3.9")), Swatch(.middle, Phrase(same: "4.0–4.4")),
            Swatch(.strong, Phrase("4.5 ขึ้นไป", en: "4.5 and more")),
        ]
    }

    private func fill(of score: MeanScore?) -> ChartFill {
        switch score?.parts ?? 0 {
        case 450_000...: .strong
        case 400_000...: .middle
        case 300_000...: .light
        case 200_000...: .faint
        default: .hollow
        }
    }

    package func draw(with pen: ChartPen) {
        for tile in tiles {
            let (x, y) = (Double(tile.column) * Self.step, Double(tile.row) * Self.step)
            let fill = fill(of: tile.score)
            pen.rect(x + 1, y + 1, 37, 37, fill, rounded: true)
            pen.text(tile.label, x + 19.5, y + 17, .middle, fill.ink, small: true)
            pen.text(tile.score?.text(decimals: 1) ?? "–", x + 19.5, y + 32, .middle, fill.ink, small: true)
        }
        borders(pen)
        for group in groups {
            pen.text(
                group.label, Double(group.column) * Self.step + 4, Double(group.row) * Self.step + 24, .start, .dim,
                small: true)
        }
    }

    /// Between neighbours of different groups.
    private func borders(_ pen: ChartPen) {
        let groups = Dictionary(tiles.map { ([$0.column, $0.row], $0.group) }, uniquingKeysWith: { first, _ in first })
        for tile in tiles {
            let (x, y) = (Double(tile.column) * Self.step, Double(tile.row) * Self.step)
            let (right, below) = (x + Self.step - 0.5, y + Self.step - 0.5)
            if let beside = groups[[tile.column + 1, tile.row]], beside != tile.group {
                pen.line(.edge, through: [(right, y), (right, y + Self.step)])
            }
            if let under = groups[[tile.column, tile.row + 1]], under != tile.group {
                pen.line(.edge, through: [(x, below), (x + Self.step, below)])
            }
        }
    }
}
