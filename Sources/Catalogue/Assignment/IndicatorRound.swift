import HTML
package import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A round that was opened for an indicator: its dates, and how far the reports are.
struct IndicatorRound: Sendable {
    var indicator: IndicatorID
    var dates: RoundDates
    var closedAt: Instant?
    var assigned: Int
    var confirmed: Int
    var checked: Int
    /// Of the scores of what was checked.
    var scoreSum: Exact
    /// Nil where the indicator's own weight counts.
    var weight: Exact?

    var round: Round { dates.round }
    var meanScore: Exact? { scoreSum.divided(by: Exact(checked)) }

    static let columns: SQL = """
        r.indicator_id, r.round, r.opens_on, r.due_at, r.closed_at, r.assigned, r.confirmed, r.checked, r.score_sum,
        r.weight
        """

    /// One that nobody was assigned to.
    init(of indicator: IndicatorID, _ dates: RoundDates) {
        (self.indicator, self.dates) = (indicator, dates)
        (assigned, confirmed, checked, scoreSum) = (0, 0, 0, .zero)
    }

    init(_ cells: inout Cells) throws {
        indicator = try cells.next()
        dates = RoundDates(round: try cells.next(), opening: try cells.next(), due: try cells.next())
        closedAt = try cells.nextIfAny()
        assigned = try cells.next()
        confirmed = try cells.next()
        checked = try cells.next()
        scoreSum = try cells.next()
        weight = try cells.nextIfAny()
    }

    var json: JSON {
        [
            "round": .text(round.code), "opens-on": .text(dates.opening.text), "due-at": .text(dates.due.text),
            "closed-at": JSON(closedAt), "assigned": JSON(assigned), "confirmed": JSON(confirmed),
            "checked": JSON(checked), "weight": JSON(weight?.sqlText),
            "mean-score": JSON(meanScore?.text(decimals: ScoreRule.scoreDecimals)),
        ]
    }

    private static let members: [(name: String, schema: APISchema)] = [
        ("round", .text), ("opens-on", .text), ("due-at", .moment), ("closed-at", .optional(.moment)),
        ("assigned", .number), ("confirmed", .number), ("checked", .number), ("weight", .optional(.text)),
        ("mean-score", .optional(.text)),
    ]
    static let schema = APISchema.object(members)
    static let schemaWithAssignments = APISchema.object(members + [("assignments", .list(Assignment.schema))])
}

package enum AssignmentKey {}
package typealias AssignmentID = Identifier<AssignmentKey>

/// A unit, or an officer by name, that must report an indicator in a round.
struct Assignment: Sendable {
    var id: AssignmentID
    var unit: UnitID
    var unitName: String
    var memberName: String?
    var hasReported: Bool
    var extendedUntil: Instant?
    var extensionReason: String?

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        unit = try cells.next()
        unitName = try cells.next()
        memberName = try cells.nextIfAny()
        hasReported = try cells.next()
        extendedUntil = try cells.nextIfAny()
        extensionReason = try cells.nextIfAny()
    }

    var name: String { memberName.map { "\($0) · \(unitName)" } ?? unitName }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "unit": JSON(unit.rawValue), "name": .text(name), "reported": .bool(hasReported),
            "extended-until": JSON(extendedUntil),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("unit", .number), ("name", .text), ("reported", .flag),
        ("extended-until", .optional(.moment)),
    ])
}
