import Documents
import HTML
package import HTTP
package import Kernel
import Runtime

/// A table that somebody sent: pasted from a spreadsheet, or as a file in XLSX or CSV.
package struct TableInput: Sendable {
    package let rows: [[String]]

    /// The fields of a form that takes one.
    package static let fields: [FormField] = [
        FormField("list", Phrase("ตาราง", en: "The table"), .longText(limit: textLimit)),
        FormField("file", Phrase("ไฟล์ XLSX หรือ CSV", en: "An XLSX or CSV file"), .file(limit: fileLimit)),
    ]

    package static let fileLimit = 10_000_000
    private static let textLimit = 1_000_000

    /// What a body with a table may take: the file, or the text that a preview sends back.
    package static let bodyLimit = 2 * fileLimit

    package init(_ form: FormInput) async throws {
        guard let file = form.files["file"], file.size > 0 else {
            rows = CSV.rows(of: form.fields["list"] ?? "")
            return
        }
        guard file.size <= Self.fileLimit else {
            throw Refusal.invalid("file", Phrase("ไฟล์ใหญ่เกิน 10 MB", en: "The file is larger than 10 MB"))
        }
        do {
            rows = try await Blocking.run { try Self.rows(of: file) }
        } catch let problem as SpreadsheetProblem {
            throw Refusal.invalid("file", problem.phrase)
        }
    }

    private static func rows(of file: UploadedFile) throws -> [[String]] {
        let bytes = try file.bytes()
        if bytes.starts(with: [80, 75]) { return try SpreadsheetReader(file: file.path).rows }
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
            throw SpreadsheetProblem.unreadable
        }
        return CSV.rows(of: text)
    }

    /// The same as text, so that a preview can send it back without the file.
    package var text: String {
        let buffer = ByteBuffer()
        for row in rows { CSV.append(row, to: buffer) }
        return buffer.text
    }
}

extension SpreadsheetProblem {
    var phrase: Phrase {
        switch self {
        case .unreadable:
            Phrase(
                "อ่านไฟล์นี้เป็นตารางไม่ได้ ใช้ XLSX หรือ CSV แบบ UTF-8 ที่ไม่ตั้งรหัสผ่าน",
                en: "This can't be read as a table: use XLSX, or CSV in UTF-8, without a password")
        case .tooLarge:
            Phrase("ตารางใหญ่เกินไป", en: "The table is too large")
        }
    }
}
