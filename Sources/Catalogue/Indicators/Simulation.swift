import HTML
import HTTP
import Interface
import Kernel
import Runtime
import Scoring

/// What an indicator's form would come to with some values, while it is typed. Nothing is stored.
struct Simulation {
    let outcome: Result<Assessment, NoScore>

    /// The values stand in the fields `value-NAME`; without a formula the result itself in `value`.
    init(_ input: Fields, of indicator: Indicator) {
        var values: [Formula.Reference: Exact] = [:]
        for (reference, _) in (try? Formula(indicator.formula))?.references ?? [] {
            values[reference] = input["value-\(reference.text)"].flatMap { Exact($0) }
        }
        let result = input["value"].flatMap { Exact($0) }
        outcome = Result { () throws(NoScore) in try indicator.assess(values, result: result) }
    }

    var panel: ScorePanel { ScorePanel(outcome) }

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
    guard context.isPart else {
        page.tried = context.form.fields
        page.simulation = simulation
        return .page(page, page.visit, json: simulation.outcome.json)
    }
    return .part(of: page.visit) { simulation.panel.write(to: $0) }
}
