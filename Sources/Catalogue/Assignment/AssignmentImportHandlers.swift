import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// Adds all, or nobody when a single cell is wrong. Who is there already stays as they are.
func importAssignments(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    return try await changeRound(
        context, says: Phrase("นำเข้าผู้ต้องรายงานแล้ว", en: "Who reports is imported"),
        counting: "rows"
    ) { change in
        let (deed, round) = (change.deed, change.round.round)
        let (units, officers, assigned) = try await deed.run(
            .assignableUnits(in: deed.area), .officers(in: deed.area),
            .assignments(of: change.id, in: round, of: deed.area))
        let list = AssignmentImport(input, among: units, officers, assigned: assigned)
        try list.table.check()
        let added = try await deed.assign(
            list.units.map(\.id), list.officers.map { MemberID($0) }, round, of: change.id)
        try await change.record(
            .unitsAssigned, after: ["added": JSON(added), "units": .array(list.units.map { .text($0.name) })])
        return list.table.rows.count
    }
}

/// A round to which somebody is to be assigned.
struct RoundToFill: ImportTarget {
    static let templateName = "assignments"

    let indicator: Indicator
    let round: IndicatorRound
    let units: AssignableUnits
    let officers: [FormField.Choice]
    let assigned: [Assignment]

    static func page(_ context: Context) async throws -> (Visit, RoundToFill) {
        let (id, round) = try roundAddress(context)
        let area = context.area.id
        let (visit, indicator, open, units, officers, assigned) = try await context.page(
            .indicator(id, in: area), .round(round, of: id, in: area), .assignableUnits(in: area), .officers(in: area),
            .assignments(of: id, in: round, of: area))
        guard let indicator, let open else { throw Refusal.notFound }
        return (
            visit,
            RoundToFill(indicator: indicator, round: open, units: units, officers: officers, assigned: assigned)
        )
    }

    var subject: ImportPage.Subject {
        let path = "/indicators/\(indicator.id)/rounds/\(round.round.code)"
        return ImportPage.Subject(
            title: Phrase("นำเข้าผู้ต้องรายงาน ", en: "Import who reports: ") + Phrase(same: "\(indicator.number) ")
                + round.round.name,
            path: "\(path)/assignments/import", back: path,
            guide: Phrase(
                "แถวละหนึ่งหน่วยงาน ใส่รหัสหรือชื่อ ใส่ชื่อเจ้าหน้าที่ด้วยเมื่อให้รายงานเป็นรายคน ผู้ที่มีอยู่แล้วคงเดิม",
                en:
                    "One unit a row, by number or name; with an officer's name where one reports in person. Who is there already stays."
            )
        ) { Phrase("\($0) รายการ", en: "\($0) rows") }
    }

    /// All units that could report: what isn't wanted is deleted.
    func template(in language: Language) -> Sheet {
        Sheet(
            indicator.number, AssignmentImport.columns.map { Sheet.Column($0, in: language, width: 30) },
            of: units.units
        ) { [Sheet.Cell($0.number), Sheet.Cell($0.name), .empty] }
    }

    func table(_ input: TableInput, at now: Instant) -> TableImport {
        AssignmentImport(input, among: units, officers, assigned: assigned).table
    }
}
