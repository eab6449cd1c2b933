import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

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

/// What waits on a desk.
struct WaitingQueue: ImportTarget {
    static let templateName = "decisions"

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

    /// All that wait, with room for a decision.
    func template(in language: Language) -> Sheet {
        Sheet(
            Phrase("รอรับรอง", en: "Waiting")[language], DecisionImport.columns.map { Sheet.Column($0, in: language) },
            of: lines.filter(\.isWaiting)
        ) { line in
            [
                .text(line.sign), Sheet.Cell(line.areaName),
                line.result.result.map { .number($0.text(decimals: ScoreRule.resultDecimals)) } ?? .empty,
                line.result.score.map { .number($0.text(decimals: ScoreRule.scoreDecimals)) } ?? .empty, .empty,
                .empty, .empty,
            ]
        }
    }

    func table(_ input: TableInput, at now: Instant) -> TableImport {
        DecisionImport(input, on: lines, at: now).table
    }
}
