import Runtime

/// Markup that a page writes many times, with holes: for one number, as in `<tr id="m•">` for every row, or for
/// whatever differs.
package final class Stencil: Sendable {
    private let pieces: ByteBuffer
    /// Where each piece ends, and the hole that follows it; nothing follows the last.
    private let ends: [(end: Int, hole: Int)]

    /// Pieces of our own markup, between which the number goes.
    package init(_ pieces: [String]) {
        let buffer = ByteBuffer(capacity: 256)
        ends = pieces.map { piece in
            buffer.append(piece)
            return (buffer.count, 0)
        }
        self.pieces = buffer
    }

    /// Written with tags, for pages like `html`; what is written where the number goes is handed to `content`.
    package convenience init(for html: HTML, _ content: (_ html: HTML, _ number: String) -> Void) {
        self.init(for: html, holes: 1) { content($0, $1[0]) }
    }

    /// With several holes: `content` is handed what it is to write as text in place of each.
    package init(for html: HTML, holes: Int, _ content: (_ html: HTML, _ holes: [String]) -> Void) {
        // Control characters below the tab, which no text of ours has.
        let marks = UInt8(1)...UInt8(holes)
        let sample = HTML(language: html.language, capacity: 1024)
        content(sample, marks.map { String(Unicode.Scalar($0)) })
        for icon in sample.icons { html.use(icon: icon) }
        let bytes = sample.buffer.bytes
        let buffer = ByteBuffer(capacity: bytes.count + 1)
        var ends: [(Int, Int)] = []
        var begin = 0
        for (place, byte) in bytes.enumerated() where marks.contains(byte) {
            buffer.append(sample.buffer.start + begin, place - begin)
            ends.append((buffer.count, Int(byte) - 1))
            begin = place + 1
        }
        buffer.append(sample.buffer.start + begin, bytes.count - begin)
        self.ends = ends + [(buffer.count, 0)]
        pieces = buffer
    }

    package func write(to html: HTML, number: Int) {
        write(to: html) { _ in html.buffer.append(decimal: number) }
    }

    /// `fill` writes what goes into the hole of that place, as often as it stands there.
    package func write(to html: HTML, fill: (_ hole: Int) -> Void) {
        var begin = 0
        for (index, (end, hole)) in ends.enumerated() {
            html.buffer.append(pieces.start + begin, end - begin)
            if index < ends.count - 1 { fill(hole) }
            begin = end
        }
    }
}
