package import Kernel
package import Postgres
import Runtime
import Secrets

extension Query where Answer == [Digest] {
    static func pieces(of upload: Upload, by member: MemberID, in area: AreaID) -> Query {
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
