import Catalogue
import HTML
import Interface
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// What a sender has to do: correct, finish, begin; and what became of what was sent.
struct SenderTasks {
    let now: Instant
    /// As far ahead as the home page looks.
    private static let horizon = 45
    private static let newsDays = 14
    /// Of a year's reports, the few that the home page tells of.
    fileprivate static func presses(at now: Instant) -> SQL {
        let (recent, end) = (now + -newsDays * 86_400, (Day(inBangkok: now) + horizon + 1).beginInBangkok)
        return """
            y.closed_at IS NULL AND (
                a.state IN ('draft', 'returned', 'confirmed')
                OR a.state = 'waiting' AND r.opens_on <= \(Day(inBangkok: now))
                    AND greatest(r.due_at, a.extended_until) BETWEEN \(now) AND \(end)
                OR a.state = 'checked' AND a.checked_at > \(recent)
                OR a.state = 'missed' AND greatest(r.due_at, a.extended_until, a.correct_by) > \(recent)
            )
            """
    }

    private static let senders = Access.holdersOfAny([.school, .selfAssess])

    func groups(_ reports: [OwnReport]) -> [TaskGroup] {
        let today = Day(inBangkok: now)
        let open = reports.filter { $0.isOpen(at: now) }
        let due = open.filter {
            $0.state != .returned && ($0.state == .draft || Day(inBangkok: $0.deadline) <= today + Self.horizon)
        }
        let recent = now + -Self.newsDays * 86_400
        let checked = reports.filter { $0.state == .checked && ($0.checkedAt ?? now) > recent }
        let missed = reports.filter { $0.state == .missed && $0.deadline > recent }
        return [
            TaskGroup(
                .returned, for: Self.senders, Phrase("ส่งกลับให้แก้ไข", en: "Returned for correction"),
                open.filter { $0.state == .returned }.map(returned)),
            TaskGroup(.due, for: Self.senders, Phrase("ใกล้ครบกำหนด", en: "Due soon"), due.map(self.due)),
            TaskGroup(
                .sent, for: Self.senders, Phrase("ส่งแล้ว รอเขตตรวจ", en: "Sent, waiting for the area"),
                reports.filter { $0.state == .confirmed }.map(sent)),
            TaskGroup(
                .news, for: Self.senders, Phrase("ผลตรวจล่าสุด", en: "Lately checked"),
                checked.map(self.checked) + missed.map(self.missed)),
        ]
    }

    private func title(_ report: OwnReport) -> Phrase {
        Phrase(same: report.title + " (") + report.round.name + Phrase(same: ")")
    }

    private func state(_ state: ReportState, _ words: Phrase? = nil) -> (tone: String, icon: String, words: Phrase) {
        (state.mark.tone.rawValue, state.mark.icon, words ?? state.phrase)
    }

    private func returned(_ report: OwnReport) -> TaskItem {
        let left = daysLeft(until: report.wantedBy, from: now) ?? Phrase("เลยวันแก้ไขแล้ว", en: "past its day")
        let comment = report.comment.map { Phrase(same: "“\($0)” · \(report.commentator ?? "")") }
        return TaskItem(
            title(report), at: report.path, on: Day(inBangkok: report.wantedBy),
            state: state(
                .returned, Phrase("แก้ไขภายใน ", en: "Correct it by ") + Day(inBangkok: report.wantedBy).inShort),
            detail: comment.map { left + Phrase(same: " · ") + $0 } ?? left,
            verb: Phrase("แก้ไข", en: "Correct"))
    }

    private func due(_ report: OwnReport) -> TaskItem {
        var detail = daysLeft(until: report.deadline, from: now) ?? Phrase(same: "")
        if let saved = report.savedAt, report.state == .draft {
            detail = detail + Phrase(" · บันทึกล่าสุด ", en: " · saved ") + saved.inShort
        }
        return TaskItem(
            title(report), at: report.path, on: Day(inBangkok: report.deadline), state: state(report.state),
            detail: detail,
            verb: report.state == .draft
                ? Phrase("กรอกต่อ", en: "Go on") : Phrase("เริ่มรายงาน", en: "Begin"))
    }

    private func sent(_ report: OwnReport) -> TaskItem {
        var detail = report.confirmedAt.map { Phrase("ส่งเมื่อ ", en: "sent ") + $0.inShort } ?? Phrase(same: "")
        if report.evidence > 0 {
            detail =
                detail
                + Phrase(
                    " · เขตรับเอกสารแล้ว \(report.received) จาก \(report.evidence) ไฟล์",
                    en: " · \(report.received) of \(report.evidence) files received")
        }
        return TaskItem(
            title(report), at: report.path, icon: "sent", state: state(.confirmed), detail: detail,
            verb: Phrase("เปิดดู", en: "Open"))
    }

    private func checked(_ report: OwnReport) -> TaskItem {
        let score = report.checkScore?.text(decimals: ScoreRule.scoreDecimals) ?? ""
        return TaskItem(
            title(report), at: report.path, icon: "check",
            state: state(.checked, Phrase("ตรวจแล้ว ได้ \(score)", en: "Checked: \(score)")),
            detail: report.checkedAt?.inShort ?? Phrase(same: ""), verb: Phrase("ดูผลตรวจ", en: "See the check"))
    }

    private func missed(_ report: OwnReport) -> TaskItem {
        TaskItem(
            title(report), at: report.path, icon: "minus",
            state: state(.missed, Phrase("ขาดส่ง คะแนน 1.00000", en: "Missed: 1.00000")),
            detail: report.deadline.inShort, verb: Phrase("เปิดดู", en: "Open"))
    }
}

extension Query where Answer == [TaskGroup] {
    static func senderTasks(_ context: Context) -> Query {
        let own = Query<[OwnReport]>.ownReports(where: SenderTasks.presses(at: context.now), in: context.area.id)
        return Query(own.sql) { rows in SenderTasks(now: context.now).groups(try own.decode(rows)) }
    }
}
