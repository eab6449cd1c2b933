import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// Who must report an indicator, and how far each report is in each round.
struct Matrix: Sendable {
    struct Row: Sendable {
        let unit: UnitID
        let name: String
        let member: MemberID?
        let memberName: String?
        /// By the column's place; nil where nothing is to be reported.
        var cells: [Cell?]

        var reporter: String { memberName.map { "\($0) · \(name)" } ?? name }
    }

    struct Cell: Sendable {
        let report: ReportID
        let state: ReportState
        let selfScore: Int?
        let confirmedBy: String
        let checkScore: Exact?
        let checkedBy: String
    }

    let rounds: [Round]
    /// When each opens.
    let openings: [Day]
    private(set) var rows: [Row]

    /// The reports in the order of their reporters, each with its round.
    fileprivate init(_ reports: [(key: Row, round: Round, opening: Day, cell: Cell)]) {
        let openings = Dictionary(reports.map { ($0.round, $0.opening) }, uniquingKeysWith: { first, _ in first })
        let rounds = openings.keys.sorted { $0.order < $1.order }
        let places = Dictionary(uniqueKeysWithValues: rounds.enumerated().map { ($0.element, $0.offset) })
        var rows: [Row] = []
        for (key, round, _, cell) in reports {
            if rows.last?.unit != key.unit || rows.last?.member != key.member {
                rows.append(key)
                rows[rows.count - 1].cells = Array(repeating: nil, count: rounds.count)
            }
            if let place = places[round] { rows[rows.count - 1].cells[place] = cell }
        }
        self.rounds = rounds
        self.openings = rounds.compactMap { openings[$0] }
        self.rows = rows
    }

    /// Whether reports are taken, or were: before, nobody waits for them.
    func hasOpened(_ place: Int, on today: Day) -> Bool { openings[place] <= today }

    /// Of the rounds that have opened.
    func count(of state: ReportState, on today: Day) -> Int {
        rows.reduce(0) { sum, row in
            sum + row.cells.indices.count { hasOpened($0, on: today) && row.cells[$0]?.state == state }
        }
    }

    /// Only those of which a report is in this state.
    func only(_ state: ReportState?, on today: Day) -> Matrix {
        guard let state else { return self }
        var matrix = self
        matrix.rows = rows.filter { row in
            row.cells.indices.contains { hasOpened($0, on: today) && row.cells[$0]?.state == state }
        }
        return matrix
    }

    /// The mean of the scores that were given in a round.
    func mean(inColumn place: Int) -> Exact? {
        let scores = rows.compactMap { $0.cells[place]?.checkScore }
        return scores.reduce(Exact.zero, +).divided(by: Exact(scores.count))
    }
}

extension Query where Answer == Matrix {
    static func matrix(of indicator: IndicatorID, in area: AreaID) -> Query {
        Query(
            """
            SELECT a.unit_id, u.name, a.member_id,
                CASE WHEN a.member_id IS NOT NULL THEN m.title || m.first_name || ' ' || m.last_name END, a.round, r.opens_on,
                a.id,
                a.state, a.self_score, coalesce(c.first_name, a.confirmed_name, ''), a.check_score,
                coalesce(k.first_name, a.checked_name, '')
            FROM assignments a
            JOIN indicator_rounds r
                ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            LEFT JOIN members m ON m.area_id = a.area_id AND m.id = a.member_id
            LEFT JOIN members c ON c.area_id = a.area_id AND c.id = a.confirmed_by
            LEFT JOIN members k ON k.area_id = a.area_id AND k.id = a.checked_by
            WHERE a.area_id = \(area) AND a.indicator_id = \(indicator)
            ORDER BY u.kind, u.name, a.unit_id, a.member_id NULLS FIRST, a.id
            """
        ) { rows in
            Matrix(
                try rows.map { cells in
                    var cells = cells
                    let row = Matrix.Row(
                        unit: try cells.next(), name: try cells.next(), member: try cells.nextIfAny(),
                        memberName: try cells.nextIfAny(), cells: [])
                    let round: Round = try cells.next()
                    let opening: Day = try cells.next()
                    let cell = Matrix.Cell(
                        report: try cells.next(), state: try cells.next(), selfScore: try cells.nextIfAny(),
                        confirmedBy: try cells.next(), checkScore: try cells.nextIfAny(),
                        checkedBy: try cells.next())
                    return (row, round, opening, cell)
                })
        }
    }
}
