import Catalogue
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

func showMatrix(_ context: Context) async throws -> Outcome {
    let (visit, indicator, matrix) = try await load(context)
    let page = MatrixPage(
        visit: visit, indicator: indicator, matrix: matrix,
        state: context.request.query["only"].flatMap { ReportState(rawValue: $0) })
    return .page(page, visit, json: ["items": .array(matrix.rows.flatMap { $0.json(matrix.rounds) })])
}

/// For those who compare, check or receive everywhere; an owner sees the indicators that are theirs.
private func load(_ context: Context) async throws -> (Visit, IndicatorHead, Matrix) {
    let id: IndicatorID = try context.identifier("indicator")
    let (visit, indicator, matrix) = try await context.page(
        .head(of: id, in: context.area.id), .matrix(of: id, in: context.area.id))
    guard let indicator, indicator.showsResults(to: visit) else { throw Refusal.notFound }
    return (visit, indicator, matrix)
}

let matrixFlags = IndicatorHead.resultFlags + [.owner]

extension Matrix.Row {
    fileprivate func json(_ rounds: [Round]) -> [JSON] {
        zip(rounds, cells).compactMap { round, cell in
            cell.map { cell in
                [
                    "report": JSON(cell.report.rawValue), "unit": JSON(unit.rawValue), "reporter": .text(reporter),
                    "round": .text(round.code), "state": .text(cell.state.rawValue),
                    "self-score": cell.selfScore.map { JSON($0) } ?? .null,
                    "check-score": JSON(cell.checkScore?.text(decimals: ScoreRule.scoreDecimals)),
                ]
            }
        }
    }
}

extension Matrix {
    static let schema = APISchema.object([
        ("report", .number), ("unit", .number), ("reporter", .text), ("round", .text), ("state", .text),
        ("self-score", .optional(.number)), ("check-score", .optional(.text)),
    ])
}
