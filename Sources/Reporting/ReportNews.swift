import Catalogue
import Kernel
import Postgres

/// Who is told of what happens to a report.
extension News {
    static var ofReports: [News] {
        [
            .reportReturned, .reportChecked, .checkUndone, .reportMissed, .assignmentExtended, .evidenceReceived,
        ].map { News(of: $0, for: senders) }
            + [News(of: .reportCommented, for: senders + " UNION " + office)]
    }

    /// Those of the unit who report or confirm, or the officer by name.
    private static let senders: SQL = """
        SELECT m.id AS member_id
        FROM assignments a
        JOIN members m ON m.area_id = a.area_id
        WHERE a.area_id = e.area_id AND a.id = substring(e.subject FROM 8)::bigint AND m.status = 'enabled'
            AND (
                m.id = a.member_id
                OR a.member_id IS NULL AND m.unit_id = a.unit_id AND m.flags && ARRAY['School', 'SA']
            )
        """

    /// Who controls the indicator, and whoever of the office has said something already.
    private static let office: SQL = """
        SELECT m.id
        FROM assignments a
        JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
        JOIN members m ON m.area_id = a.area_id
        WHERE a.area_id = e.area_id AND a.id = substring(e.subject FROM 8)::bigint AND m.status = 'enabled'
            AND (
                m.id = i.owner_id
                OR m.id IN (
                    SELECT c.author_id
                    FROM report_comments c
                    WHERE c.area_id = a.area_id AND c.assignment_id = a.id
                )
            )
        """
}
