import Kernel
import Postgres

/// Somebody of the bureau who certifies, too.
struct DeskColleague: Sendable {
    let id: MemberID
    let name: String
}

extension Query where Answer == [DeskColleague] {
    /// Of the viewer's own bureau, and the viewer.
    static func colleagues(in area: AreaID) -> Query {
        .all(
            """
            SELECT m.id, m.title || m.first_name || ' ' || m.last_name
            FROM members m
            WHERE m.area_id = \(area) AND m.unit_id = \(part: .viewerUnit) AND m.status = 'enabled'
                AND 'Certify' = ANY (m.flags)
            ORDER BY m.first_name, m.last_name, m.id
            """
        ) { DeskColleague(id: try $0.next(), name: try $0.next()) }
    }
}

/// What a bureau writes again and again.
struct CannedComment: Sendable {
    let id: Int
    let words: String

    static let most = 100
    static let limit = 500
}

extension Query where Answer == [CannedComment] {
    static func cannedComments(in area: AreaID) -> Query {
        .all(
            """
            SELECT c.id, c.words
            FROM canned_comments c
            WHERE c.area_id = \(area) AND c.unit_id = \(part: .viewerUnit)
            ORDER BY c.words, c.id
            LIMIT \(CannedComment.most)
            """
        ) { CannedComment(id: try $0.next(), words: try $0.next()) }
    }
}

extension Query where Answer == Int {
    static func keepComment(_ words: String, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO canned_comments (area_id, unit_id, words)
            SELECT \(area)::int, \(part: .viewerUnit), \(words)::text
            ON CONFLICT ON CONSTRAINT canned_comments_once DO NOTHING
            """)
    }
}
