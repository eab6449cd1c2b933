import Catalogue
import HTML
import Kernel
import Postgres
import Runtime
import Scoring

/// A decision on what an area has sent, before it is stored: by the bureau, the indicator office or the clock.
struct Ruling: Sendable {
    let step: ResultStep
    var comment = ""
    var correctBy: Instant?

    /// The result as it is then, with the entry of its history; nil where there is none to make.
    func applied(
        to before: AreaResult, by actor: ResultActor, named who: AreaResult.Mark, _ terms: ResultTerms
    ) throws(Refusal) -> (AreaResult, Decision?) {
        var after = before
        after.state = try step.outcome(from: before.state, by: actor, terms, at: who.at)
        (after.proposal, after.proposed, after.proposer) = (nil, nil, nil)
        after.forArea.told = who.at
        let verdict: Decision.Verdict
        switch (step, after.state) {
        // What has no score can't be certified by itself: somebody must look at it.
        case (.lapse, .waiting),
            (.lapse, .certified) where after.state == .waiting || before.score == nil:
            (after.state, after.escalatedAt) = (.waiting, who.at)
            return (after, nil)
        case (_, .certified):
            guard let score = before.score else {
                throw .conflict(
                    Phrase(
                        "คำนวณคะแนนไม่ได้ จึงรับรองไม่ได้ ไม่รับรองพร้อมเหตุผล หรือสอบถามเขต",
                        en: "It has no score, so it can't be certified. Don't certify it, or ask the area"))
            }
            (verdict, after.official) = (.certified, score)
            (after.comment, after.correctBy) = (nil, nil)
        case (_, .refused):
            (verdict, after.official) = (.refused, .one)
            (after.comment, after.correctBy) = (comment, correctBy)
        default:
            (verdict, after.official, after.comment) = (.reopened, .one, comment)
        }
        after.decided = who
        after.decidedNumber = before.number
        let decision = Decision(
            number: before.number, verdict: verdict, score: verdict == .certified ? after.official : nil,
            comment: comment, correctBy: correctBy, mark: who)
        return (after, decision)
    }

    /// What the record calls it, by what came of it.
    static func action(for decision: Decision?) -> Action {
        switch decision?.verdict {
        case .certified: .resultCertified
        case .refused: .resultRefused
        case .reopened: .resultReopened
        case nil: .resultEscalated
        }
    }
}

extension Ruling {
    /// What is stored of it: the result, its history, what it certifies, and what the area's results come to.
    static func storing(_ after: AreaResult, _ decision: Decision?, of year: FiscalYear, by member: MemberID?)
        -> [Query<Int>]
    {
        let totals: [Query<Int>] = [.lockTotals(in: after.area), .refreshTotals(of: after.id, in: after.area)]
        guard let decision else { return [.escalate(after)] + totals }
        let stored: [Query<Int>] = [.decide(after, by: member), .insert(decision, on: after.id, in: after.area)]
        return stored + certificates(for: decision, on: after, of: year) + totals
    }

    private static func certificates(
        for decision: Decision, on result: AreaResult, of year: FiscalYear
    ) -> [Query<Int>] {
        switch decision.verdict {
        case .certified: Query<Int>.issueCertificate(of: result.id, year, in: result.area)
        case .refused: []
        case .reopened:
            [.revokeCertificate(of: result.id, in: result.area, because: decision.comment, at: decision.mark.at)]
        }
    }
}

extension Query where Answer == Int {
    /// The bureau has let its time go by.
    fileprivate static func escalate(_ result: AreaResult) -> Query {
        .deed(
            """
            UPDATE area_results
            SET escalated_at = \(result.escalatedAt), told_area_at = \(result.forArea.told), proposal = NULL,
                proposed_at = NULL, proposed_by = NULL, proposer_name = NULL, proposed_comment = NULL,
                proposed_correct_by = NULL
            WHERE area_id = \(result.area) AND id = \(result.id)
            """)
    }

    /// Where the result stands, by what was decided: only the columns that are the central office's to write.
    fileprivate static func decide(_ result: AreaResult, by member: MemberID?) -> Query {
        .deed(
            """
            UPDATE area_results
            SET state = \(result.state), official = \(result.official), decided_number = \(result.decidedNumber),
                decided_at = \(result.decided?.at), decided_by = \(member), decided_name = \(result.decided?.name),
                comment = \(result.comment), correct_by = \(result.correctBy), proposal = NULL, proposed_at = NULL,
                proposed_by = NULL, proposer_name = NULL, proposed_comment = NULL, proposed_correct_by = NULL,
                escalated_at = \(result.escalatedAt),
                told_area_at = \(result.forArea.told), centre_seen_at = \(result.forCentre.seen?.at),
                centre_seen_name = \(result.forCentre.seen?.name)
            WHERE area_id = \(result.area) AND id = \(result.id)
            """)
    }
}

extension AreaResult {
    /// Says on the area's record what happened to its result.
    func entry(
        _ action: Action, named name: String, since before: AreaResult,
        by who: (area: AreaID, member: MemberID?, name: String),
        from address: String = "", at now: Instant
    ) -> JournalEntry {
        let (was, became) = difference(from: before.json, to: json)
        return JournalEntry(
            area: area, happenedAt: now, actorArea: who.area, actor: who.member, actorName: who.name, address: address,
            action: action.name, subject: subject, subjectName: name, before: was, after: became)
    }
}
