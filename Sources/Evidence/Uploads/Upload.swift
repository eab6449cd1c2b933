import Files
import HTML
package import HTTP
package import Kernel
package import Postgres
import Runtime
import Secrets

/// A file on its way in pieces, so that a line that drops costs one piece and not the whole. It is named by the first 32
/// hexadecimal digits of its SHA-256, so that what is put together at last is known to be that file, and whole.
package struct Upload: Sendable, Hashable {
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

/// What a member has on the way, and whether the area has room for it.
struct Arrived: Sendable {
    let ofUpload: Int
    let inAll: Int
    /// Of the area's file space.
    let free: Int
}

extension Query where Answer == Arrived {
    static func arrived(_ upload: Upload, by member: MemberID, in area: AreaID) -> Query {
        .one(
            """
            SELECT coalesce(sum(p.size) FILTER (WHERE p.upload = \(upload.name)), 0), coalesce(sum(p.size), 0),
                coalesce((SELECT quota - used FROM file_space WHERE area_id = \(area)), 0)
            FROM upload_pieces p
            WHERE p.area_id = \(area) AND p.member_id = \(member)
            """
        ) { Arrived(ofUpload: try $0.next(), inAll: try $0.next(), free: try $0.next()) }
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

    /// Whoever left a file half sent for so long begins anew: all of it goes, or what is left would have no beginning.
    static func forgetPieces(in area: AreaID, before time: Instant) -> Query {
        .deed(
            """
            DELETE FROM upload_pieces
            WHERE area_id = \(area) AND (member_id, upload) IN (
                SELECT member_id, upload
                FROM upload_pieces
                WHERE area_id = \(area)
                GROUP BY member_id, upload
                HAVING max(sent_at) < \(time)
            )
            """)
    }
}
