import HTML
import HTTP
import Interface
import Kernel
import Runtime
import Scoring

/// What an indicator's form comes to as it stands: what is wrong with its formula and criteria, or a score.
struct FormTrial {
    private(set) var problems: [FieldProblem] = []
    private(set) var simulation: Simulation?

    init(_ input: Fields, year: FiscalYear, subIndicators: Set<String>) {
        let draft = IndicatorDraft(reading: input, year: year, subIndicators: subIndicators)
        problems = draft.problems.filter { Self.isShown($0.field) }
        guard problems.isEmpty else { return }
        var values = Fields(["value": input["result-try"] ?? ""])
        for row in 1...Variable.most {
            values.add("value-\(input["variable-\(row)-name"] ?? "")", input["variable-\(row)-try"] ?? "")
        }
        simulation = Simulation(values, of: draft.indicator)
    }

    /// Only what the score comes from: that a name is still missing is said when it is saved.
    private static func isShown(_ field: String) -> Bool {
        ["formula", "ratio", "weight"].contains(field)
            || ["variable-", "criterion-", "worth-"].contains { field.hasPrefix($0) }
    }
}

/// Checks the form while it is typed. Nothing is stored.
func tryIndicatorForm(_ context: Context) async throws -> Outcome {
    let input = context.form.fields
    let id = input["indicator"].flatMap { IndicatorID(sqlText: $0) }
    let (visit, subIndicators) = try await context.page(.subIndicators(of: id ?? IndicatorID(0), in: context.area.id))
    let trial = FormTrial(input, year: context.year, subIndicators: Set(subIndicators))
    guard context.isPart else {
        var context = context
        if let id { context = try await inYear(of: id, context) }
        context.rejection = Rejection(fields: input, problems: trial.problems)
        var page = try await formPage(id, context)
        page.trial = trial
        return .page(page, page.visit)
    }
    return .part(of: visit) { $0.write(trial) }
}

extension HTML {
    func write(_ trial: FormTrial) {
        if let simulation = trial.simulation { return simulation.panel.write(to: self) }
        ul(.className("list-unstyled mb-2")) {
            for problem in trial.problems {
                li(.className("bad")) {
                    icon("warn")
                    text(" ")
                    a(.href("#\(problem.field)")) {
                        if let field = IndicatorFields.all.first(where: { $0.name == problem.field }) {
                            field.label.write(to: self)
                            text(": ")
                        }
                        problem.reason.write(to: self)
                    }
                }
            }
        }
    }
}
