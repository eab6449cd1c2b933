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
    private(set) var rows: [Row]

    /// The reports in the order of their reporters, each with its round.
    fileprivate init(_ reports: [(key: Row, round: Round, cell: Cell)]) {
        let rounds = Set(reports.map(\.round)).sorted { $0.order < $1.order }
        let places = Dictionary(uniqueKeysWithValues: rounds.enumerated().map { ($0.element, $0.offset) })
        var rows: [Row] = []
        for (key, round, cell) in reports {
            if rows.last?.unit != key.unit || rows.last?.memberName != key.memberName {
                rows.append(key)
                rows[rows.count - 1].cells = Array(repeating: nil, count: rounds.count)
            }
            if let place = places[round] { rows[rows.count - 1].cells[place] = cell }
        }
        self.rounds = rounds
        self.rows = rows
    }

    func count(of state: ReportState) -> Int {
        rows.reduce(0) { $0 + $1.cells.count { $0?.state == state } }
    }

    /// Only those of which a report is in this state.
    func only(_ state: ReportState?) -> Matrix {
        guard let state else { return self }
        var matrix = self
        matrix.rows = rows.filter { $0.cells.contains { $0?.state == state } }
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
            SELECT a.unit_id, u.name,
                CASE WHEN a.member_id IS NOT NULL THEN m.title || m.first_name || ' ' || m.last_name END, a.round, a.id,
                a.state, a.self_score, coalesce(c.first_name, a.confirmed_name, ''), a.check_score,
                coalesce(k.first_name, a.checked_name, '')
            FROM assignments a
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
                        unit: try cells.next(), name: try cells.next(), memberName: try cells.nextIfAny(), cells: [])
                    let round: Round = try cells.next()
                    let cell = Matrix.Cell(
                        report: try cells.next(), state: try cells.next(), selfScore: try cells.nextIfAny(),
                        confirmedBy: try cells.next(), checkScore: try cells.nextIfAny(),
                        checkedBy: try cells.next())
                    return (row, round, cell)
                })
        }
    }
}
