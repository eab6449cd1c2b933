import HTML
import Kernel
import Postgres

extension Query where Answer == [TaskGroup] {
    /// For a unit's director: what the area has laid before them. For whoever signs in the area's name: how many wait.
    static func agreementsToSign(in area: AreaID) -> Query {
        Query(
            """
            (
                SELECT g.id, g.number || '/' || g.year, f.short_name, 0
                FROM agreements g
                JOIN frameworks f ON f.area_id = g.area_id AND f.id = g.framework_id
                WHERE g.area_id = \(area) AND g.unit_id = \(part: .viewerUnit) AND g.unit_signed_at IS NULL
                    AND g.cancelled_at IS NULL AND \(part: .viewerHolds(.selfAssess))
                ORDER BY g.id
                LIMIT 20
            )
            UNION ALL
            SELECT NULL, '', '', count(*)
            FROM agreements
            WHERE area_id = \(area) AND area_signed_at IS NULL AND cancelled_at IS NULL
                AND \(part: .viewerHolds(.reply))
            HAVING count(*) > 0
            """
        ) { rows in
            var (own, all): ([TaskItem], [TaskItem]) = ([], [])
            for var cells in rows {
                let id = try cells.nextIfAny(AgreementID.self)
                let (number, framework): (String, String) = (try cells.next(), try cells.next())
                let count: Int = try cells.next()
                if let id {
                    own.append(item(Phrase("คำรับรองเลขที่ \(number)", en: "Agreement no. \(number)"), "/\(id)", framework))
                } else {
                    all.append(item(Phrase("คำรับรอง \(count) ฉบับ", en: "\(count) agreements"), "", ""))
                }
            }
            return [
                TaskGroup(
                    .toApprove, for: .holders(of: .selfAssess), Phrase("คำรับรองรอลงนาม", en: "Agreements to sign"), own),
                TaskGroup(
                    .toApprove, for: .holders(of: .reply),
                    Phrase("คำรับรองรอเขตลงนาม", en: "Agreements that wait for the area"), all),
            ]
        }
    }

    private static func item(_ title: Phrase, _ path: String, _ framework: String) -> TaskItem {
        TaskItem(
            title, at: "/agreements\(path)", icon: "pen", detail: Phrase(same: framework),
            verb: Phrase("ลงนาม", en: "Sign"))
    }
}
