import HTML
import HTTP
import Kernel

/// Where the values that are there now are neither those that were seen nor those that were typed.
func overwritten(_ known: Indicator, by new: Indicator, _ deed: Deed) async throws -> [FieldProblem] {
    let seen = deed.context.form.fields["version"].flatMap { Int($0) }
    guard let seen, seen != known.version else { return [] }
    let fields = try await formFields(of: known, deed)
    let (now, typed) = (known.fields, new.fields)
    var names: [String] = []
    for name in (now.all + typed.all).map(\.name) where !names.contains(name) { names.append(name) }
    let text: (Fields, String) -> String = { fields, name in fields.values(of: name).joined(separator: ", ") }
    return names.filter { text(now, $0) != text(typed, $0) }.map { name in
        let shown = shown(text(now, name), in: fields.first { $0.name == name })
        return FieldProblem(
            name,
            Phrase("มีผู้อื่นแก้ไขระหว่างนี้ ค่าขณะนี้คือ “", en: "Somebody changed this meanwhile; it is now “") + shown
                + Phrase("” บันทึกอีกครั้งเพื่อใช้ค่าของท่าน", en: "”. Save again to use yours"))
    }
}

/// A value as people know it: the words of a choice, not its number.
private func shown(_ value: String, in field: FormField?) -> Phrase {
    guard case .choice(let choices)? = field?.kind else { return Phrase(same: value) }
    return choices.first { $0.value == value }?.label ?? Phrase(same: value)
}

/// The fields with what can be chosen in them, by name.
private func formFields(of indicator: Indicator, _ deed: Deed) async throws -> [FormField] {
    let (frameworks, others, owners, dimensions) = try await deed.run(
        .frameworks(of: indicator.year, in: deed.area),
        .indicators(of: indicator.year, in: deed.area, matching: IndicatorFilter()), .ownerChoices(in: deed.area),
        .dimensions(of: indicator.year, in: deed.area))
    return IndicatorFields.all(choosing: IndicatorFields.choices(frameworks, others, owners, dimensions))
}
