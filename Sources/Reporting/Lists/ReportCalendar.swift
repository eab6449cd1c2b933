import HTML
import Kernel
import Postgres
import Rounds
import Runtime

extension Query where Answer == [CalendarEvent] {
    /// When each of the viewer's reports is wanted, as long as it isn't sent.
    static func reportDeadlines(_ context: Context) -> Query {
        let own = Query<[OwnReport]>.ownReportsOfOpenYears(in: context.area.id)
        return Query(own.sql) { rows in
            try own.decode(rows).filter { $0.state.isUnsent && !$0.isClosed }.map { report in
                CalendarEvent(
                    "report-\(context.area.id)-\(report.id)",
                    Phrase("ครบกำหนดส่ง ", en: "Due: ") + Phrase(same: "\(report.title) (") + report.round.name
                        + Phrase(same: ")"), at: report.wantedBy, path: report.path)
            }
        }
    }
}
