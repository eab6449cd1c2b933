import Catalogue
import Evidence
import Kernel
import Postgres
import Rounds
import Secrets

/// Where a unit has used one of its files: so that it needn't send it again, and sees where it counts.
struct FileUse: Sendable {
    let file: StoredFile
    let description: String
    let report: ReportID
    let number: String
    let round: Round
}

extension Query where Answer == [FileUse] {
    private static var most: Int { 300 }

    /// Of the reporter's unit in all its reports, the latest first.
    static func fileUses(besideReport id: ReportID, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: storedFileColumns), e.description, a.id, i.number, a.round
            FROM assignments own
            JOIN assignments a ON a.area_id = own.area_id AND a.unit_id = own.unit_id
            JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
            JOIN evidence e ON e.area_id = a.area_id AND e.assignment_id = a.id AND e.removed_at IS NULL
            JOIN files f ON f.area_id = e.area_id AND f.id = e.file_id
            WHERE own.area_id = \(area) AND own.id = \(id)
            ORDER BY e.sent_at DESC, e.id DESC
            LIMIT \(most)
            """
        ) {
            FileUse(
                file: try StoredFile(&$0), description: try $0.next(), report: try $0.next(), number: try $0.next(),
                round: try $0.next())
        }
    }
}

extension [FileUse] {
    /// The other reports in which the same bytes are.
    func others(of digest: Digest, besides report: ReportID) -> [FileUse] {
        filter { $0.file.digest == digest && $0.report != report }
    }

    /// Each of the unit's files once, but for those that the report has.
    func reusable(in report: ReportID) -> [FileUse] {
        var known = Set(filter { $0.report == report }.map(\.file.digest))
        return filter { known.insert($0.file.digest).inserted }
    }
}
