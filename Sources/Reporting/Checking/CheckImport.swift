import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// Scores for reports that wait, read from a table; a row without a score leaves its report waiting.
struct CheckImport: Sendable {
    /// Known by a sign that no spreadsheet takes for a number or a day: `R7-3` is the third version of report 7.
    static let columns = [
        FormField("report", Phrase("รายงาน", en: "Report"), .text(limit: 40), required: true),
        FormField("unit", Phrase("หน่วยงาน", en: "Unit"), .text(limit: 200)),
        FormField("self-score", Phrase("ประเมินตนเอง", en: "Self-score"), .text(limit: 20)),
        FormField("figures", Phrase("จากตัวเลข", en: "By the figures"), .text(limit: 20)),
        FormField("check-score", Phrase("คะแนนที่ให้", en: "Score"), .text(limit: 20)),
        FormField("reason", Phrase("เหตุผล", en: "Reason"), .longText(limit: ReportComment.wordsLimit)),
    ]

    private(set) var table: TableImport
    private(set) var scores: [(report: ReportID, version: Int, score: CheckScore)] = []

    init(_ input: TableInput, of waiting: [WaitingReport]) {
        table = TableImport(input, columns: Self.columns, key: "report", limit: 2000)
        let known = Dictionary(uniqueKeysWithValues: waiting.map { ($0.sign, $0) })
        var seen: Set<String> = []
        for row in table.rows.indices {
            guard let report = table.waiting("report", of: row, among: known, seen: &seen) else { continue }
            guard !table.value("check-score", of: row).isEmpty else {
                table.mark(row, as: Phrase("ยังไม่ตรวจ", en: "Left"))
                continue
            }
            do throws(Refusal) {
                let score = try CheckScore(table.fields(of: row))
                try score.requireReason(below: report.selfScore)
                table.mark(row, as: Phrase("ให้คะแนน", en: "Scored"))
                scores.append((report.id, report.version, score))
            } catch {
                guard case .invalid(let problems) = error else { continue }
                for problem in problems { table.refuse(problem.field, of: row, problem.reason) }
            }
        }
    }
}

extension WaitingReport {
    /// How a table calls it, as it was seen.
    var sign: String { "R\(id)-\(version)" }
}
