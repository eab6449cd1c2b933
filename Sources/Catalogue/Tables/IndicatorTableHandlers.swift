import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime

private let subject = ImportPage.Subject(
    title: Phrase("นำเข้าตัวชี้วัดจากตาราง", en: "Import indicators from a table"), path: "/indicators/import",
    back: "/indicators", current: "/indicators.xlsx",
    guide: Phrase(
        "ตัวชี้วัดที่มีเลขและชุดตรงกันจะถูกแก้ไข ที่ยังไม่มีจะถูกเพิ่ม คอลัมน์ที่ไม่มีในตารางคงเดิม ดาวน์โหลดรายการของปีนี้มาแก้แล้วนำกลับเข้าได้",
        en:
            "What has the same framework and number is changed; what isn't there yet is added; columns that are missing stay as they are. The year's list can be downloaded, changed and brought in again."
    )
) { Phrase("\($0) ตัวชี้วัด", en: "\($0) indicators") }

func showIndicatorImport(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(ImportPage(visit: visit, subject: subject), visit)
}

/// Shows what would be stored, and what is wrong in which cell. Stores nothing.
func previewIndicators(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let (visit, catalogue) = try await YearCatalogue.load(context)
    let list = IndicatorImport(input, into: catalogue, of: context.year, mayOpen: visit.holds(.open))
    let page = ImportPage(
        visit: visit, subject: subject, text: input.text, table: list.table, notes: list.notes, seen: catalogue.mark)
    return .page(page, visit)
}

/// Stores all rows, or none when a single cell is wrong, or when the year has changed since the preview.
func importIndicators(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let count = try await context.deed { deed in
        try await Rounds.requireOpen(context.year, deed)
        let catalogue = try await YearCatalogue.load(context.year, deed)
        if let seen = context.form.fields["seen"], seen != catalogue.mark {
            throw Refusal.invalid(
                "list",
                Phrase(
                    "มีผู้อื่นแก้ไขตัวชี้วัดระหว่างนี้ ตรวจดูอีกครั้งก่อนนำเข้า",
                    en: "Somebody changed indicators meanwhile; look again before importing"))
        }
        let mayOpen = deed.viewer?.permissions.contains(.open) == true
        let list = IndicatorImport(input, into: catalogue, of: context.year, mayOpen: mayOpen)
        try list.table.check()
        return try await ImportDeed(list: list, catalogue: catalogue, year: context.year, deed: deed).run()
    }
    return .done(
        "/indicators", says: Phrase("นำเข้า \(count) ตัวชี้วัดแล้ว", en: "\(count) indicators are imported"),
        json: ["rows": JSON(count)], made: true)
}

/// The template: the head with its choices, and a sheet that says what goes where.
func showIndicatorTemplate(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return try await context.workbook(sheets(of: [], in: visit.language), named: "indicators-template")
}

func indicatorsToImport(_ context: Context) async throws -> [Sheet] {
    let (visit, catalogue) = try await YearCatalogue.load(context)
    return sheets(of: IndicatorTable.rows(of: catalogue, for: visit), in: visit.language)
}

private func sheets(of rows: [[String]], in language: Language) -> [Sheet] {
    let columns = IndicatorTable.columns.map { field in
        Sheet.Column(field, in: language, width: wide.contains(field.name) ? 40 : 14)
    }
    let cells = rows.map { row in
        zip(IndicatorTable.columns, row).map { column, text in
            text.isEmpty || !IndicatorTable.numbers.contains(column.name) ? Sheet.Cell(text) : .number(text)
        }
    }
    let guide = IndicatorTable.columns.map { field in
        let choices = if case .choice(let all) = field.kind { all.map { $0.label[language] } } else { [String]() }
        let hint = [field.hint?[language] ?? ""] + [choices.joined(separator: ", ")]
        return [field.label[language], hint.filter { !$0.isEmpty }.joined(separator: " · ")].map { Sheet.Cell($0) }
    }
    return [
        Sheet(Phrase("ตัวชี้วัด", en: "Indicators")[language], columns, cells),
        Sheet(
            Phrase("คำอธิบาย", en: "Guide")[language],
            [
                .init(Phrase("คอลัมน์", en: "Column")[language], width: 30),
                .init(Phrase("กรอกอย่างไร", en: "What goes there")[language], width: 100),
            ], guide),
    ]
}

private let wide: Set<String> = [
    "name", "variables", "formula", "definition", "rationale", "assigned", "supervisors", "collectors",
]
