/// A stretch of text on paper, some of it bold.
package struct Passage: Sendable, ExpressibleByStringLiteral {
    struct Run: Sendable {
        var text: String
        var isBold: Bool
    }

    private(set) var runs: [Run]

    package init(_ text: String) {
        runs = [Run(text: sound(text), isBold: false)]
    }

    package init(stringLiteral text: String) { self.init(text) }

    package init(bold text: String) {
        runs = [Run(text: sound(text), isBold: true)]
    }

    package static func + (left: Passage, right: Passage) -> Passage {
        var sum = left
        sum.runs += right.runs
        return sum
    }

    package var text: String { runs.map(\.text).joined() }
}

/// What a page can show: control characters would stop the C library in the middle of a text, or stand as boxes.
private func sound(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 || $0 == "\n" }))
}
