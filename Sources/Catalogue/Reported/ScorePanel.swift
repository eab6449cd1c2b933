package import HTML
import Interface
package import Kernel
package import Runtime
package import Scoring

/// A result with its score, opened into the arithmetic, or why there is none: the same beside every form.
package struct ScorePanel {
    private let outcome: Result<Assessment, NoScore>
    /// What people call a name of the formula.
    private let label: (Formula.Reference) -> String

    package init(_ outcome: Result<Assessment, NoScore>, label: @escaping (Formula.Reference) -> String = { $0.text }) {
        self.outcome = outcome
        self.label = label
    }

    /// The icons that a part of a page brings in later must be there from the beginning.
    package static func prepare(_ html: HTML) {
        for icon in ["info", "warn", "raise"] { html.use(icon: icon) }
    }

    package func write(to html: HTML) {
        switch outcome {
        case .failure(let reason):
            html.p(.className("dim mb-0")) {
                html.state(.off, "info", Phrase("ยังคำนวณไม่ได้", en: "No result yet"))
                html.text(" ")
                reason.reason.write(to: html)
            }
        case .success(let assessment): score(html, assessment)
        }
    }

    private func score(_ html: HTML, _ assessment: Assessment) {
        let position = assessment.position
        html.div(.className("d-flex align-items-baseline justify-content-between")) {
            html.span(.className("big"), text: assessment.scoreText)
            if let position {
                html.span(
                    .className("dim"),
                    text: Phrase("ระดับ \(position.level) จาก 5", en: "level \(position.level) of 5"))
            }
        }
        if case .criteria(let criteria) = assessment.rule, let position { line(html, criteria, position) }
        let explanation = Explanation(assessment)
        html.ul(.className("steps mt-1")) {
            for step in explanation.steps {
                html.li {
                    html.span(.className("dim"), text: step.meaning)
                    html.br()
                    html.text("\(step.arithmetic) = ")
                    html.b(text: step.outcome)
                }
            }
            if let next = explanation.next { html.li(.className("ok")) { self.next(html, next) } }
        }
    }

    /// `285 (4 more) reaches level 4`, for each name that could do it alone.
    private func next(_ html: HTML, _ next: NextLevel) {
        html.icon("raise")
        html.text(" ")
        // The indicator's ratio is given, and no way to better work.
        let ways = next.changes.filter { $0.reference != .ratio }
        guard !ways.isEmpty else {
            return Phrase(
                "ถึงระดับ \(next.level) เมื่อผลเป็น \(next.result.shortText())",
                en: "Level \(next.level) is reached at \(next.result.shortText())"
            ).write(to: html)
        }
        html.b(text: Phrase("ถึงระดับ \(next.level) เมื่อ", en: "Level \(next.level) is reached with"))
        for (index, way) in ways.enumerated() {
            if index > 0 { Phrase(" หรือ", en: ", or").write(to: html) }
            html.text(" \(label(way.reference)) = ")
            html.b(text: way.to.shortText())
            let distance = way.to - way.from
            html.text(distance.isBelowZero ? " (−\((-distance).shortText()))" : " (+\(distance.shortText()))")
        }
    }

    private static let width = 72
    private static let margin = 16

    /// The five levels on a line, and where the result stands on it.
    private func line(_ html: HTML, _ criteria: Criteria, _ position: (level: Int, share: Exact)) {
        let reached = position.share * Exact(Self.width)
        let mark = Self.margin + (position.level - 1) * Self.width + (Int(reached.text(decimals: 0)) ?? 0)
        html.raw("<svg class=\"levels d-block w-100 mt-2\" viewBox=\"0 0 320 62\" aria-hidden=\"true\">")
        html.raw("<path class=\"axis\" stroke-width=\"6\" stroke-linecap=\"round\" d=\"M16 30H304\"/>")
        html.raw("<path class=\"ln\" stroke-width=\"6\" d=\"M16 30H")
        html.text("\(mark)")
        html.raw("\"/>")
        for (index, value) in criteria.values.enumerated() {
            let place = Self.margin + index * Self.width
            html.raw("<circle class=\"hole\" cy=\"30\" r=\"4\" cx=\"")
            html.text("\(place)")
            html.raw("\"/><text class=\"mid t2\" y=\"52\" x=\"")
            html.text("\(place)")
            html.raw("\">")
            html.text(value?.shortText() ?? "")
            html.raw("</text><text class=\"mid\" y=\"16\" x=\"")
            html.text("\(place)")
            html.raw("\">")
            html.text("\(index + 1)")
            html.raw("</text>")
        }
        html.raw("<circle class=\"f3\" cy=\"30\" r=\"8\" cx=\"")
        html.text("\(mark)")
        html.raw("\"/></svg>")
    }
}

extension Assessment {
    /// The level that is reached, and the share of the way to the next; nil where there are no criteria.
    fileprivate var position: (level: Int, share: Exact)? {
        guard case .criteria(let criteria) = rule else { return nil }
        switch criteria.position(of: result) {
        case .best: return (Criteria.levels, .zero)
        case .worst: return (1, .zero)
        case .between(let level, let from, let to):
            return (level, (result - from).divided(by: to - from) ?? .zero)
        }
    }
}

extension Result<Assessment, NoScore> {
    /// The same for programs.
    package var json: JSON {
        switch self {
        case .success(let assessment):
            [
                "result": .text(assessment.resultText), "score": .text(assessment.scoreText),
                "weighted": JSON(assessment.weightedText), "explanation": Explanation(assessment).json, "reason": .null,
            ]
        case .failure(let none):
            [
                "result": .null, "score": .null, "weighted": .null, "explanation": .null,
                "reason": .text(none.reason.english),
            ]
        }
    }

    package static var schema: APISchema {
        .object([
            ("result", .optional(.text)), ("score", .optional(.text)), ("weighted", .optional(.text)),
            (
                "explanation",
                .optional(
                    .object([
                        ("rule", .number),
                        (
                            "steps",
                            .list(
                                .object([
                                    ("meaning", .text), ("meaning-th", .text), ("arithmetic", .text),
                                    ("outcome", .text),
                                ]))
                        ),
                    ]))
            ),
            ("reason", .optional(.text)),
        ])
    }
}
