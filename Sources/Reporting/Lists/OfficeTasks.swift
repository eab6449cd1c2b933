import Catalogue
import HTML
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// A round in which there is something to do for the office.
struct OfficeRound: Sendable {
    let indicator: IndicatorID
    let title: String
    let round: Round
    let due: Instant
    /// Confirmed, and not checked yet.
    let waiting: Int
    /// While it isn't past due, which is when it is shown.
    let unsent: Int
    let unreceived: Int
    let firstToCheck: ReportID?
    /// Of an indicator that is the viewer's own to control.
    let isOwn: Bool

    fileprivate var name: Phrase { Phrase(same: title + " (") + round.name + Phrase(same: ")") }
}

/// What the office has to do: check, receive, and look after its own indicators.
struct OfficeTasks {
    let now: Instant
    /// Who hasn't sent is shown to the owner from so many days before the deadline.
    static let lateDays = 7

    func groups(_ rounds: [OfficeRound]) -> [TaskGroup] {
        [
            TaskGroup(
                .toCheck, for: .holders(of: .proof), Phrase("รอตรวจ", en: "Waiting for a check"),
                rounds.compactMap(toCheck)),
            TaskGroup(
                .toReceive, for: .holders(of: .receive), Phrase("เอกสารรอรับ", en: "Evidence to receive"),
                rounds.compactMap(toReceive)),
            TaskGroup(
                .late, for: .holders(of: .owner), Phrase("ตัวชี้วัดของฉันที่ยังส่งไม่ครบ", en: "My indicators, not all sent"),
                rounds.compactMap(late)),
        ]
    }

    private func toCheck(_ round: OfficeRound) -> TaskItem? {
        guard round.waiting > 0, let first = round.firstToCheck else { return nil }
        return TaskItem(
            round.name, at: "/reports/\(first)/check", icon: "pie",
            state: ("wait", "pie", Phrase("รอตรวจ \(round.waiting) หน่วยงาน", en: "\(round.waiting) wait")),
            verb: Phrase("ตรวจ", en: "Check"))
    }

    private func toReceive(_ round: OfficeRound) -> TaskItem? {
        guard round.unreceived > 0 else { return nil }
        return TaskItem(
            round.name, at: "/indicators/\(round.indicator)/receipts?round=\(round.round.code)", icon: "sent",
            state: ("off", "sent", Phrase("รอรับ \(round.unreceived) ไฟล์", en: "\(round.unreceived) files to receive")),
            verb: Phrase("รับเอกสาร", en: "Receive"))
    }

    private func late(_ round: OfficeRound) -> TaskItem? {
        guard round.isOwn, round.unsent > 0, round.due > now, round.due < now + Self.lateDays * 86_400 else {
            return nil
        }
        return TaskItem(
            round.name, at: "/indicators/\(round.indicator)/matrix", on: Day(inBangkok: round.due),
            state: ("wait", "warn", Phrase("ยังไม่ส่ง \(round.unsent) หน่วยงาน", en: "\(round.unsent) have not sent")),
            detail: daysLeft(until: round.due, from: now) ?? Phrase(same: ""), verb: Phrase("ดูรายชื่อ", en: "See who"))
    }
}

extension Query where Answer == [TaskGroup] {
    static func officeTasks(_ context: Context) -> Query {
        let rounds = Query<[OfficeRound]>.officeRounds(in: context.area.id, at: context.now)
        return Query(rounds.sql) { rows in OfficeTasks(now: context.now).groups(try rounds.decode(rows)) }
    }
}

extension Query where Answer == [OfficeRound] {
    /// Of open years: what waits for a check or a receipt, and what is due soon and not complete; each for those alone
    /// who hold its flag (measured: 207 ms for every school that opened its home page, now 2).
    ///
    /// Files are counted once, before: while the tables' statistics are old, they were counted anew for each round, which
    /// took more than 20 seconds with 300 rounds.
    fileprivate static func officeRounds(in area: AreaID, at now: Instant) -> Query {
        .all(
            """
            WITH unreceived AS MATERIALIZED (
                SELECT a.area_id, a.indicator_id, a.round, count(*) AS unreceived
                FROM evidence v
                JOIN assignments a ON a.area_id = v.area_id AND a.id = v.assignment_id
                WHERE v.area_id = \(area) AND v.received_at IS NULL AND v.removed_at IS NULL
                    AND a.state IN ('confirmed', 'checked') AND \(part: .viewerHolds(.receive))
                GROUP BY a.area_id, a.indicator_id, a.round
            )
            SELECT i.id, i.number || ' ' || i.name, r.round, r.due_at, r.confirmed - r.checked,
                r.assigned - r.confirmed,
                CASE WHEN e.unreceived > 0 AND \(part: .viewerReceives) THEN e.unreceived ELSE 0 END, w.id, coalesce(
                    i.owner_id = ANY (\(part: .viewerMembers))
                    OR i.owner_id IS NULL AND i.owner_unit_id = \(part: .viewerUnit), false)
            FROM indicator_rounds r
            JOIN indicators i ON i.area_id = r.area_id AND i.id = r.indicator_id
            JOIN fiscal_years y ON y.area_id = i.area_id AND y.year = i.year
            LEFT JOIN LATERAL (
                SELECT a.id
                FROM assignments a
                JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
                WHERE a.area_id = r.area_id AND a.indicator_id = r.indicator_id AND a.round = r.round
                    AND a.state = 'confirmed' AND r.confirmed > r.checked AND \(part: .viewerHolds(.proof))
                ORDER BY u.name, a.id
                LIMIT 1
            ) w ON true
            LEFT JOIN unreceived e ON e.area_id = r.area_id AND e.indicator_id = r.indicator_id AND e.round = r.round
            WHERE r.area_id = \(area) AND i.state <> 'hidden' AND y.closed_at IS NULL
                AND (\(part: .viewerHolds(.proof)) OR \(part: .viewerHolds(.receive)) OR \(part: .viewerHolds(.owner)))
                AND (
                    r.confirmed > 0
                    OR r.assigned > 0 AND r.due_at BETWEEN \(now) AND \(now + OfficeTasks.lateDays * 86_400)
                )
            ORDER BY r.due_at, i.number_order, i.id
            """
        ) {
            OfficeRound(
                indicator: try $0.next(), title: try $0.next(), round: try $0.next(), due: try $0.next(),
                waiting: try $0.next(), unsent: try $0.next(), unreceived: try $0.next(),
                firstToCheck: try $0.nextIfAny(), isOwn: try $0.next())
        }
    }
}
