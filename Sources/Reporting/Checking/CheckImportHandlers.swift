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

/// Gives all scores, or none when a single cell is wrong or a report has changed.
func importChecks(_ context: Context) async throws -> Outcome {
    let (id, round) = try checkedRound(of: context)
    let input = try await TableInput(context.form)
    let (_, list) = try await WaitingList.page(context)
    let count = try await context.deed { deed in
        let checks = CheckImport(input, of: list.waiting)
        try checks.table.check()
        for (report, version, score) in checks.scores {
            let change = try await ReportChange(report, deed)
            guard change.access.mayCheck else { throw Refusal.notFound }
            try change.requireUnchanged(since: version)
            try await change.check(score)
        }
        return checks.scores.count
    }
    return .done(
        "/indicators/\(id)/rounds/\(round.code)/checks",
        says: Phrase("ให้คะแนน \(count) หน่วยงานแล้ว", en: "\(count) are checked"), json: ["rows": JSON(count)],
        made: true)
}

/// What waits for a check in a round.
struct WaitingList: ImportTarget {
    static let templateName = "checks"

    let indicator: IndicatorHead
    let round: Round
    let waiting: [WaitingReport]

    static func page(_ context: Context) async throws -> (Visit, WaitingList) {
        let (id, round) = try checkedRound(of: context)
        let (visit, indicator, waiting) = try await context.page(
            .head(of: id, in: context.area.id), .waiting(of: id, in: round, of: context.area.id))
        guard let indicator, !indicator.isHidden else { throw Refusal.notFound }
        return (visit, WaitingList(indicator: indicator, round: round, waiting: waiting))
    }

    var subject: ImportPage.Subject {
        let path = "/indicators/\(indicator.id)/rounds/\(round.code)/checks"
        return ImportPage.Subject(
            title: Phrase("ให้คะแนนจากตาราง ", en: "Scores from a table: ") + Phrase(same: "\(indicator.number) ")
                + round.name,
            path: "\(path)/import", back: path,
            guide: Phrase(
                "ดาวน์โหลดแบบซึ่งมีทุกรายงานที่รอตรวจ ใส่คะแนนและเหตุผล แถวที่ไม่ใส่คะแนนยังรอตรวจต่อไป",
                en:
                    "The template has all reports that wait. Enter scores and reasons; a row without a score goes on waiting."
            )
        ) { Phrase("\($0) รายงาน", en: "\($0) reports") }
    }

    /// All that wait, with room for a score.
    func template(in language: Language) -> Sheet {
        Sheet(indicator.number, CheckImport.columns.map { Sheet.Column($0, in: language) }, of: waiting) { report in
            [
                .text(report.sign), Sheet.Cell(report.reporter), Sheet.Cell(report.selfScore),
                report.score.map { .number($0.text(decimals: ScoreRule.scoreDecimals)) } ?? .empty, .empty, .empty,
            ]
        }
    }

    func table(_ input: TableInput, at now: Instant) -> TableImport { CheckImport(input, of: waiting).table }
}
