import Areas
import Catalogue
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// One item of a bureau's queue: an area's result of an indicator in a round. An object, as a queue is filtered and
/// counted in many ways, and its 245 lines have forty fields each: copying them took a third of the page's time.
final class QueueLine: Sendable {
    let areaName: String
    let areaCode: String
    let number: String
    let name: String
    let bureau: UnitID
    let due: Instant
    let result: AreaResult
    /// The area disputes some of its central data.
    let isDisputed: Bool
    /// Unlike the others in the same queue.
    let isOutlier: Bool

    var key: DeskKey { result.deskKey }
    var region: Region? { Region(code: areaCode) }
    var isWaiting: Bool { result.state == .waiting }
    /// Sent anew since it was decided.
    var isChanged: Bool { isWaiting && result.decided != nil && result.decidedNumber != result.number }
    var isLate: Bool { isWaiting && (result.sent?.at ?? due) > due }
    /// Nothing that one would want to look at.
    var isOrdinary: Bool {
        isWaiting && !isOutlier && !isChanged && !isLate && !isDisputed && !result.forCentre.isNew
            && result.score != nil
            && result.proposal == nil && result.escalatedAt == nil
    }

    static let columns: SQL = """
        a.short_name, a.code, n.number, n.name, n.bureau_id, q.due_at, \(part: AreaResult.shortColumns),
        \(part: .hasDispute)
        """

    init(_ cells: inout Cells) throws {
        areaName = try cells.next()
        areaCode = try cells.next()
        number = try cells.next()
        name = try cells.next()
        bureau = try cells.next()
        due = try cells.next()
        result = try AreaResult(&cells)
        isDisputed = try cells.next()
        isOutlier = false
    }

    /// The same, marked.
    init(outlier line: QueueLine) {
        (areaName, areaCode, number, name) = (line.areaName, line.areaCode, line.number, line.name)
        (bureau, due, result, isDisputed) = (line.bureau, line.due, line.result, line.isDisputed)
        isOutlier = true
    }
}

extension QueueLine {
    /// As programs see it.
    var json: JSON {
        .object(
            [
                .init(name: "item", value: .text("\(key)")), .init(name: "area", value: .text(areaName)),
                .init(name: "indicator", value: .text(number)), .init(name: "due-at", value: .text(due.text)),
                .init(name: "outlier", value: .bool(isOutlier)),
            ] + result.json.members)
    }

    static let schema = APISchema.object(
        [("item", .text), ("area", .text), ("indicator", .text), ("due-at", .moment), ("outlier", .flag)]
            + AreaResult.members)
}

/// Which item: `7-123`, the area's number and the result's.
struct DeskKey: Sendable, Hashable, CustomStringConvertible {
    let area: AreaID
    let result: AreaResultID

    var description: String { "\(area)-\(result)" }
    var path: String { "/desk/items/\(self)" }

    init(area: AreaID, result: AreaResultID) {
        (self.area, self.result) = (area, result)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let area = AreaID(sqlText: parts[0]), let result = AreaResultID(sqlText: parts[1])
        else {
            return nil
        }
        self.init(area: area, result: result)
    }
}

extension AreaResult {
    var deskKey: DeskKey { DeskKey(area: area, result: id) }
    /// The queue it stands in beside the other areas'.
    var deskScope: DeskScope { DeskScope(.indicator(indicator), round) }
}

extension [QueueLine] {
    /// Marks the results that are far from the middle of their own indicator's: more than three and a half times as far
    /// as the ordinary distance (median of distances, which few odd ones don't move).
    func withOutliers() -> [QueueLine] {
        var lines = self
        for group in Dictionary(grouping: indices, by: { self[$0].number }).values {
            let values = group.compactMap { place in self[place].result.result.map { (place, $0.approximate) } }
            guard values.count >= 8 else { continue }
            let middle = Self.median(values.map(\.1))
            let ordinary = Self.median(values.map { abs($0.1 - middle) })
            let limit = 3.5 * 1.4826 * ordinary
            for (place, value) in values where abs(value - middle) > Swift.max(limit, 1e-9) && ordinary > 0 {
                lines[place] = QueueLine(outlier: lines[place])
            }
        }
        return lines
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
}

extension Exact {
    /// For marks only, never for what counts.
    fileprivate var approximate: Double { Double(text(decimals: 6)) ?? 0 }
}

/// Which results lie in a queue: all areas' of an indicator, or all of an area's.
struct DeskScope: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case indicator(IndicatorID)
        case area(AreaID)
    }

    let kind: Kind
    let round: Round

    /// `indicators/12/c06`
    init?(_ kind: String?, _ id: String?, _ round: String?) {
        guard let round = round.flatMap({ Round(code: $0) }), let id else { return nil }
        self.round = round
        switch kind {
        case "indicators":
            guard let id = IndicatorID(sqlText: id) else { return nil }
            self.kind = .indicator(id)
        case "areas":
            guard let id = AreaID(sqlText: id) else { return nil }
            self.kind = .area(id)
        default: return nil
        }
    }

    init(_ kind: Kind, _ round: Round) {
        (self.kind, self.round) = (kind, round)
    }

    var path: String {
        switch kind {
        case .indicator(let id): "/desk/indicators/\(id)/\(round.code)"
        case .area(let id): "/desk/areas/\(id)/\(round.code)"
        }
    }

    /// The other way round through the same item.
    func turned(at line: QueueLine) -> DeskScope {
        switch kind {
        case .indicator: DeskScope(.area(line.result.area), round)
        case .area: DeskScope(.indicator(line.result.indicator), round)
        }
    }
}

extension Query where Answer == [QueueLine] {
    /// Of an indicator, all areas in the order of their names; of an area, the indicators of the viewer's bureau, or all
    /// for the indicator office.
    static func queue(_ scope: DeskScope) -> Query {
        let (condition, order): (SQL, SQL) =
            switch scope.kind {
            case .indicator(let id): ("r.indicator_id = \(id)", "a.short_name, a.id")
            case .area(let id):
                (
                    "a.id = \(id) AND (n.bureau_id = \(part: .viewerUnit) OR \(part: .viewerHolds(.publish)))",
                    "n.number_order, n.id"
                )
            }
        let query = Query.all(
            """
            SELECT \(part: QueueLine.columns)
            FROM areas a
            JOIN area_results r ON r.area_id = a.id AND r.round = \(scope.round)
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            JOIN national_rounds q ON q.indicator_id = r.indicator_id AND q.round = r.round
            WHERE \(part: condition)
            ORDER BY \(part: order)
            """
        ) { try QueueLine(&$0) }
        return Query(query.sql) { try query.decode($0).withOutliers() }
    }
}
