import Files
import HTML
package import HTTP
package import Kernel
import Postgres
import Runtime
import Secrets

/// A file on its way in pieces, so that a line that drops costs one piece and not the whole. It is named by the first 32
/// hexadecimal digits of its SHA-256, so that what is put together at last is known to be that file, and whole.
package struct Upload: Sendable {
    let name: String

    static let pieceLimit = 1_100_000
    /// Of all that a member has on the way.
    static let underWayLimit = 500_000_000

    package init?(_ name: String) {
        guard Bytes(sqlText: "\\x" + name)?.bytes.count == 16 else { return nil }
        self.name = name.lowercased()
    }

    /// The whole file from its pieces, as if it had come at once.
    package func assembled(
        as fileName: String, sentAs field: String, by member: MemberID, _ context: Context
    ) async throws -> UploadedFile {
        let query = Query<[Digest]>.pieces(of: self, by: member, in: context.area.id)
        let digests = try await context.platform.database.transaction(in: context.area.id.rawValue) {
            try await $0.run(query)
        }
        var paths: [String] = []
        for digest in digests {
            guard let path = try await context.platform.files.path(of: digest) else {
                throw LostFile(digest: digest.hexadecimal)
            }
            paths.append(path)
        }
        let (pieces, folder) = (paths, context.platform.temporaryFolder)
        let (file, digest) = try await Blocking.run {
            let file = try UploadedFile(joining: pieces, named: fileName, in: folder)
            return (file, try Digest(ofFile: file.path))
        }
        guard digest.hexadecimal.hasPrefix(name) else {
            // Nothing that is here can become that file any more.
            _ = try await context.platform.database.transaction(in: context.area.id.rawValue) {
                try await $0.run(Query.forget(self, by: member, in: context.area.id))
            }
            throw Refusal.invalid(
                field, Phrase("ไฟล์มาไม่ครบ เลือกไฟล์อีกครั้ง", en: "The file did not come whole. Choose it again"))
        }
        return file
    }
}
