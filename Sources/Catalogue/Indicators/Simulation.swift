import HTML
import HTTP
import Interface
import Kernel
import Runtime
import Scoring

/// What an indicator's form would come to with some values, while it is typed. Nothing is stored.
struct Simulation {
    private(set) var assessment: Assessment?
    private(set) var reason: Phrase?

    /// The values stand in the fields `value-NAME`; without a formula the result itself in `value`.
    init(_ input: Fields, of indicator: Indicator) {
        do {
            let (rule, weight) = (try indicator.rule(), indicator.weight)
            if indicator.formula.isEmpty {
                guard let text = input["value"], let result = Exact(text) else {
                    reason = Phrase("ใส่ผลเพื่อลองคำนวณ", en: "Enter a result to try")
                    return
                }
                assessment = try Assessment(result, by: rule, weight: weight)
            } else {
                let formula = try Formula(indicator.formula)
                var values: [Formula.Reference: Exact] = [:]
                for (reference, _) in formula.references {
                    values[reference] = input["value-\(reference.text)"].flatMap { Exact($0) }
                }
                values[.ratio] = indicator.ratio
                assessment = try Assessment(formula, values, by: rule, weight: weight)
            }
        } catch let problem as CriteriaProblem {
            reason = problem.reason
        } catch let problem as FormulaProblem {
            reason = problem.placed
        } catch let none as NoScore {
            reason = none.reason
        } catch {
            reason = Phrase("ยังคำนวณไม่ได้", en: "No result yet")
        }
    }

    var json: JSON {
        [
            "result": JSON(assessment?.resultText), "score": JSON(assessment?.scoreText),
            "weighted": JSON(assessment?.weightedText),
            "explanation": assessment.map { Explanation($0).json } ?? .null, "reason": JSON(reason?.english),
        ]
    }

    static let schema = APISchema.object([
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
                                ("meaning", .text), ("meaning-th", .text), ("arithmetic", .text), ("outcome", .text),
                            ]))
                    ),
                ]))
        ),
        ("reason", .optional(.text)),
    ])

    /// What a program sends; a person's page has a field for each variable.
    static let fields = [
        FormField(
            "value",
            Phrase("ผล หรือค่าของตัวแปรในช่อง value-ชื่อ", en: "The result; of a formula, each variable in value-NAME"),
            .text(limit: 100))
    ]
}

/// Answers the form as it is typed: the part of the page with the result, or JSON for programs.
func simulateIndicator(_ context: Context) async throws -> Outcome {
    var page = try await indicatorPage(context)
    let simulation = Simulation(context.form.fields, of: page.indicator)
    guard context.request.headers["hx-request"] != nil else {
        page.tried = context.form.fields
        page.simulation = simulation
        return .page(page, page.visit, json: simulation.json)
    }
    return .part(of: page.visit) { $0.write(simulation) }
}

extension HTML {
    /// A result with its score, opened into the arithmetic, or why there is none.
    func write(_ simulation: Simulation) {
        guard let assessment = simulation.assessment else {
            p(.className("dim mb-0")) {
                state(.off, "info", Phrase("ยังคำนวณไม่ได้", en: "No result yet"))
                text(" ")
                simulation.reason?.write(to: self)
            }
            return
        }
        let explanation = Explanation(assessment)
        div(.className("score")) {
            div(.className("big"), text: assessment.scoreText)
        }
        table(.className("table mb-2")) {
            tbody {
                for step in explanation.steps {
                    tr {
                        th(.scope("row")) {
                            step.meaning.write(to: self)
                            div(.className("small dim fw-normal"), text: step.arithmetic)
                        }
                        td(.className("num"), text: step.outcome)
                    }
                }
            }
        }
        if let next = explanation.next { p(.className("small mb-0"), text: next.phrase) }
    }
}

extension NextLevel {
    /// What reaches the next level: `285 (a) reaches level 4`.
    var phrase: Phrase {
        // The indicator's ratio is given, and no way to better work.
        let ways = changes.filter { $0.reference != .ratio }.map { "\($0.reference.text) = \($0.to.shortText())" }
            .joined(separator: " / ")
        let way = ways.isEmpty ? "" : " (\(ways))"
        return Phrase(
            "ถึงระดับ \(level) เมื่อผลเป็น \(result.shortText())\(way)",
            en: "Level \(level) is reached at \(result.shortText())\(way)")
    }
}
