import Catalogue
import HTML
import Kernel
import Postgres
import Runtime

/// Where an indicator needs two people: the first proposes, and nothing counts until another agrees.
extension Deed {
    /// What came of it where it stays a proposal, or ends one; nil where it is to be decided now.
    func proposed(
        _ ruling: Ruling, _ national: NationalResult, _ terms: ResultTerms, _ mark: AreaResult.Mark
    ) async throws -> DeskOutcome? {
        let before = national.result
        guard national.national.rule.needsSecond, before.state == .waiting else { return nil }
        // What could not be done may not be proposed either.
        _ = try ruling.applied(to: before, by: DeskAccess(viewer, national).actor, named: mark, terms)
        let verdict: AreaResult.Verdict = ruling.step == .certify ? .certify : .refuse
        guard let proposal = before.proposal else {
            try await propose(verdict, ruling, national, mark)
            return .proposed
        }
        guard before.proposer != viewer?.member else {
            throw Refusal.conflict(
                Phrase("ท่านเสนอไว้แล้ว รอผู้เห็นชอบคนที่สอง", en: "You have proposed it. A second person must agree"))
        }
        if proposal == verdict { return nil }
        // They disagree: it waits again, and both are on the record.
        try await propose(nil, ruling, national, mark)
        return .declined
    }

    private func propose(
        _ verdict: AreaResult.Verdict?, _ ruling: Ruling, _ national: NationalResult, _ mark: AreaResult.Mark
    ) async throws {
        sendAlong(.propose(verdict, ruling, on: national.result, by: viewer?.member, mark))
        try await record(
            verdict == nil ? .proposalDeclined : .resultProposed, on: national.result.subject, named: national.name,
            after: ["proposal": JSON(verdict?.rawValue), "comment": .text(ruling.comment)])
    }
}

/// What came of a decision.
enum DeskOutcome: Sendable {
    case decided, proposed, declined

    /// What one is told who has just decided; `decided` says what.
    func says(_ decided: Phrase) -> Phrase {
        switch self {
        case .decided: decided
        case .proposed: Phrase("เสนอแล้ว รอผู้เห็นชอบคนที่สอง", en: "Proposed. A second person must agree")
        case .declined: Phrase("ไม่เห็นชอบข้อเสนอ รายการนี้กลับไปรอ", en: "The proposal is declined; it waits again")
        }
    }
}

extension Query where Answer == Int {
    fileprivate static func propose(
        _ verdict: AreaResult.Verdict?, _ ruling: Ruling, on result: AreaResult, by member: MemberID?,
        _ mark: AreaResult.Mark
    ) -> Query {
        let isOne = verdict != nil
        return .deed(
            """
            UPDATE area_results
            SET proposal = \(verdict), proposed_at = \(isOne ? mark.at : nil), proposed_by = \(isOne ? member : nil),
                proposer_name = \(isOne ? mark.name : nil), proposed_comment = \(isOne ? ruling.comment : nil),
                proposed_correct_by = \(isOne ? ruling.correctBy : nil)
            WHERE area_id = \(result.area) AND id = \(result.id)
            """)
    }
}

extension Action {
    static let resultProposed = Action("result.proposed", Phrase("เสนอผลการพิจารณา", en: "Decision proposed"))
    static let proposalDeclined = Action("result.proposal-declined", Phrase("ไม่เห็นชอบข้อเสนอ", en: "Proposal declined"))
}
