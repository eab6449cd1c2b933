import Kernel
import Postgres

/// Who is told of what happens to a result: the area of what the central office and the clock do, the bureau of what
/// an area has to say.
extension News {
    static var ofResults: [News] {
        [
            .nationalPublished, .resultsClosed, .resultsOpened, .resultCertified, .resultRefused, .resultCut,
            .resultExtended, .resultReopened,
            .resultEscalated, .resultMessage, .resultSent, .centralDataCame, .centralDataDisputed, .disputeAnswered,
        ].map { News(of: $0, for: readers) }
    }

    /// Those who confirm or answer for the area, of what others than its own people did; at the central office, the
    /// certifiers of the bureau that it concerns, and of what is disputed those who supply it.
    private static let readers: SQL = """
        SELECT m.id AS member_id
        FROM members m
        WHERE m.area_id = e.area_id AND m.status = 'enabled'
            AND CASE
                WHEN e.area_id = 0 THEN
                    m.unit_id = (e.after ->> 'bureau')::bigint AND 'Certify' = ANY (m.flags)
                    OR e.action = 'central-data.disputed' AND 'Supply' = ANY (m.flags)
                ELSE (e.actor_area = 0 OR e.actor_name = '')
                    AND ('AReply' = ANY (m.flags) OR m.flags @> ARRAY['Owner', 'SA'])
            END
        """
}
