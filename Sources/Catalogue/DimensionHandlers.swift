import HTML
import HTTP
import Kernel
import Rounds
import Runtime

func listDimensions(_ context: Context) async throws -> Outcome {
    let (visit, dimensions) = try await context.page(.dimensions(of: context.year, in: context.area.id))
    return .page(
        DimensionsPage(visit: visit, dimensions: dimensions), visit,
        json: ["items": .array(dimensions.map(\.json))])
}

func showDimension(_ context: Context) async throws -> Outcome {
    let axis = axis(of: context)
    let (visit, dimensions) = try await context.page(.dimensions(of: context.year, in: context.area.id))
    guard let axis else { throw Refusal.notFound }
    let dimension = dimensions[axis - 1]
    return .page(DimensionFormPage(visit: visit, dimension: dimension), visit, json: dimension.json)
}

/// Names, order and values of one dimension, all at once. A value that indicators bear stays.
func saveDimension(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(Dimension.fields, context.form.fields)
    let name = draft["name"]
    let names = draft["values"].split(separator: "\n").map { String($0.trimmingSpaces) }.filter { !$0.isEmpty }
    if let problem = DimensionEdit.problem(with: names, dimensionName: name) {
        draft.refuse(problem.field, problem.reason)
    }
    let (checked, axis) = (draft, axis(of: context))
    try await context.deed { deed in
        guard let axis else { throw Refusal.notFound }
        try checked.check()
        try await Rounds.requireOpen(context.year, deed)
        // Whoever saves the same dimension meanwhile waits here.
        _ = try await deed.run(.nameDimension(axis, name, in: context.year, of: deed.area))
        let known = try await deed.run(.dimensions(of: context.year, in: deed.area))[axis - 1]
        try await apply(DimensionEdit(names, of: known), to: axis, context.year, deed)
        if name.isEmpty { _ = try await deed.run(.removeDimension(axis, in: context.year, of: deed.area)) }
        try await deed.record(
            .dimensionSaved, on: "dimension/\(axis)", named: "D\(axis) \(name)",
            before: ["values": .array(known.values.map { .text($0.name) })],
            after: ["name": .text(name), "values": .array(names.map { .text($0) })])
    }
    return .done("/dimensions", says: Phrase("บันทึกมิติแล้ว", en: "The dimension is saved"))
}

private func apply(_ edit: DimensionEdit, to axis: Int, _ year: FiscalYear, _ deed: Deed) async throws {
    if let used = edit.removed.first(where: { $0.indicatorCount > 0 }) {
        throw Refusal.invalid(
            "values",
            Phrase(
                "“\(used.name)” ใช้อยู่ใน \(used.indicatorCount) ตัวชี้วัด ย้ายตัวชี้วัดก่อนจึงจะเอาออกได้",
                en: "“\(used.name)” is used by \(used.indicatorCount) indicators; move them before removing it"))
    }
    _ = try await deed.run(.removeDimensionValues(edit.removed.map(\.id), in: deed.area))
    // Two that change their names with each other would meet on the way: first out of the way, then to their places.
    for case (let place, let id?) in edit.lines.map(\.id).enumerated() {
        _ = try await deed.run(.saveDimensionValue(id, "\u{0001}\(place)", at: place, in: deed.area))
    }
    for (place, line) in edit.lines.enumerated() {
        if let id = line.id {
            _ = try await deed.run(.saveDimensionValue(id, line.name, at: place, in: deed.area))
        } else {
            _ = try await deed.run(.addDimensionValue(line.name, at: place, of: axis, in: year, of: deed.area))
        }
    }
}

private func axis(of context: Context) -> Int? {
    context.request.parameters["axis"].flatMap { Int($0) }.flatMap { Dimension.axes.contains($0) ? $0 : nil }
}
