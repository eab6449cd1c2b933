package import Documents
package import HTML
import HTTP
package import Kernel
import Runtime

/// Tables as files that spreadsheets open.
extension Context {
    package func workbook(_ sheets: [Sheet], named name: String) async throws -> Outcome {
        let bytes = try await SpreadsheetWriter.workbook(sheets, in: platform.temporaryFolder)
        return .response(
            Response(
                200,
                headers: [
                    "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "content-disposition": "attachment; filename=\"\(name).xlsx\"", "cache-control": "no-store",
                ], body: .bytes(ByteBuffer(bytes))))
    }

    package func csv(_ head: [String], _ rows: [[String]], named name: String) -> Outcome {
        .response(
            Response(
                200,
                headers: [
                    "content-type": "text/csv; charset=utf-8",
                    "content-disposition": "attachment; filename=\"\(name).csv\"", "cache-control": "no-store",
                ], body: .bytes(CSV.table(head: head, rows: rows))))
    }
}

extension Sheet.Column {
    /// A form's field as a column, with what can be chosen.
    package init(_ field: FormField, in language: Language, width: Int = 18) {
        var choices: [String] = []
        if case .choice(let offered) = field.kind { choices = offered.map { $0.label[language] } }
        self.init(field.label[language], width: width, choices: choices)
    }
}
