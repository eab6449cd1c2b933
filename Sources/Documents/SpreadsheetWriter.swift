import CXLSXWriter
import Glibc
import Runtime

/// A workbook could not be written; libxlsxwriter's word for it.
struct SpreadsheetFault: Error {
    var code: UInt32
}

/// Writes XLSX workbooks through libxlsxwriter.
package enum SpreadsheetWriter {
    private static let choicesSheet = "choices"
    private static let longestName = 31
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
            let worksheets = try zip(sheets, names(of: sheets)).map { sheet, name in
                try write(sheet, named: name, to: workbook, formats)
            }
            // The first sheet is the one that comes in again.
            if let first = worksheets.first { offerChoices(of: sheets[0].columns, in: first, of: workbook) }
            return workbook_close(workbook)
        }
        guard code == LXW_NO_ERROR else { throw SpreadsheetFault(code: code.rawValue) }
    }

    /// As Excel takes them: 31 characters at most, some never, and no two alike.
    private static func names(of sheets: [Sheet]) -> [String] {
        var names: [String] = []
        for sheet in sheets {
            let scalars = sheet.name.unicodeScalars.filter { !"[]:*?/\\'".unicodeScalars.contains($0) }
            let whole = String(String.UnicodeScalarView(scalars))
            var name = shortened(whole.isEmpty ? "1" : whole, to: longestName)
            if names.contains(where: { $0.lowercased() == name.lowercased() }) {
                let mark = " \(names.count + 1)"
                name = shortened(name, to: longestName - mark.utf16.count) + mark
            }
            names.append(name)
        }
        return names
    }

    private static func shortened(_ name: String, to length: Int) -> String {
        var name = name
        while name.utf16.count > length { name.removeLast() }
        return name
    }

    private struct Formats {
        let head: UnsafeMutablePointer<lxw_format>?
        let text: UnsafeMutablePointer<lxw_format>?
        let day: UnsafeMutablePointer<lxw_format>?
        let moment: UnsafeMutablePointer<lxw_format>?

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
            (day, moment) = (workbook_add_format(workbook), workbook_add_format(workbook))
            for format in [day, moment] { format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue)) }
            format_set_num_format(day, "yyyy-mm-dd")
            format_set_num_format(moment, "yyyy-mm-dd hh:mm")
        }
    }

    private static func write(
        _ sheet: Sheet, named name: String, to workbook: UnsafeMutablePointer<lxw_workbook>, _ formats: Formats
    ) throws -> UnsafeMutablePointer<lxw_worksheet> {
        guard let worksheet = workbook_add_worksheet(workbook, name) else { throw SpreadsheetFault(code: 0) }
        for (index, column) in sheet.columns.enumerated() {
            let place = UInt16(index)
            worksheet_set_column(worksheet, place, place, Double(column.width), formats.text)
        }
        for (index, column) in sheet.columns.enumerated() {
            worksheet_write_string(worksheet, 0, UInt16(index), column.title, formats.head)
        }
        worksheet_freeze_panes(worksheet, 1, 0)
        for line in 0..<sheet.rows.count {
            for (index, cell) in sheet.rows[line].enumerated() {
                write(cell, to: worksheet, UInt32(line + 1), UInt16(index), formats)
            }
        }
        return worksheet
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
        case .day(let day): worksheet_write_number(worksheet, row, column, serial(day), formats.day)
        case .moment(let instant): worksheet_write_number(worksheet, row, column, serial(instant), formats.moment)
        case .flag(let isOn): worksheet_write_boolean(worksheet, row, column, isOn ? 1 : 0, nil)
        }
    }

    /// Spreadsheets count days from the end of 1899.
    private static func serial(_ day: Day) -> Double { Double(day.sinceEpoch + 25_569) }

    /// To the minute, by the clocks in Thailand.
    private static func serial(_ instant: Instant) -> Double {
        let day = Day(inBangkok: instant)
        return serial(day) + Double((instant.seconds - day.beginInBangkok.seconds) / 60) / 1440
    }

    /// The lists that columns choose from lie on a sheet of their own that nobody sees: within a cell's rule, 255 bytes
    /// are the most that libxlsxwriter holds, and Thai takes three for a letter.
    private static func writeChoices(of columns: [Sheet.Column], to workbook: UnsafeMutablePointer<lxw_workbook>) {
        let lists = columns.map(\.choices).filter { !$0.isEmpty }
        guard !lists.isEmpty, let worksheet = workbook_add_worksheet(workbook, choicesSheet) else { return }
        for row in 0..<(lists.map(\.count).max() ?? 0) {
            for (column, list) in lists.enumerated() where row < list.count {
                worksheet_write_string(worksheet, UInt32(row), UInt16(column), list[row], nil)
            }
        }
        worksheet_hide(worksheet)
    }

    private static func offerChoices(
        of columns: [Sheet.Column], in worksheet: UnsafeMutablePointer<lxw_worksheet>,
        of workbook: UnsafeMutablePointer<lxw_workbook>
    ) {
        writeChoices(of: columns, to: workbook)
        var list = 0
        for (index, column) in columns.enumerated() where !column.choices.isEmpty {
            list += 1
            let letters = SpreadsheetReader.letters(ofColumn: list)
            let place = UInt16(index)
            var range = Array("=\(choicesSheet)!$\(letters)$1:$\(letters)$\(column.choices.count)".utf8CString)
            range.withUnsafeMutableBufferPointer { range in
                var validation = lxw_data_validation()
                validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
                validation.value_formula = range.baseAddress
                // A warning only: what was copied in from elsewhere is judged when it is sent.
                validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
                worksheet_data_validation_range(worksheet, 1, place, 1000, place, &validation)
            }
        }
    }
}
