import HTML
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

extension Query where Answer == [TaskGroup] {
    /// What the area's people have to do about its results: what was not certified first, then what is due.
    static func resultTasks(_ context: Context) -> Query {
        let lines = Query<[ResultLine]>.all(
            """
            SELECT \(part: ResultLine.columns)
            FROM \(part: ResultLine.tables)
            WHERE r.area_id = \(context.area.id) AND \(part: .viewerHolds(.owner)) AND (
                r.state = 'refused' AND greatest(q.due_at, r.extended_until, r.correct_by) >= \(context.now)
                    AND r.correct_by IS NOT NULL
                OR r.state = 'unreported' AND r.cut_at IS NULL AND q.opens_on <= \(Day(inBangkok: context.now))
                    AND greatest(q.due_at, r.extended_until) BETWEEN \(context.now) AND \(context.now + 14 * 86_400)
                OR r.told_area_at > coalesce(r.area_seen_at, '-infinity')
            )
            ORDER BY q.due_at, n.number_order, n.id
            LIMIT 60
            """
        ) { try ResultLine(&$0) }
        return Query(lines.sql) { rows in ResultTasks(now: context.now).groups(try lines.decode(rows)) }
    }
}

struct ResultTasks {
    let now: Instant
    private static let access = Access.holders(of: .owner)

    func groups(_ lines: [ResultLine]) -> [TaskGroup] {
        let refused = lines.filter { $0.result.state == .refused && ($0.result.correctBy ?? now) > now }
        let due = lines.filter { $0.result.state == .unreported && $0.result.cutAt == nil && $0.deadline >= now }
        let news = lines.filter { line in
            line.result.forArea.isNew && !refused.contains { $0.result.id == line.result.id }
        }
        return [
            TaskGroup(
                .returned, for: Self.access, Phrase("ส่วนกลางไม่รับรอง", en: "Not certified by the central office"),
                refused.map { line in
                    item(
                        line, on: line.result.correctBy, Phrase("แก้ไข", en: "Correct"),
                        Phrase(same: line.result.comment.map { "“\($0)”" } ?? ""))
                }),
            TaskGroup(
                .due, for: Self.access, Phrase("ผลของเขตที่ใกล้ครบกำหนด", en: "The area's results due soon"),
                due.map { item($0, on: $0.deadline, Phrase("รายงาน", en: "Report"), Phrase(same: "")) }),
            TaskGroup(
                .news, for: Self.access, Phrase("ข้อมูลใหม่จากส่วนกลาง", en: "News from the central office"),
                news.map { item($0, on: nil, Phrase("เปิดดู", en: "Open"), Phrase(same: "")) }),
        ]
    }

    private func item(_ line: ResultLine, on moment: Instant?, _ verb: Phrase, _ detail: Phrase) -> TaskItem {
        let (tone, icon) = line.result.state.mark
        return TaskItem(
            Phrase(same: "\(line.number) \(line.name) (") + line.result.round.name + Phrase(same: ")"),
            at: line.result.path, on: moment.map { Day(inBangkok: $0) }, icon: "dot",
            state: (tone.rawValue, icon, line.result.state.phrase), detail: detail, verb: verb)
    }
}
