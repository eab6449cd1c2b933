import Documents
import HTML
import HTTP
import Kernel
import Postgres
import Runtime

func showUnitImport(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(UnitImportPage(visit: visit, text: "", list: nil), visit)
}

/// Shows what would be stored, and what is wrong in which cell. Stores nothing.
func previewUnits(_ context: Context) async throws -> Outcome {
    let text = try importText(context)
    let (visit, known) = try await context.page(.openUnits(of: context.area.id))
    let list = UnitImport(text, in: context.area, knowing: known)
    return .page(UnitImportPage(visit: visit, text: text, list: list), visit)
}

/// Stores all rows, or none when a single cell is wrong.
func importUnits(_ context: Context) async throws -> Outcome {
    let text = try importText(context)
    let count = try await refusingTwins {
        try await context.deed { deed in
            let known = try await deed.run(.openUnits(of: deed.area))
            let list = UnitImport(text, in: context.area, knowing: known)
            if let problem = list.problem { throw Refusal.invalid("list", problem) }
            guard list.isSound else {
                throw Refusal.invalid(
                    list.rows.flatMap { row in
                        row.problems.sorted { $0.key < $1.key }.map { column, reason in
                            FieldProblem("row-\(row.line)-\(UnitImport.columns[column])", reason)
                        }
                    })
            }
            for row in list.rows { _ = try await deed.run(.insert(row.draft, in: deed.area)) }
            try await deed.record(
                .unitsImported, on: "units", named: context.area.shortName,
                after: ["rows": JSON(list.rows.count)])
            return list.rows.count
        }
    }
    return .done(
        "/units", says: Phrase("นำเข้า \(count) หน่วยงานแล้ว", en: "\(count) units are imported"),
        json: ["rows": JSON(count)], made: true)
}

/// The template: a head, and one row that shows what goes where.
func showUnitTemplate(_ context: Context) async throws -> Outcome {
    _ = try await context.page()
    let example = ["school", "55010001", "บ้านตัวอย่าง", "Ban Tua Yang School", "เมือง", "small", "0 5400 0000"]
    return .response(
        Response(
            200,
            headers: [
                "content-type": "text/csv; charset=utf-8", "content-disposition": "attachment; filename=\"units.csv\"",
            ],
            body: .bytes(CSV.table(head: UnitImport.columns, rows: [example]))))
}

private func importText(_ context: Context) throws -> String {
    if let file = context.form.files["file"], file.size > 0 {
        guard let text = String(validating: try file.bytes(), as: UTF8.self) else {
            throw Refusal.invalid(
                "file", Phrase("ไฟล์ต้องเป็น CSV แบบ UTF-8", en: "The file must be CSV in UTF-8"))
        }
        return text
    }
    return context.form.fields["list"] ?? ""
}
