import HTML
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// A year whose results are final, and the summaries that areas have got of it.
struct ClosedYear: Sendable {
    let at: Instant
    let areas: Int
    /// By area: number and seal.
    let certificates: [AreaID: (number: Int, digest: String)]

    func write(to html: HTML) {
        html.note(
            .ok, "lock", Phrase("ผลของปีนี้เป็นที่สิ้นสุดแล้วเมื่อ ", en: "This year's results are final since ") + at.inShort,
            certificates.count == areas
                ? Phrase("ทุกเขตได้ใบสรุปผลแล้ว", en: "All areas have their summaries.")
                : Phrase(
                    "ออกใบสรุปผลแล้ว \(certificates.count) จาก \(areas) เขต",
                    en: "\(certificates.count) of \(areas) areas have their summaries."))
    }
}

extension Query where Answer == ClosedYear? {
    static func closed(_ year: FiscalYear) -> Query {
        Query(
            """
            SELECT y.frozen_at, a.id, c.number, encode(c.sha256, 'hex')
            FROM national_years y
            CROSS JOIN areas a
            LEFT JOIN certificates c
                ON c.area_id = a.id AND c.year = y.year AND c.result_id IS NULL AND c.revoked_at IS NULL
            WHERE y.year = \(year.number) AND y.frozen_at IS NOT NULL AND a.kind <> 'central'
            """
        ) { rows in
            var at: Instant?
            var certificates: [AreaID: (number: Int, digest: String)] = [:]
            for var cells in rows {
                at = try cells.next()
                let area = try cells.next(AreaID.self)
                guard let number = try cells.nextIfAny(Int.self) else { continue }
                certificates[area] = (number, try cells.next())
            }
            return at.map { ClosedYear(at: $0, areas: rows.count, certificates: certificates) }
        }
    }
}
