import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// Decisions on a queue's items, read from a table; a row without one leaves its item waiting.
struct DecisionImport: Sendable {
    /// Known by a sign that no spreadsheet takes for a number or a day: `D7-123-1` is the first sending of item 7-123.
    static let columns = [
        FormField("item", Phrase("รายการ", en: "Item"), .text(limit: 40), required: true),
        FormField("area", Phrase("เขต", en: "Area"), .text(limit: 200)),
        FormField("result", Phrase("ผล", en: "Result"), .text(limit: 60)),
        FormField("score", Phrase("คะแนนที่จะได้", en: "Score it gets"), .text(limit: 20)),
        FormField(
            "decision", Phrase("การตัดสิน", en: "Decision"),
            .choice([
                .init("certify", Phrase("รับรอง", en: "Certify")),
                .init("refuse", Phrase("ไม่รับรอง", en: "Don't certify")),
            ])),
        FormField("comment", Phrase("ความเห็นถึงเขต", en: "Comment to the area"), .longText(limit: 4000)),
        FormField("correct-by", Phrase("แก้ไขภายใน", en: "Correct by"), .moment),
    ]

    private(set) var table: TableImport
    private(set) var rulings: [(line: QueueLine, ruling: Ruling)] = []

    init(_ input: TableInput, on lines: [QueueLine], at now: Instant) {
        table = TableImport(input, columns: Self.columns, key: "item", limit: 500)
        let waiting = Dictionary(
            lines.filter(\.isWaiting).map { ($0.sign, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for row in table.rows.indices {
            guard let line = table.waiting("item", of: row, among: waiting, seen: &seen) else { continue }
            if let ruling = ruling(of: row, FormDraft(Self.columns, table.fields(of: row)), line, at: now) {
                rulings.append((line, ruling))
            }
        }
    }

    private mutating func ruling(of row: Int, _ draft: FormDraft, _ line: QueueLine, at now: Instant) -> Ruling? {
        for problem in draft.problems { table.refuse(problem.field, of: row, problem.reason) }
        switch draft["decision"] {
        case "certify":
            if line.result.score == nil {
                table.refuse("decision", of: row, Phrase("ไม่มีคะแนน จึงรับรองไม่ได้", en: "It has no score to certify"))
            }
            table.mark(row, as: Phrase("รับรอง", en: "Certified"))
            return Ruling(step: .certify)
        case "refuse":
            if draft["comment"].isEmpty {
                table.refuse(
                    "comment", of: row, Phrase("บอกเขตว่าเหตุใดจึงไม่รับรอง", en: "Tell the area why it isn't certified"))
            }
            if let correctBy = draft.moment("correct-by"), correctBy <= now {
                table.refuse("correct-by", of: row, Phrase("ต้องเป็นเวลาข้างหน้า", en: "This must lie ahead"))
            }
            table.mark(row, as: Phrase("ไม่รับรอง", en: "Not certified"))
            return Ruling(step: .refuse, comment: draft["comment"], correctBy: draft.moment("correct-by"))
        default:
            table.mark(row, as: Phrase("ยังไม่ตัดสิน", en: "Left"))
            return nil
        }
    }
}

extension QueueLine {
    /// How a table calls it, as it was seen.
    var sign: String { "D\(key)-\(result.number)" }
}
