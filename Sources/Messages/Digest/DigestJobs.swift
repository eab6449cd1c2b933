import Jobs
import Kernel
import Outbound
import Postgres
import Runtime

/// Each area's morning: a letter to all who have something, each by itself, so that one wrong address stops nobody's.
enum DigestJobs {
    static func kinds(_ platform: Platform, _ mailRoom: MailRoom?) -> [JobKind] {
        [
            JobKind("morning", next: { $0.next(hour: 7, minute: 0) }) { job in
                guard mailRoom != nil else { return }
                try await platform.database.transaction(in: job.area) { transaction in
                    _ = try await transaction.run(
                        .planDigests(platform.registry.reminders, in: AreaID(job.area), at: .now))
                }
            },
            JobKind("digest") { job in
                guard let mailRoom, let number = job.payload["member"].flatMap({ Int($0.text) }) else { return }
                try await send(to: MemberID(number), in: AreaID(job.area), platform, mailRoom)
            },
        ]
    }

    private static func send(
        to member: MemberID, in area: AreaID, _ platform: Platform, _ mailRoom: MailRoom
    ) async throws {
        let now = Instant.now
        let digest = try await platform.database.transaction(in: area.rawValue) { transaction -> Digest? in
            guard let reader = try await transaction.run(.digestReader(member, in: area, at: now)) else { return nil }
            _ = try await transaction.run(.seeing(as: member, in: area))
            var reminders: [Reminder] = []
            for source in platform.registry.reminders {
                reminders += try await transaction.run(source.reminders(area, reminderDays(from: now)))
            }
            let notices = try await transaction.run(.notices(in: area)).filter {
                !$0.isRead && $0.happenedAt > now + -86_400
            }
            return Digest(
                reader: reader, reminders: reminders, notices: notices, registry: platform.registry,
                address: "\(platform.baseURL)/\(reader.areaCode)", now: now)
        }
        guard let digest, !digest.isEmpty else { return }
        try await mailRoom.post(digest.mail)
        _ = try await platform.database.transaction(in: area.rawValue) {
            try await $0.run(.noteDigest(to: member, in: area, at: now))
        }
    }

    static func reminderDays(from now: Instant) -> [Day] {
        Reminder.days.map { Day(inBangkok: now) + $0 }
    }
}

extension Query where Answer == DigestReader? {
    /// Nil for who has no address, wants no mail, may not sign in, or had today's letter.
    fileprivate static func digestReader(_ member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .first(
            """
            SELECT m.title || m.first_name || ' ' || m.last_name, m.email, a.code
            FROM members m
            JOIN areas a ON a.id = m.area_id
            LEFT JOIN notice_choices c ON c.area_id = m.area_id AND c.member_id = m.id
            WHERE m.area_id = \(area) AND m.id = \(member) AND m.status = 'enabled' AND m.email IS NOT NULL
                AND coalesce(c.mail, 'daily') = 'daily'
                AND (c.mailed_on IS NULL OR c.mailed_on < \(Day(inBangkok: now))::date)
            """
        ) { DigestReader(name: try $0.next(), email: try $0.next(), areaCode: try $0.next()) }
    }
}

extension Query where Answer == Int {
    /// For all who have something: due in some days, or told of since yesterday.
    fileprivate static func planDigests(_ sources: [ReminderSource], in area: AreaID, at now: Instant) -> Query {
        let days = DigestJobs.reminderDays(from: now)
        let due = sources.map { $0.members(area, days) }.reduce("" as SQL) { all, one in all + " UNION " + one }
        return .deed(
            """
            INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
            SELECT DISTINCT m.area_id, 'digest', jsonb_build_object('member', m.id), \(now)::timestamptz,
                \(now)::timestamptz
            FROM (
                SELECT n.member_id
                FROM notices n
                WHERE n.area_id = \(area) AND n.read_at IS NULL AND n.happened_at > \(now + -86_400)
                \(part: due)
            ) told
            JOIN members m ON m.id = told.member_id
            LEFT JOIN notice_choices c ON c.area_id = m.area_id AND c.member_id = m.id
            WHERE m.area_id = \(area) AND m.status = 'enabled' AND m.email IS NOT NULL
                AND coalesce(c.mail, 'daily') = 'daily'
            RETURNING id
            """)
    }

    fileprivate static func noteDigest(to member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO notice_choices (area_id, member_id, mailed_on)
            VALUES (\(area), \(member), \(Day(inBangkok: now)))
            ON CONFLICT (area_id, member_id) DO UPDATE
            SET mailed_on = excluded.mailed_on
            """)
    }
}
