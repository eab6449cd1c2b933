import Runtime

/// Markup that a page writes many times, with holes for one number: `<tr id="m•">` for every row.
package final class Stencil: Sendable {
    private let pieces: ByteBuffer
    /// Where each piece ends; a number follows all but the last.
    private let ends: [Int]

    /// Pieces of our own markup, between which the number goes.
    package init(_ pieces: [String]) {
        let buffer = ByteBuffer(capacity: 256)
        ends = pieces.map { piece in
            buffer.append(piece)
            return buffer.count
        }
        self.pieces = buffer
    }

    /// Written with tags, for pages like `html`; what is written where the number goes is handed to `content`.
    package convenience init(for html: HTML, _ content: (_ html: HTML, _ number: String) -> Void) {
        // A control character, which no text of ours has.
        let hole: UInt8 = 1
        let sample = HTML(language: html.language, capacity: 1024)
        content(sample, String(Unicode.Scalar(hole)))
        for icon in sample.icons { html.use(icon: icon) }
        let pieces = sample.buffer.bytes.split(separator: hole, omittingEmptySubsequences: false)
        self.init(pieces.map { String(decoding: $0, as: UTF8.self) })
    }

    package func write(to html: HTML, number: Int) {
        var begin = 0
        for (index, end) in ends.enumerated() {
            if index > 0 { html.buffer.append(decimal: number) }
            html.buffer.append(pieces.start + begin, end - begin)
            begin = end
        }
    }
}
