import Documents
import Glibc
import HTTP
import Runtime
import TestSupport

extension Response {
    /// The rows of a workbook that was answered.
    var workbookRows: [[String]] {
        get throws {
            guard case .bytes(let buffer) = body else { return [] }
            let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
            close(descriptor)
            defer { unlink(path) }
            try Disk.write(Array(buffer.bytes), to: path)
            return try SpreadsheetReader(file: path).rows
        }
    }
}

/// Rows as somebody would paste them.
func pasted(_ rows: [[String]]) -> String { rows.map { $0.joined(separator: "\t") }.joined(separator: "\n") }
