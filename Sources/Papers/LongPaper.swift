import Evidence
package import Kernel
import Postgres
import Runtime
import Secrets

package typealias LongPaperID = Identifier<LongPaper>

/// A paper that a job makes, with how far it is.
package struct LongPaper: Sendable {
    let id: LongPaperID
    let title: String
    let askedAt: Instant
    let done: Int
    let total: Int
    /// Nil until it is made.
    let made: (digest: Digest, size: Int, pages: Int)?
    let failedAt: Instant?

    static let daysKept = 7

    fileprivate init(_ cells: inout Cells) throws {
        id = try cells.next()
        title = try cells.next()
        askedAt = try cells.next()
        done = try cells.next()
        total = try cells.next()
        let digest = try cells.nextIfAny(Digest.self)
        let size = try cells.nextIfAny(Int.self)
        let pages = try cells.nextIfAny(Int.self)
        made = if let digest, let size, let pages { (digest, size, pages) } else { nil }
        failedAt = try cells.nextIfAny()
    }

    fileprivate static let columns: SQL = "id, title, asked_at, done, total, sha256, size, pages, failed_at"
}

extension Query where Answer == [LongPaper] {
    /// The viewer's own, the latest first.
    static func longPapers(in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: LongPaper.columns)
            FROM long_papers
            WHERE area_id = \(area) AND asked_by = ANY (\(part: .viewerMembers))
            ORDER BY id DESC
            LIMIT 50
            """
        ) { try LongPaper(&$0) }
    }
}

extension Query where Answer == LongPaper? {
    /// Of the viewer's own.
    static func longPaper(_ id: LongPaperID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: LongPaper.columns)
            FROM long_papers
            WHERE area_id = \(area) AND id = \(id) AND asked_by = ANY (\(part: .viewerMembers))
            """
        ) { try LongPaper(&$0) }
    }
}

extension Query where Answer == LongPaperID {
    static func insertLongPaper(_ title: String, for member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .one(
            """
            INSERT INTO long_papers (area_id, title, asked_by, asked_at)
            VALUES (\(area), \(title), \(member), \(now))
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Bool {
    /// Whether it is still wanted: there, and not made by another worker.
    static func isWanted(_ id: LongPaperID, in area: AreaID) -> Query {
        .one(
            """
            SELECT EXISTS (SELECT FROM long_papers WHERE area_id = \(area) AND id = \(id) AND sha256 IS NULL)
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Int {
    static func note(_ done: Int, of total: Int, on id: LongPaperID, in area: AreaID) -> Query {
        .deed("UPDATE long_papers SET done = \(done), total = \(total) WHERE area_id = \(area) AND id = \(id)")
    }

    static func finish(_ id: LongPaperID, _ digest: Digest, size: Int, pages: Int, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE long_papers
            SET sha256 = \(digest), size = \(size), pages = \(pages), failed_at = NULL
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func noteFailure(of id: LongPaperID, in area: AreaID, at now: Instant) -> Query {
        .deed("UPDATE long_papers SET failed_at = \(now) WHERE area_id = \(area) AND id = \(id)")
    }

    static func forgetLongPapers(in area: AreaID, before time: Instant) -> Query {
        .deed("DELETE FROM long_papers WHERE area_id = \(area) AND asked_at < \(time)")
    }
}
