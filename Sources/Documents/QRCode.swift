import CQRCode

/// A text as a square of dark and light, for a telephone's camera.
package struct QRCode: Sendable {
    /// How many there are in a line.
    package let width: Int
    private let isDark: [Bool]

    /// Nil where the text is too long. A quarter of it may be smudged.
    package init?(_ text: String) {
        guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_Q, QR_MODE_8, 1) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        self.width = width
        isDark = (0..<width * width).map { code.pointee.data[$0] & 1 == 1 }
    }

    package func isDark(_ column: Int, _ line: Int) -> Bool { isDark[line * width + column] }

    /// As the path of a drawing, a line at a time, with the four light squares around it that readers want.
    package var path: String {
        var path = ""
        for line in 0..<width {
            var column = 0
            while column < width {
                guard isDark(column, line) else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, isDark(column, line) { column += 1 }
                path += "M\(start + Self.margin) \(line + Self.margin)h\(column - start)v1h-\(column - start)z"
            }
        }
        return path
    }

    package static let margin = 4
}
