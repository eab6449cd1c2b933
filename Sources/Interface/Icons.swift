package import HTML
import Runtime

/// The icons that we ship, by name: SVG symbols, made at set-up from Bootstrap Icons.
package struct Icons: Sendable {
    private let symbols: [String: String]

    /// Reads a file of one `<symbol id="i-NAME" …>` a line.
    package init(file: String) throws {
        var symbols: [String: String] = [:]
        for line in try Disk.readText(file).split(separator: "\n") {
            guard let start = line.range(of: "id=\"i-") else { continue }
            let name = line[start.upperBound...].prefix { $0 != "\"" }
            symbols[String(name)] = String(line)
        }
        self.symbols = symbols
    }

    package init() {
        symbols = [:]
    }

    /// The sprite of the icons that a page has used.
    func write(_ names: Set<String>, to html: HTML) {
        html.raw("<svg width=\"0\" height=\"0\" class=\"position-absolute\" aria-hidden=\"true\">")
        for name in names.sorted() {
            if let symbol = symbols[name] { html.raw(trusted: symbol) }
        }
        html.raw("</svg>")
    }
}

extension HTML {
    /// An icon that repeats what the words beside it say.
    package func icon(_ name: String, class classes: String = "") {
        use(icon: name)
        raw("<svg class=\"i")
        if !classes.isEmpty { text(" " + classes) }
        raw("\" aria-hidden=\"true\"><use href=\"#i-")
        text(name)
        raw("\"/></svg>")
    }
}

extension Substring {
    /// Where a text first stands.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
