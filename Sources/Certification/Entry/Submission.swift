import Catalogue
import Evidence
import Files
import HTML
import Kernel
import Postgres
import Runtime
import Scoring
import Secrets

/// A sending of a result, as it was sent: it never changes.
struct Submission: Sendable {
    let number: Int
    /// All values that it came from, with the rule and the definition's version.
    let basis: JSON
    let narrative: Narrative
    let result: Exact?
    let score: Exact?
    /// Why there is none.
    let noScore: String?
    let evidence: [SubmittedFile]
    let sent: AreaResult.Mark
    let withdrawnAt: Instant?

    var values: [String: String] { basis["values"]?.texts ?? [:] }
    /// How many schools' reports it counts, and of how many that were expected; nil where it counts none.
    var schools: (counted: Int, expected: Int)? {
        guard let schools = basis["schools"], let counted = schools["counted"]?.wholeNumber,
            let expected = schools["expected"]?.wholeNumber
        else { return nil }
        return (counted, expected)
    }

    init(
        number: Int, basis: JSON, narrative: Narrative, _ assessment: Result<Assessment, NoScore>,
        _ evidence: [EvidenceItem], _ sent: AreaResult.Mark
    ) {
        (self.number, self.basis, self.narrative, self.sent) = (number, basis, narrative, sent)
        result = try? assessment.get().result
        score = try? assessment.get().score
        if case .failure(let reason) = assessment { noScore = reason.reason.thai } else { noScore = nil }
        self.evidence = evidence.map(SubmittedFile.init)
        withdrawnAt = nil
    }

    static let columns: SQL = """
        s.number, s.basis, s.words, s.narrative, round(s.result, \(ScoreRule.resultDecimals)),
        round(s.score, \(ScoreRule.scoreDecimals)), s.no_score, s.evidence, s.sent_at, s.sender_name, s.withdrawn_at
        """

    init(_ cells: inout Cells) throws {
        number = try cells.next()
        basis = try cells.next()
        narrative = try Narrative(&cells)
        result = try cells.nextIfAny()
        score = try cells.nextIfAny()
        noScore = try cells.nextIfAny()
        evidence = try cells.next(JSON.self).items.compactMap(SubmittedFile.init)
        sent = AreaResult.Mark(at: try cells.next(), name: try cells.next())
        withdrawnAt = try cells.nextIfAny()
    }
}

/// A piece of evidence as it was sent.
struct SubmittedFile: Sendable, Equatable {
    let file: FileID
    let description: String
    let name: String
    let size: Int
    let digest: String
    let sentAt: Instant
    let sender: String

    init(_ item: EvidenceItem) {
        file = item.file.id
        description = item.description
        name = item.file.name
        size = item.file.size
        digest = item.file.digest.hexadecimal
        sentAt = item.sent.at
        sender = item.sent.name
    }

    init?(_ json: JSON) {
        guard let id = json["file"]?.wholeNumber, let size = json["size"]?.wholeNumber,
            let sentAt = json["sent-at"]?.textValue.flatMap({ Instant($0) })
        else { return nil }
        file = FileID(id)
        self.size = size
        self.sentAt = sentAt
        description = json["description"]?.textValue ?? ""
        name = json["name"]?.textValue ?? ""
        digest = json["sha256"]?.textValue ?? ""
        sender = json["sender"]?.textValue ?? ""
    }

    var json: JSON {
        [
            "file": JSON(file.rawValue), "description": .text(description), "name": .text(name), "size": JSON(size),
            "sha256": .text(digest), "sent-at": .text(sentAt.text), "sender": .text(sender),
        ]
    }
}

extension Query where Answer == Int {
    static func insert(_ submission: Submission, of id: AreaResultID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO submissions (
                area_id, result_id, number, basis, words, narrative, result, score, no_score, evidence, sent_at,
                sender_name
            )
            VALUES (
                \(area), \(id), \(submission.number), \(submission.basis), \(submission.narrative.words),
                \(submission.narrative.others), \(submission.result), \(submission.score), \(submission.noScore), \(JSON.array(submission.evidence.map(\.json))),
                \(submission.sent.at), \(submission.sent.name)
            )
            """)
    }
}

extension Query where Answer == [Submission] {
    /// The latest first.
    static func submissions(of id: AreaResultID, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: Submission.columns)
            FROM submissions s
            WHERE s.area_id = \(area) AND s.result_id = \(id)
            ORDER BY s.number DESC
            """
        ) { try Submission(&$0) }
    }
}
