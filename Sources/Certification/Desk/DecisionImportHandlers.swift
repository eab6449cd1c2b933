import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

func showDecisionImport(_ context: Context) async throws -> Outcome {
    let (visit, queue) = try await WaitingQueue.page(context)
    return .page(ImportPage(visit: visit, subject: queue.subject), visit)
}

/// Shows what would be decided, and what is wrong in which cell. Decides nothing.
func previewDecisions(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let (visit, queue) = try await WaitingQueue.page(context)
    let table = DecisionImport(input, on: queue.lines, at: context.now).table
    return .page(ImportPage(visit: visit, subject: queue.subject, text: input.text, table: table), visit)
}

/// Nothing is decided when a single cell is wrong. Then each in its own area's transaction: what has changed since it was
/// downloaded is left, and named.
func importDecisions(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let (_, queue) = try await WaitingQueue.page(context)
    let list = DecisionImport(input, on: queue.lines, at: context.now)
    try list.table.check()
    let decided = try await context.decide(
        list.rulings.map { ($0.line.key, $0.line.result.number, $0.ruling) })
    return .done(
        "\(queue.scope.path)?show=waiting", says: decided.says,
        json: ["rows": JSON(decided.count), "left": .array(decided.left.map { .text("\($0)") })], made: true)
}

/// All that wait, with room for a decision.
func showDecisionTemplate(_ context: Context) async throws -> Outcome {
    let (visit, queue) = try await WaitingQueue.page(context)
    let columns = DecisionImport.columns.map { Sheet.Column($0, in: visit.language) }
    let rows = queue.lines.filter(\.isWaiting).map { line -> [Sheet.Cell] in
        [
            .text(line.sign), Sheet.Cell(line.areaName),
            line.result.result.map { .number($0.text(decimals: ScoreRule.resultDecimals)) } ?? .empty,
            line.result.score.map { .number($0.text(decimals: ScoreRule.scoreDecimals)) } ?? .empty, .empty, .empty,
            .empty,
        ]
    }
    return try await context.workbook(
        [Sheet(Phrase("รอรับรอง", en: "Waiting")[visit.language], columns, rows)], named: "decisions")
}

/// What waits on a desk.
private struct WaitingQueue: Sendable {
    let scope: DeskScope
    let lines: [QueueLine]

    static func page(_ context: Context) async throws -> (Visit, WaitingQueue) {
        let scope = try deskScope(context)
        let (visit, lines) = try await context.centralPage(of: .queue(scope))
        return (visit, WaitingQueue(scope: scope, lines: lines))
    }

    var subject: ImportPage.Subject {
        ImportPage.Subject(
            title: Phrase("ตัดสินจากตาราง ", en: "Decisions from a table: ") + scope.round.name,
            path: "\(scope.path)/import", back: scope.path,
            guide: Phrase(
                "ดาวน์โหลดแบบซึ่งมีทุกรายการที่รอรับรอง ใส่การตัดสิน และความเห็นเมื่อไม่รับรอง แถวที่ไม่ใส่การตัดสินยังรอต่อไป",
                en:
                    "The template has all that waits. Enter decisions, and a comment where you don't certify; a row without one goes on waiting."
            )
        ) { Phrase("\($0) รายการ", en: "\($0) items") }
    }
}
