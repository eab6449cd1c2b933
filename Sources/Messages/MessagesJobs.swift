package import Jobs
package import Kernel
package import Outbound
import Postgres
import Runtime

/// What is told of the deeds of others.
package enum MessagesJobs {
    package static func kinds(_ platform: Platform, mailRoom: MailRoom?) -> [JobKind] {
        let news = platform.registry.news
        return [
            // It goes on from the entry that was told last, so that what ran twice tells nothing twice.
            JobKind(News.job) { job in
                let area = AreaID(job.area)
                try await platform.database.transaction(in: job.area) { transaction in
                    let (from, to) = try await transaction.run(.span(in: area))
                    guard from < to else { return }
                    for item in news { _ = try await transaction.run(.tell(item, in: area, from: from, to: to)) }
                    _ = try await transaction.run(
                        .tellBells(in: area, from: from), .planDeliveries(in: area, from: from, to: to, at: .now),
                        .told(upTo: to, in: area))
                }
            },
            JobKind(WebHookJob.kind) { try await WebHookJob(platform: platform).run($0) },
        ] + DigestJobs.kinds(platform, mailRoom)
    }
}

extension Query where Answer == (from: Int, to: Int) {
    /// The entries that nobody was told of yet; who tells now does it alone. A new area begins at its first entry.
    fileprivate static func span(in area: AreaID) -> Query {
        .one(
            """
            WITH head AS (
                INSERT INTO notice_heads (area_id, entry)
                VALUES (\(area), 0)
                ON CONFLICT (area_id) DO UPDATE
                SET entry = notice_heads.entry
                RETURNING area_id, entry
            )
            SELECT head.entry, h.number
            FROM head
            JOIN journal_heads h ON h.area_id = head.area_id
            WHERE h.area_id = \(area)
            """
        ) { (from: try $0.next(), to: try $0.next()) }
    }
}

extension Query where Answer == Int {
    fileprivate static func tell(_ news: News, in area: AreaID, from: Int, to: Int) -> Query {
        .deed(
            """
            INSERT INTO notices (area_id, member_id, entry, action, subject, subject_name, who, detail, happened_at)
            SELECT e.area_id, r.member_id, e.number, e.action, e.subject, e.subject_name, e.actor_name,
                coalesce(e.after ->> 'check-score', e.after ->> 'comment', e.after ->> 'file', ''), e.happened_at
            FROM journal e
            CROSS JOIN LATERAL (\(part: news.readers)) r
            WHERE e.area_id = \(area) AND e.number > \(from) AND e.number <= \(to) AND e.action = \(news.action.name)
                AND r.member_id IS DISTINCT FROM e.actor_id
            ON CONFLICT ON CONSTRAINT notices_once DO NOTHING
            """)
    }

    /// Whoever has a page open sees it at once, whichever copy of the program serves them.
    fileprivate static func tellBells(in area: AreaID, from: Int) -> Query {
        .deed(
            """
            SELECT pg_notify('notices', area_id || ':' || member_id)
            FROM (SELECT DISTINCT area_id, member_id FROM notices WHERE area_id = \(area) AND entry > \(from)) m
            """)
    }

    fileprivate static func told(upTo entry: Int, in area: AreaID) -> Query {
        .deed("UPDATE notice_heads SET entry = \(entry) WHERE area_id = \(area)")
    }
}
