import HTML
import HTTP
import Kernel
import Postgres
import Runtime

/// For which flags an area wants a second factor.
enum FactorRule {
    static func fields(in area: Area) -> [FormField] {
        [
            FormField(
                "flags", Phrase("สิทธิ์ที่ต้องยืนยันสองชั้น", en: "Flags that need it"),
                .choices(Permission.choices(for: area)))
        ]
    }
}

func showFactorRule(_ context: Context) async throws -> Outcome {
    let (visit, flags) = try await context.page(.factorFlags(of: context.area.id))
    return .page(
        FactorRulePage(visit: visit, flags: flags), visit, json: ["flags": .array(flags.map { .text($0) })])
}

/// Counts at once: whoever lacks it is led to set it up with the next page.
func saveFactorRule(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(FactorRule.fields(in: context.area), context.form.fields)
    try draft.check()
    let flags = draft.values(of: "flags")
    try await context.deed { deed in
        let before = try await deed.run(.factorFlags(of: deed.area))
        _ = try await deed.run(.saveFactorFlags(flags, of: deed.area))
        try await deed.record(
            .factorRuleSaved, on: "settings", named: context.area.shortName,
            before: ["flags": .array(before.map { .text($0) })], after: ["flags": .array(flags.map { .text($0) })])
    }
    return .done("/settings/second-factor", says: Phrase("บันทึกแล้ว", en: "Saved"))
}

extension Query where Answer == [String] {
    fileprivate static func factorFlags(of area: AreaID) -> Query {
        Query("SELECT factor_flags FROM area_settings WHERE area_id = \(area)") { rows in
            var flags: [String] = []
            for cells in rows {
                var cells = cells
                flags = try cells.nextArray()
            }
            return flags
        }
    }
}

extension Query where Answer == Int {
    fileprivate static func saveFactorFlags(_ flags: [String], of area: AreaID) -> Query {
        .deed("UPDATE area_settings SET factor_flags = \(flags) WHERE area_id = \(area)")
    }
}
