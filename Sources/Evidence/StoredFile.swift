package import Files
package import Kernel
package import Postgres
package import Runtime
package import Secrets

package enum FileKey {}
package typealias FileID = Identifier<FileKey>

/// A file that somebody has sent: what is known of it. Its bytes lie in the file store.
package struct StoredFile: Sendable {
    package var id: FileID
    package var digest: Digest
    package var name: String
    package var kind: FileKind
    package var size: Int
    package var uploaderName: String
    package var uploadedAt: Instant
    /// Nobody opens it: it waits for the scanner, or a virus was found in it.
    package var isQuarantined: Bool
    package var virus: String?

    package var json: JSON {
        [
            "id": JSON(id.rawValue), "name": .text(name), "type": .text(kind.mediaType), "size": JSON(size),
            "sha256": .text(digest.hexadecimal), "uploaded-by": .text(uploaderName),
            "uploaded-at": .text(uploadedAt.text),
        ]
    }

    package static let schema = APISchema.object([
        ("id", .number), ("name", .text), ("type", .text), ("size", .number), ("sha256", .text), ("uploaded-by", .text),
        ("uploaded-at", .moment),
    ])
}

extension FileKind: SQLValue {}

extension Digest: SQLValue {
    package var sqlText: String { Bytes(bytes).sqlText }

    package init?(sqlText: String) {
        guard let bytes = Bytes(sqlText: sqlText) else { return nil }
        self.init(bytes: bytes.bytes)
    }
}

/// The columns of `files f`, as `StoredFile` reads them.
package let storedFileColumns: SQL =
    "f.id, f.sha256, f.name, f.kind, f.size, f.uploader_name, f.uploaded_at, f.quarantined, f.virus"

extension StoredFile {
    package init(_ cells: inout Cells) throws {
        id = try cells.next()
        digest = try cells.next()
        name = try cells.next()
        kind = try cells.next()
        size = try cells.next()
        uploaderName = try cells.next()
        uploadedAt = try cells.next()
        isQuarantined = try cells.next()
        virus = try cells.nextIfAny()
    }
}
