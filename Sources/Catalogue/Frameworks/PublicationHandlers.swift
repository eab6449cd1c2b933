import HTML
import HTTP
import Interface
import Kernel
import Runtime

let publicationFields = [
    FormField(
        "indicators", Phrase("ตัวชี้วัดที่จะเปิด คั่นด้วยจุลภาค", en: "Numbers of indicators to open, with commas between"),
        .longText(limit: 5000))
]

func showPublication(_ context: Context) async throws -> Outcome {
    let id: FrameworkID = try context.identifier("framework")
    let (visit, framework, weights) = try await context.page(
        .framework(id, in: context.area.id), .weights(of: id, in: context.area.id))
    guard let framework else { throw Refusal.notFound }
    return .page(PublicationPage(visit: visit, framework: framework, weights: weights), visit)
}

/// Opens the hidden indicators that were ticked, when the weights add up; says all sums that don't.
func publishFramework(_ context: Context) async throws -> Outcome {
    let listed = context.form.fields.listed("indicators")
    let chosen = listed.compactMap { IndicatorID(sqlText: $0) }
    let count = try await changeFramework(context) { framework, deed in
        let weights = try await deed.run(.weights(of: framework.id, in: deed.area))
        guard chosen.count == listed.count, Set(chosen).isSubset(of: weights.items.map(\.id)) else {
            throw Refusal.invalid("indicators", Phrase("เลือกจากรายการ", en: "Choose from the list"))
        }
        let problems = weights.problems(opening: Set(chosen))
        if !problems.isEmpty { throw Refusal.invalid(problems.map { FieldProblem("indicators", $0) }) }
        let count = try await deed.run(.open(chosen, of: framework.id, in: deed.area))
        _ = try await deed.run(.markPublished(framework.id, in: deed.area, at: deed.now))
        try await deed.record(
            .frameworkPublished, on: "framework/\(framework.id)", named: framework.shortName,
            after: ["indicators": JSON(count)])
        return count
    }
    return .done(
        "/indicators",
        says: Phrase("เผยแพร่แล้ว เปิดเพิ่ม \(count) ตัวชี้วัด", en: "Published; \(count) more indicators are open"),
        json: ["indicators": JSON(count)])
}
