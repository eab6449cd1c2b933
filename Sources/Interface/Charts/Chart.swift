package import Documents
package import HTML

/// Figures as a drawing, made on the server: it prints, and is read without script and without colour. Its figures lie
/// beside it.
package struct Chart: Sendable {
    /// What its files are called.
    package let name: String
    package let title: Phrase
    package let note: Phrase
    /// What somebody is told who doesn't see it.
    package let inWords: Phrase
    package let drawing: any Drawing
    package let sheet: Sheet

    package init(
        _ name: String, _ title: Phrase, _ note: Phrase, inWords: Phrase, _ drawing: any Drawing, _ sheet: Sheet
    ) {
        self.name = name
        self.title = title
        self.note = note
        self.inWords = inWords
        self.drawing = drawing
        self.sheet = sheet
    }
}

/// What is drawn, 400 wide.
package protocol Drawing: Sendable {
    var height: Double { get }
    /// What each of its surfaces means.
    var legend: [Swatch] { get }
    func draw(with pen: ChartPen)
}

extension Drawing {
    package var legend: [Swatch] { [] }
}

/// A surface, and what it means.
package struct Swatch: Sendable {
    package let fill: ChartFill
    package let label: Phrase

    package init(_ fill: ChartFill, _ label: Phrase) {
        self.fill = fill
        self.label = label
    }
}

/// Surfaces that can be told apart without colour: from dark to light, hatched, hollow.
package enum ChartFill: Sendable {
    case strong, middle, light, faint, hatched, hollow

    var attribute: StaticString {
        switch self {
        case .strong: "class=\"f3\""
        case .middle: "class=\"f2\""
        case .light: "class=\"f15\""
        case .faint: "class=\"f1\""
        case .hatched: "fill=\"url(#hatch)\""
        case .hollow: "class=\"hole\""
        }
    }

    /// What stands on it.
    var ink: ChartPen.Ink {
        switch self {
        case .strong: .onStrong
        case .hatched: .plate
        default: .plain
        }
    }
}
