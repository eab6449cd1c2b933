import HTML
import Interface

/// What a page of statistics shows: some figures in large type, and charts in two columns.
struct Board: Sendable {
    let tiles: [Tile]
    let left: [Chart]
    let right: [Chart]

    var charts: [Chart] { left + right }

    /// One figure that one remembers.
    struct Tile: Sendable {
        let label: Phrase
        let value: String
        let note: Phrase
    }
}

extension Board.Tile {
    /// A share, and of how many; a dash where there is nothing to share.
    static func share(_ label: Phrase, _ part: Int, of all: Int, _ note: Phrase) -> Board.Tile {
        Board.Tile(label: label, value: percent(part, of: all) ?? "–", note: note)
    }
}

/// `62%`, and with a decimal where it is near the end; nil of nothing.
func percent(_ part: Int, of all: Int) -> String? {
    guard all > 0 else { return nil }
    let tenths = (2000 * part + all) / (2 * all)
    return tenths % 10 == 0 || tenths < 900 ? "\((tenths + 5) / 10)%" : "\(tenths / 10).\(tenths % 10)%"
}

/// How this year's mean compares with the year before.
func compared(_ score: MeanScore?, with before: MeanScore?) -> Phrase {
    guard let before else { return Phrase("ไม่มีข้อมูลปีก่อน", en: "Nothing of the year before") }
    let past = Phrase("ปีก่อน \(before.text())", en: "\(before.text()) the year before")
    guard let score, score != before else { return past }
    let change = MeanScore(parts: abs(score.parts - before.parts)).text()
    return past
        + (score > before
            ? Phrase(" เพิ่มขึ้น \(change)", en: ", up \(change)") : Phrase(" ลดลง \(change)", en: ", down \(change)"))
}
