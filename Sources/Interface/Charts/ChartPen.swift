package import HTML
import Runtime

/// Draws by the classes of the stylesheet.
package struct ChartPen {
    let html: HTML

    package enum Ink: String {
        case plain = ""
        case onStrong = " on"
        case dim = " t2"
        /// With a light edge, where the ground isn't plain.
        case plate = " plate"
    }

    package enum Anchor: String {
        case start = ""
        case middle = " mid"
        case end = " end"
    }

    package func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: ChartFill, rounded: Bool = false
    ) {
        html.raw("<rect x=\"")
        number(x)
        html.raw("\" y=\"")
        number(y)
        html.raw("\" width=\"")
        number(width)
        html.raw("\" height=\"")
        number(height)
        html.raw(rounded ? "\" rx=\"4\" " : "\" ")
        html.raw(fill.attribute)
        html.raw("/>")
    }

    package func text(
        _ words: some HTMLText, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ ink: Ink = .plain,
        small: Bool = false
    ) {
        html.raw("<text class=\"")
        html.raw(trusted: anchor.rawValue)
        html.raw(trusted: ink.rawValue)
        html.raw(small ? " sm\" x=\"" : "\" x=\"")
        number(x)
        html.raw("\" y=\"")
        number(y)
        html.raw("\">")
        words.write(to: html)
        html.raw("</text>")
    }

    package enum Line: String {
        case axis, edge
        case solid = "ln"
        case dashed = "ln2"
    }

    package func line(_ line: Line, through points: [(x: Double, y: Double)]) {
        html.raw("<path class=\"")
        html.raw(trusted: line.rawValue)
        html.raw("\" d=\"")
        for (place, point) in points.enumerated() {
            html.raw(place == 0 ? "M" : " L")
            number(point.x)
            html.raw(" ")
            number(point.y)
        }
        html.raw("\"/>")
    }

    package func dot(_ x: Double, _ y: Double) {
        html.raw("<circle class=\"f3\" cx=\"")
        number(x)
        html.raw("\" cy=\"")
        number(y)
        html.raw("\" r=\"4.5\"/>")
    }

    /// Points up to a place on an axis.
    package func pointer(_ x: Double, _ y: Double) {
        html.raw("<path class=\"tri\" d=\"M")
        number(x)
        html.raw(" ")
        number(y)
        html.raw("l6 10h-12z\"/>")
    }

    /// To a tenth.
    private func number(_ value: Double) {
        let tenths = Int((value * 10).rounded())
        if tenths < 0 { html.raw("-") }
        (abs(tenths) / 10).write(to: html)
        guard tenths % 10 != 0 else { return }
        html.raw(".")
        (abs(tenths) % 10).write(to: html)
    }
}
