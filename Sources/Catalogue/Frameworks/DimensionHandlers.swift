import HTML
import HTTP
import Kernel
import Postgres
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
    for problem in DimensionEdit.problems(with: names, dimensionName: name) {
        draft.refuse(problem.field, problem.reason)
    }
    let (checked, axis) = (draft, axis(of: context))
    try await refusingUsed {
        try await context.deed { deed in
            guard let axis else { throw Refusal.notFound }
            try checked.check()
            try await Rounds.requireOpen(context.year, deed)
            let named = try await deed.run(.dimensions(of: context.year, in: deed.area))[axis - 1].name
            // Whoever saves the same dimension meanwhile waits here.
            _ = try await deed.run(.nameDimension(axis, name, in: context.year, of: deed.area))
            let known = try await deed.run(.dimensions(of: context.year, in: deed.area))[axis - 1]
            try await apply(DimensionEdit(names, of: known), to: axis, context.year, deed)
            if name.isEmpty { _ = try await deed.run(.removeDimension(axis, in: context.year, of: deed.area)) }
            try await deed.record(
                .dimensionSaved, on: "dimension/\(axis)", named: "D\(axis) \(name)",
                before: ["name": .text(named), "values": .array(known.values.map { .text($0.name) })],
                after: ["name": .text(name), "values": .array(names.map { .text($0) })])
        }
    }
    return .done("/dimensions", says: Phrase("บันทึกมิติแล้ว", en: "The dimension is saved"))
}

private func apply(_ edit: DimensionEdit, to axis: Int, _ year: FiscalYear, _ deed: Deed) async throws {
    let used = edit.removed.filter { $0.indicatorCount > 0 }
    guard used.isEmpty else { throw Refusal.invalid(used.map { FieldProblem("values", reason($0)) }) }
    _ = try await deed.run(.removeDimensionValues(edit.removed.map(\.id), in: deed.area))
    for (place, line) in edit.lines.enumerated() {
        if let id = line.id {
            _ = try await deed.run(.saveDimensionValue(id, line.name, at: place, in: deed.area))
        } else {
            _ = try await deed.run(.addDimensionValue(line.name, at: place, of: axis, in: year, of: deed.area))
        }
    }
}

private func reason(_ used: Dimension.Value) -> Phrase {
    Phrase(
        "“\(used.name)” ใช้อยู่ใน \(used.indicatorCount) ตัวชี้วัด ย้ายตัวชี้วัดก่อนจึงจะเอาออกได้ หรือแก้คำในบรรทัดเดิมเพื่อเปลี่ยนชื่อ",
        en: "“\(used.name)” is used (indicators: \(used.indicatorCount)); move them before removing it, "
            + "or change its line to rename it")
}

/// An indicator may take a value at the moment in which it is removed.
private func refusingUsed(_ deed: () async throws -> Void) async throws {
    do {
        try await deed()
    } catch let error as DatabaseError where error.constraint == "indicator_dimensions_value" {
        throw Refusal.conflict(
            Phrase(
                "มีตัวชี้วัดเพิ่งใช้ค่าที่เอาออก ลองอีกครั้ง",
                en: "An indicator has just taken a value that was removed; try again"))
    }
}

private func axis(of context: Context) -> Int? {
    context.request.parameters["axis"].flatMap { Int($0) }.flatMap { Dimension.axes.contains($0) ? $0 : nil }
}
