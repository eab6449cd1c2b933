import CXLSXWriter
import Glibc
import Runtime

/// A sheet to be written: a head that stays in view, and typed cells below.
package struct Sheet: Sendable {
    package enum Cell: Sendable, Equatable {
        case text(String)
        /// A decimal number in plain digits.
        case number(String)
        case empty

        package init(_ text: String) { self = text.isEmpty ? .empty : .text(text) }
    }

    package struct Column: Sendable {
        package var title: String
        /// In characters.
        package var width: Int
        /// What can be chosen in its cells; empty for anything.
        package var choices: [String]

        package init(_ title: String, width: Int = 16, choices: [String] = []) {
            self.title = title
            self.width = width
            self.choices = choices
        }
    }

    package var name: String
    package var columns: [Column]
    package var rows: [[Cell]]

    package init(_ name: String, _ columns: [Column], _ rows: [[Cell]]) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}

/// A workbook could not be written; libxlsxwriter's word for it.
struct SpreadsheetFault: Error {
    var code: UInt32
}

/// Writes XLSX workbooks through libxlsxwriter.
package enum SpreadsheetWriter {
    /// What Excel shows of a list of choices at most.
    private static let longestChoices = 255
    /// Beyond these digits a spreadsheet's numbers lose some.
    private static let exactDigits = 15

    /// A whole workbook. It takes a temporary file, and longer than a page may: on a thread of its own.
    package static func workbook(_ sheets: [Sheet], in folder: String) async throws -> [UInt8] {
        try await Blocking.run {
            let (descriptor, path) = try Disk.makeTemporaryFile(in: folder)
            close(descriptor)
            defer { unlink(path) }
            try write(sheets, to: path, in: folder)
            return try Disk.read(path)
        }
    }

    private static func write(_ sheets: [Sheet], to path: String, in folder: String) throws {
        let code = try folder.withCString { folder in
            var options = lxw_workbook_options(
                constant_memory: 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
            guard let workbook = workbook_new_opt(path, &options) else { throw SpreadsheetFault(code: 0) }
            let formats = Formats(workbook)
            for sheet in sheets { write(sheet, to: workbook, formats) }
            return workbook_close(workbook)
        }
        guard code == LXW_NO_ERROR else { throw SpreadsheetFault(code: code.rawValue) }
    }

    private struct Formats {
        let head: UnsafeMutablePointer<lxw_format>?
        let text: UnsafeMutablePointer<lxw_format>?

        init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
            head = workbook_add_format(workbook)
            format_set_bold(head)
            format_set_text_wrap(head)
            format_set_align(head, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            format_set_bg_color(head, 0xE4_ECF2)
            text = workbook_add_format(workbook)
            format_set_text_wrap(text)
            format_set_align(text, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            // As text, so that what is typed stays as it is: `1.10` is not 1.1.
            format_set_num_format(text, "@")
        }
    }

    private static func write(_ sheet: Sheet, to workbook: UnsafeMutablePointer<lxw_workbook>, _ formats: Formats) {
        guard let worksheet = workbook_add_worksheet(workbook, sheet.name) else { return }
        for (index, column) in sheet.columns.enumerated() {
            let place = UInt16(index)
            worksheet_set_column(worksheet, place, place, Double(column.width), formats.text)
            offer(column.choices, in: place, of: worksheet)
        }
        for (index, column) in sheet.columns.enumerated() {
            worksheet_write_string(worksheet, 0, UInt16(index), column.title, formats.head)
        }
        worksheet_freeze_panes(worksheet, 1, 0)
        for (line, row) in sheet.rows.enumerated() {
            for (index, cell) in row.enumerated() {
                write(cell, to: worksheet, UInt32(line + 1), UInt16(index), formats)
            }
        }
    }

    private static func write(
        _ cell: Sheet.Cell, to worksheet: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ column: UInt16,
        _ formats: Formats
    ) {
        switch cell {
        case .empty: break
        case .text(let text): worksheet_write_string(worksheet, row, column, text, formats.text)
        case .number(let digits):
            if digits.utf8.count <= exactDigits, let number = Double(digits) {
                worksheet_write_number(worksheet, row, column, number, nil)
            } else {
                worksheet_write_string(worksheet, row, column, digits, formats.text)
            }
        }
    }

    private static func offer(
        _ choices: [String], in column: UInt16, of worksheet: UnsafeMutablePointer<lxw_worksheet>
    ) {
        let length = choices.reduce(0) { $0 + $1.unicodeScalars.count + 1 }
        guard !choices.isEmpty, length <= longestChoices else { return }
        var texts: [UnsafeMutablePointer<CChar>?] = choices.map { strdup($0) } + [nil]
        defer { for text in texts { free(text) } }
        texts.withUnsafeMutableBufferPointer { texts in
            var validation = lxw_data_validation()
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            validation.value_list = texts.baseAddress
            // A warning only: what was copied in from elsewhere is judged when it is sent.
            validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
            worksheet_data_validation_range(worksheet, 1, column, 1000, column, &validation)
        }
    }
}
