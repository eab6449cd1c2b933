import Catalogue
import Evidence
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

enum AreaResultKey {}
typealias AreaResultID = Identifier<AreaResultKey>

/// An area's result of a national indicator in a round, as both sides see it.
struct AreaResult: Sendable {
    /// Who did something, and when.
    struct Mark: Sendable, Equatable {
        var at: Instant
        var name: String
    }

    /// What one side had for the other, and whether that has acknowledged it.
    struct News: Sendable {
        var told: Instant?
        var seen: Mark?

        var isNew: Bool {
            guard let told else { return false }
            return seen.map { $0.at < told } ?? true
        }
    }

    enum Verdict: String, SQLValue {
        case certify, refuse
    }

    let area: AreaID
    let id: AreaResultID
    let indicator: IndicatorID
    let round: Round
    var state: ResultState
    /// Of the last sending; 0 before the first.
    var number: Int
    var result: Exact?
    var score: Exact?
    var sent: Mark?
    var official: Exact
    /// The sending that was decided on.
    var decidedNumber: Int?
    var decided: Mark?
    var comment: String?
    var correctBy: Instant?
    var proposal: Verdict?
    var proposed: Mark?
    var proposer: MemberID?
    var proposedComment: String?
    var proposedCorrectBy: Instant?
    var extendedUntil: Instant?
    var extensionReason: String?
    var cutAt: Instant?
    var escalatedAt: Instant?
    var forArea: News
    var forCentre: News
    var assignee: MemberID?
    var assigneeName: String?
    var looker: Looker?

    var subject: String { "result/\(id)" }
    var path: String { "/results/\(id)" }

    /// Of `area_results r`: nothing of what is only being filled in.
    static let columns = columns(result: "r.result", score: "r.score", official: "r.official")
    /// The same for pages, with the very digits that they show: exact ones have up to sixty. Rounded to more, they would
    /// be rounded twice.
    static let shortColumns = columns(
        result: "round(r.result, \(ScoreRule.resultDecimals))", score: "round(r.score, \(ScoreRule.scoreDecimals))",
        official: "round(r.official, \(ScoreRule.scoreDecimals))")

    private static func columns(result: SQL, score: SQL, official: SQL) -> SQL {
        """
        r.area_id, r.id, r.indicator_id, r.round, r.state, r.number, \(part: result), \(part: score), r.sent_at,
        r.sent_name, \(part: official), r.decided_number, r.decided_at, r.decided_name, r.comment, r.correct_by,
        r.proposal, r.proposed_at, r.proposer_name, r.proposed_by, r.proposed_comment, r.proposed_correct_by, r.extended_until, r.extension_reason, r.cut_at,
        r.escalated_at, r.told_area_at, r.area_seen_at, r.area_seen_name, r.told_centre_at, r.centre_seen_at,
        r.centre_seen_name, r.assignee_id, r.assignee_name, r.viewed_by, r.looker_name, r.viewed_until
        """
    }

    init(_ cells: inout Cells) throws {
        area = try cells.next()
        id = try cells.next()
        indicator = try cells.next()
        round = try cells.next()
        state = try cells.next()
        number = try cells.next()
        result = try cells.nextIfAny()
        score = try cells.nextIfAny()
        sent = try Self.mark(&cells)
        official = try cells.next()
        decidedNumber = try cells.nextIfAny()
        decided = try Self.mark(&cells)
        comment = try cells.nextIfAny()
        correctBy = try cells.nextIfAny()
        proposal = try cells.nextIfAny()
        proposed = try Self.mark(&cells)
        proposer = try cells.nextIfAny()
        proposedComment = try cells.nextIfAny()
        proposedCorrectBy = try cells.nextIfAny()
        extendedUntil = try cells.nextIfAny()
        extensionReason = try cells.nextIfAny()
        cutAt = try cells.nextIfAny()
        escalatedAt = try cells.nextIfAny()
        forArea = News(told: try cells.nextIfAny(), seen: try Self.mark(&cells))
        forCentre = News(told: try cells.nextIfAny(), seen: try Self.mark(&cells))
        assignee = try cells.nextIfAny()
        assigneeName = try cells.nextIfAny()
        let lookerID = try cells.nextIfAny(MemberID.self)
        let lookerName = try cells.nextIfAny(String.self)
        let until = try cells.nextIfAny(Instant.self)
        looker = lookerID.flatMap { id in until.map { Looker(member: id, name: lookerName ?? "", until: $0) } }
    }

    private static func mark(_ cells: inout Cells) throws -> Mark? {
        let at = try cells.nextIfAny(Instant.self)
        let name = try cells.nextIfAny(String.self)
        return at.map { Mark(at: $0, name: name ?? "") }
    }
}

/// What the area is filling in: its own affair until it is sent.
struct ResultDraft: Sendable, Equatable {
    var entries: [String: String]
    var narrative: Narrative
    var saved: AreaResult.Mark?
    var version: Int

    static let columns: SQL = "r.entries, r.words, r.narrative, r.saved_at, r.saved_name, r.version"

    init(_ cells: inout Cells) throws {
        entries = try cells.next(JSON.self).texts
        narrative = try Narrative(&cells)
        let at = try cells.nextIfAny(Instant.self)
        let name = try cells.nextIfAny(String.self)
        saved = at.map { AreaResult.Mark(at: $0, name: name ?? "") }
        version = try cells.next()
    }

    var entriesJSON: JSON {
        .object(entries.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .text($0.value)) })
    }
}

extension EvidenceHolder {
    static func result(_ id: AreaResultID) -> EvidenceHolder { EvidenceHolder("result_id", id.rawValue) }
}

extension AreaResult {
    /// As programs and the record see it.
    var json: JSON {
        [
            "state": .text(state.rawValue), "number": JSON(number),
            "result": JSON(result?.text(decimals: ScoreRule.resultDecimals)),
            "score": JSON(score?.text(decimals: ScoreRule.scoreDecimals)),
            "official": .text(official.text(decimals: ScoreRule.scoreDecimals)), "comment": JSON(comment),
            "correct-by": JSON(correctBy),
        ]
    }

    static let members: [(name: String, schema: APISchema)] = [
        ("state", .text), ("number", .number), ("result", .optional(.text)), ("score", .optional(.text)),
        ("official", .text), ("comment", .optional(.text)), ("correct-by", .optional(.moment)),
    ]

    func terms(_ national: NationalIndicator) -> ResultTerms? {
        guard let round = national.rounds.first(where: { $0.dates.round == self.round }) else { return nil }
        let deadline = max(round.dates.due, extendedUntil ?? round.dates.due)
        // Who got more time to report, gives the bureau as much more to decide.
        let last = max(deadline, correctBy ?? deadline)
        var decideBy = round.decideBy + (last.seconds - round.dates.due.seconds)
        // Opened again, the bureau has its days once more.
        if state == .waiting, decidedNumber == number, let decided {
            decideBy = max(decideBy, decided.at + (round.decideBy.seconds - round.dates.due.seconds))
        }
        return ResultTerms(
            opening: round.dates.opening, deadline: deadline, correctBy: correctBy,
            decideBy: decideBy, undecided: national.rule.undecided,
            isMoved: last > round.dates.due, isEscalated: escalatedAt != nil, isFrozen: national.isYearClosed,
            bureauName: national.bureauName,
            mayOverturn: decidedNumber == number && !national.rule.needsSecond)
    }
}
