import HTML
import Kernel
import Postgres
import Rounds
import Runtime

extension ReminderSource {
    static let ofReports = ReminderSource { area, days in
        """
        SELECT m.id AS member_id
        FROM assignments a
        JOIN indicator_rounds r
            ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
        JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
        JOIN members m
            ON m.area_id = a.area_id
            AND (
                m.id = a.member_id
                OR a.member_id IS NULL AND m.unit_id = a.unit_id AND m.flags && ARRAY['School', 'SA']
            )
        WHERE a.area_id = \(area) AND a.state IN ('waiting', 'draft', 'returned') AND i.state = 'open'
            AND r.closed_at IS NULL
            AND (greatest(r.due_at, a.extended_until, a.correct_by) AT TIME ZONE 'Asia/Bangkok')::date
                = ANY (\(days)::date[])
        """
    } reminders: { area, days in
        let own = Query<[OwnReport]>.ownReportsOfOpenYears(in: area)
        return Query(own.sql) { rows in
            try own.decode(rows)
                .filter { $0.state.isUnsent && !$0.isClosed && days.contains(Day(inBangkok: $0.deadline)) }
                .map { report in
                    Reminder(
                        Phrase(same: report.title + " (") + report.round.name + Phrase(same: ")"),
                        due: report.deadline, path: report.path)
                }
        }
    }
}
