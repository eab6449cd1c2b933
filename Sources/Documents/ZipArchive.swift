import CZip

/// Why a spreadsheet can't be read.
package enum SpreadsheetProblem: Error, Equatable {
    /// No archive of the kind, or one that lacks what makes it a spreadsheet.
    case unreadable
    /// More rows, columns or bytes than anybody typed.
    case tooLarge
}

/// A ZIP archive that is read, member by member, no further than a limit: an archive of a few bytes may hold a mountain.
final class ZipArchive {
    private let archive: OpaquePointer
    /// Bytes that may still come out of it.
    private var remaining: Int

    init(_ path: String, limit: Int) throws(SpreadsheetProblem) {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else { throw .unreadable }
        self.archive = archive
        remaining = limit
    }

    deinit { zip_discard(archive) }

    /// A member's bytes, piece by piece; nil when there is no such member.
    func member(_ name: String) -> Member? {
        zip_fopen(archive, name, 0).map { Member($0, of: self) }
    }

    final class Member {
        private let file: OpaquePointer
        private let archive: ZipArchive
        private(set) var hasExceeded = false

        fileprivate init(_ file: OpaquePointer, of archive: ZipArchive) {
            self.file = file
            self.archive = archive
        }

        deinit { zip_fclose(file) }

        /// As C's read: how many bytes came, 0 at the end, -1 when it can't go on.
        func read(into buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
            let taken = Int(zip_fread(file, buffer, UInt64(count)))
            archive.remaining -= max(0, taken)
            if archive.remaining < 0 { hasExceeded = true }
            return hasExceeded ? -1 : taken
        }
    }
}
