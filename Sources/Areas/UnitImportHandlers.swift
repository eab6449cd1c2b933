import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

private let subject = ImportPage.Subject(
    title: Phrase("นำเข้าหน่วยงานจากตาราง", en: "Import units from a table"), path: "/units/import", back: "/units",
    guide: Phrase(
        "ประเภทเป็นโรงเรียนหรือกลุ่มในสำนักงาน ขนาดเป็นเล็ก กลาง ใหญ่ หรือใหญ่พิเศษ",
        en: "The kind is a school or an office group; the size small, medium, large or extra large")
) { Phrase("\($0) หน่วยงาน", en: "\($0) units") }

func showUnitImport(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(ImportPage(visit: visit, subject: subject), visit)
}

/// Shows what would be stored, and what is wrong in which cell. Stores nothing.
func previewUnits(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let (visit, known) = try await context.page(.openUnits(of: context.area.id))
    let table = UnitImport(input, in: context.area, knowing: known).table
    return .page(ImportPage(visit: visit, subject: subject, text: input.text, table: table), visit)
}

/// Stores all rows, or none when a single cell is wrong.
func importUnits(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let count = try await refusingTwins {
        try await context.deed { deed in
            let known = try await deed.run(.openUnits(of: deed.area))
            let list = UnitImport(input, in: context.area, knowing: known)
            try list.table.check()
            for draft in list.drafts { _ = try await deed.run(.insert(draft, in: deed.area)) }
            try await deed.record(
                .unitsImported, on: "units", named: context.area.shortName,
                after: ["rows": JSON(list.drafts.count)])
            return list.drafts.count
        }
    }
    return .done(
        "/units", says: Phrase("นำเข้า \(count) หน่วยงานแล้ว", en: "\(count) units are imported"),
        json: ["rows": JSON(count)], made: true)
}

/// The template: a head, and one row that shows what goes where.
func showUnitTemplate(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    let columns = UnitImport.columns(in: context.area).map { Sheet.Column($0, in: visit.language) }
    let kind = OrgUnit.Kind.all(in: context.area)[0].phrase[visit.language]
    let example = [
        kind, "55010001", "บ้านตัวอย่าง", "Ban Tua Yang School", "เมือง", OrgUnit.Size.small.phrase[visit.language],
        "0 5400 0000",
    ]
    return try await context.workbook(
        [Sheet(Phrase("หน่วยงาน", en: "Units")[visit.language], columns, [example.map { Sheet.Cell($0) }])],
        named: "units")
}
