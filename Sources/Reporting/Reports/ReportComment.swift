import Catalogue
import HTML
import HTTP
import Kernel
import Postgres
import Runtime

/// What somebody said about a report; it stays with it.
struct ReportComment: Sendable {
    enum Kind: String, SQLValue {
        case remark, check
        case giveBack = "return"
    }

    let kind: Kind
    let words: String
    let authorName: String
    let writtenAt: Instant

    static let wordsLimit = 2000

    var json: JSON {
        [
            "kind": .text(kind.rawValue), "words": .text(words), "author": .text(authorName),
            "written-at": .text(writtenAt.text),
        ]
    }

    static let schema = APISchema.object([
        ("kind", .text), ("words", .text), ("author", .text), ("written-at", .moment),
    ])
}

extension Query where Answer == [ReportComment] {
    static func comments(of report: ReportID, in area: AreaID) -> Query {
        .all(
            """
            SELECT kind, words, author_name, written_at
            FROM report_comments
            WHERE area_id = \(area) AND assignment_id = \(report)
            ORDER BY id
            """
        ) {
            ReportComment(
                kind: try $0.next(), words: try $0.next(), authorName: try $0.next(), writtenAt: try $0.next())
        }
    }
}

extension Query where Answer == Int {
    static func comment(
        _ words: String, _ kind: ReportComment.Kind, on report: ReportID, in area: AreaID, by viewer: Viewer?,
        at now: Instant
    ) -> Query {
        .deed(
            """
            INSERT INTO report_comments (
                area_id, assignment_id, kind, words, author_id, author_name, written_at
            )
            VALUES (
                \(area), \(report), \(kind), \(words), \(viewer?.member), \(viewer?.name ?? ""), \(now)
            )
            """)
    }
}

let commentFields = [
    FormField(
        "comment", Phrase("ข้อความ", en: "Comment"), .longText(limit: ReportComment.wordsLimit), required: true)
]

func commentOnReport(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let draft = FormDraft(commentFields, context.form.fields)
    try draft.check()
    try await context.deed { deed in
        let (report, sheet) = try await deed.run(.report(id, in: deed.area), .sheet(ofReport: id, in: deed.area))
        guard let report, let sheet, ReportAccess(deed.viewer, report, sheet).mayOpenEvidence else {
            throw Refusal.notFound
        }
        _ = try await deed.run(
            .comment(draft["comment"], .remark, on: id, in: deed.area, by: deed.viewer, at: deed.now))
        try await deed.record(
            .reportCommented, on: report.subject, named: "\(sheet.title) · \(report.reporter)",
            after: ["comment": .text(draft["comment"])])
    }
    return .done("/reports/\(id)#comments", says: Phrase("ส่งข้อความแล้ว", en: "The comment is sent"), made: true)
}
