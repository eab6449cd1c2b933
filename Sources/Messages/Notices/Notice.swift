import HTML
import Kernel
import Postgres
import Runtime

enum NoticeKey {}
typealias NoticeID = Identifier<NoticeKey>

/// What a member is told: who did what to something of theirs.
struct Notice: Sendable {
    let id: NoticeID
    let action: String
    let subject: String
    let subjectName: String
    let who: String
    /// The score, the comment: what one wants to know at once.
    let detail: String
    let happenedAt: Instant
    let isRead: Bool

    /// Where it leads: `report/7` stands at `/reports/7`, and a request of somebody who isn't a member yet among the
    /// members'.
    var path: String {
        let parts = subject.split(separator: "/")
        guard parts.count == 2 else { return "/" }
        return (parts[0] == "request" ? "/members" : "") + "/\(parts[0])s/\(parts[1])"
    }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "action": .text(action), "subject": .text(subject), "name": .text(subjectName),
            "who": .text(who), "detail": .text(detail), "happened-at": .text(happenedAt.text), "read": .bool(isRead),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("action", .text), ("subject", .text), ("name", .text), ("who", .text),
        ("detail", .text), ("happened-at", .moment), ("read", .flag),
    ])
}

extension Query where Answer == [Notice] {
    private static var most: Int { 100 }

    /// Of the viewer, the latest first.
    static func notices(in area: AreaID) -> Query {
        .all(
            """
            SELECT id, action, subject, subject_name, who, detail, happened_at, read_at IS NOT NULL
            FROM notices
            WHERE area_id = \(area) AND member_id = ANY (\(part: .viewerMembers))
            ORDER BY id DESC
            LIMIT \(most)
            """
        ) {
            Notice(
                id: try $0.next(), action: try $0.next(), subject: try $0.next(), subjectName: try $0.next(),
                who: try $0.next(), detail: try $0.next(), happenedAt: try $0.next(), isRead: try $0.next())
        }
    }
}

extension Query where Answer == Int {
    /// One, or all when none is named; only the viewer's own.
    static func read(_ id: NoticeID?, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE notices
            SET read_at = \(now)
            WHERE area_id = \(area) AND member_id = ANY (\(part: .viewerMembers)) AND read_at IS NULL
                AND (id = \(id?.rawValue ?? 0) OR \(id == nil))
            """)
    }
}
