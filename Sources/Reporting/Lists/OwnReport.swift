import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A report that is the viewer's own to send, in a list.
struct OwnReport: Sendable {
    let id: ReportID
    let number: String
    let name: String
    let round: Round
    let state: ReportState
    let opening: Day
    let deadline: Instant
    let isClosed: Bool
    let savedAt: Instant?
    let confirmedAt: Instant?
    let checkedAt: Instant?
    let checkScore: Exact?
    let correctBy: Instant?
    /// What the area said last when it returned it.
    let comment: String?
    let commentator: String?
    /// Pieces of evidence, and how many of them the area has received.
    let evidence: Int
    let received: Int

    var title: String { "\(number) \(name)" }
    var path: String { "/reports/\(id)" }

    /// Until when it is wanted: a correction has its own day.
    var wantedBy: Instant { state == .returned ? correctBy ?? deadline : deadline }

    func isOpen(at now: Instant) -> Bool {
        state.isUnsent && !isClosed && opening <= Day(inBangkok: now) && now <= deadline
    }

    /// What was missed has the lowest.
    var shownScore: String? {
        (checkScore ?? (state == .missed ? .one : nil))?.text(decimals: ScoreRule.scoreDecimals)
    }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "number": .text(number), "name": .text(name), "round": .text(round.code),
            "state": .text(state.rawValue), "opens-on": .text(opening.text), "due-at": .text(deadline.text),
            "check-score": JSON(checkScore?.text(decimals: ScoreRule.scoreDecimals)),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("number", .text), ("name", .text), ("round", .text), ("state", .text), ("opens-on", .text),
        ("due-at", .moment), ("check-score", .optional(.text)),
    ])
}

extension Query where Answer == [OwnReport] {
    static func ownReports(of year: FiscalYear, in area: AreaID) -> Query {
        ownReports(where: "i.year = \(year.number)", in: area)
    }

    static func ownReportsOfOpenYears(in area: AreaID) -> Query {
        ownReports(where: "y.closed_at IS NULL", in: area)
    }

    /// Of the viewer's unit, and of themselves by name; by the day on which each is due.
    static func ownReports(where condition: SQL, in area: AreaID) -> Query {
        .all(
            """
            SELECT a.id, i.number, i.name, a.round, a.state, r.opens_on,
                greatest(r.due_at, a.extended_until, a.correct_by), i.state <> 'open' OR r.closed_at IS NOT NULL,
                a.saved_at, a.confirmed_at, a.checked_at, a.check_score, a.correct_by, c.words, c.author_name,
                coalesce(e.sent, 0), coalesce(e.received, 0)
            FROM assignments a
            JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
            JOIN indicator_rounds r
                ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
            JOIN fiscal_years y ON y.area_id = i.area_id AND y.year = i.year
            LEFT JOIN LATERAL (
                SELECT words, author_name
                FROM report_comments
                WHERE area_id = a.area_id AND assignment_id = a.id AND kind = 'return' AND a.state = 'returned'
                ORDER BY id DESC
                LIMIT 1
            ) c ON true
            LEFT JOIN LATERAL (
                SELECT count(*) AS sent, count(received_at) AS received
                FROM evidence
                WHERE area_id = a.area_id AND assignment_id = a.id AND removed_at IS NULL AND a.state = 'confirmed'
            ) e ON true
            WHERE a.area_id = \(area) AND i.state <> 'hidden'
                AND (
                    a.unit_id = \(part: .viewerUnit) AND a.member_id IS NULL
                    OR a.member_id = ANY (\(part: .viewerMembers))
                )
                AND (\(part: condition))
            ORDER BY greatest(r.due_at, a.extended_until, a.correct_by), i.number_order, a.id
            """
        ) {
            OwnReport(
                id: try $0.next(), number: try $0.next(), name: try $0.next(), round: try $0.next(),
                state: try $0.next(), opening: try $0.next(), deadline: try $0.next(), isClosed: try $0.next(),
                savedAt: try $0.nextIfAny(), confirmedAt: try $0.nextIfAny(), checkedAt: try $0.nextIfAny(),
                checkScore: try $0.nextIfAny(), correctBy: try $0.nextIfAny(), comment: try $0.nextIfAny(),
                commentator: try $0.nextIfAny(), evidence: try $0.next(), received: try $0.next())
        }
    }
}
