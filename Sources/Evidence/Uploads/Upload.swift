import Files
import Glibc
package import HTTP
package import Kernel
package import Postgres
import Runtime
import Secrets

/// A file on its way in pieces, so that a line that drops costs one piece and not the whole. The browser names it.
package struct Upload: Sendable, Hashable {
    let name: String

    static let pieceLimit = 1_100_000
    /// Of all that a member has on the way.
    static let underWayLimit = 500_000_000

    /// 32 hexadecimal digits, as the browser draws them.
    package init?(_ name: String) {
        guard Bytes(sqlText: "\\x" + name)?.bytes.count == 16 else { return nil }
        self.name = name.lowercased()
    }

    /// The whole file from its pieces, as if it had come at once.
    package func assembled(as fileName: String, for member: MemberID, _ context: Context) async throws -> UploadedFile {
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
        return try await Blocking.run { try UploadedFile(joining: pieces, named: fileName, in: folder) }
    }
}

extension Query where Answer == [Digest] {
    fileprivate static func pieces(of upload: Upload, by member: MemberID, in area: AreaID) -> Query {
        .all(
            """
            SELECT sha256
            FROM upload_pieces
            WHERE area_id = \(area) AND member_id = \(member) AND upload = \(upload.name)
            ORDER BY start
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == (ofUpload: Int, inAll: Int) {
    /// How much has arrived.
    static func arrived(_ upload: Upload, by member: MemberID, in area: AreaID) -> Query {
        .one(
            """
            SELECT coalesce(sum(size) FILTER (WHERE upload = \(upload.name)), 0), coalesce(sum(size), 0)
            FROM upload_pieces
            WHERE area_id = \(area) AND member_id = \(member)
            """
        ) { (ofUpload: try $0.next(), inAll: try $0.next()) }
    }
}

extension Query where Answer == Int {
    static func keepPiece(
        _ digest: Digest, from start: Int, size: Int, of upload: Upload, by member: MemberID, in area: AreaID,
        at now: Instant
    ) -> Query {
        .deed(
            """
            INSERT INTO upload_pieces (area_id, member_id, upload, start, size, sha256, sent_at)
            VALUES (\(area), \(member), \(upload.name), \(start), \(size), \(digest), \(now))
            ON CONFLICT DO NOTHING
            """)
    }

    /// The whole is there.
    package static func forget(_ upload: Upload, by member: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            DELETE FROM upload_pieces
            WHERE area_id = \(area) AND member_id = \(member) AND upload = \(upload.name)
            """)
    }

    /// Whoever left a file half sent for so long begins anew.
    static func forgetPieces(in area: AreaID, before time: Instant) -> Query {
        .deed("DELETE FROM upload_pieces WHERE area_id = \(area) AND sent_at < \(time)")
    }
}
