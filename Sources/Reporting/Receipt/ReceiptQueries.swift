import Catalogue
import Evidence
import Kernel
import Postgres
import Rounds

/// A piece of evidence in the receiver's list, with whose report it belongs to.
struct SentEvidence: Sendable {
    let report: ReportID
    let reporter: String
    let round: Round
    let item: EvidenceItem
}

extension Query where Answer == [SentEvidence] {
    /// What units have confirmed, what isn't received first.
    static func sentEvidence(of indicator: IndicatorID, in area: AreaID) -> Query {
        .all(
            """
            SELECT a.id, coalesce(m.title || m.first_name || ' ' || m.last_name, u.name), a.round, \(part: EvidenceItem.columns)
            FROM assignments a
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            LEFT JOIN members m ON m.area_id = a.area_id AND m.id = a.member_id
            JOIN evidence e ON e.area_id = a.area_id AND e.assignment_id = a.id AND e.removed_at IS NULL
            JOIN files f ON f.area_id = e.area_id AND f.id = e.file_id
            WHERE a.area_id = \(area) AND a.indicator_id = \(indicator) AND a.state IN ('confirmed', 'checked')
            ORDER BY e.received_at IS NOT NULL, u.name, a.id, e.place
            """
        ) {
            SentEvidence(
                report: try $0.next(), reporter: try $0.next(), round: try $0.next(), item: try EvidenceItem(&$0))
        }
    }
}

/// How much evidence an indicator has in a round, and how much of it nobody has received yet.
struct ReceiptCount: Sendable {
    let indicator: IndicatorID
    let title: String
    let round: Round
    let sent: Int
    let received: Int
}

extension Query where Answer == [ReceiptCount] {
    static func receiptCounts(of year: FiscalYear, in area: AreaID) -> Query {
        .all(
            """
            SELECT i.id, i.number || ' ' || i.name, a.round, count(*), count(e.received_at)
            FROM indicators i
            JOIN assignments a
                ON a.area_id = i.area_id AND a.indicator_id = i.id AND a.state IN ('confirmed', 'checked')
            JOIN evidence e ON e.area_id = a.area_id AND e.assignment_id = a.id AND e.removed_at IS NULL
            WHERE i.area_id = \(area) AND i.year = \(year.number) AND i.state <> 'hidden'
            GROUP BY i.area_id, i.id, a.round
            ORDER BY i.number_order, i.id
            """
        ) {
            ReceiptCount(
                indicator: try $0.next(), title: try $0.next(), round: try $0.next(), sent: try $0.next(),
                received: try $0.next())
        }
    }
}
