import Catalogue
import HTML
import Kernel
import Postgres
import Runtime

/// Where an indicator needs two people: the first proposes, and nothing counts until another agrees.
extension Deed {
    /// Whether it stays a proposal, or ends one: then there is nothing more to decide now.
    func isOnlyProposed(
        _ ruling: Ruling, _ national: NationalResult, _ terms: ResultTerms, _ mark: AreaResult.Mark
    ) async throws -> Bool {
        let before = national.result
        guard national.national.rule.needsSecond, before.state == .waiting else { return false }
        // What could not be done may not be proposed either.
        _ = try ruling.applied(to: before, by: DeskAccess(viewer, national).actor, named: mark, terms)
        let verdict: AreaResult.Verdict = ruling.step == .certify ? .certify : .refuse
        guard let proposal = before.proposal else {
            try await propose(verdict, ruling, national, mark)
            return true
        }
        guard before.proposer != viewer?.member else {
            throw Refusal.conflict(
                Phrase("ท่านเสนอไว้แล้ว รอผู้เห็นชอบคนที่สอง", en: "You have proposed it. A second person must agree"))
        }
        if proposal == verdict { return false }
        // They disagree: it waits again, and both are on the record.
        try await propose(nil, ruling, national, mark)
        return true
    }

    private func propose(
        _ verdict: AreaResult.Verdict?, _ ruling: Ruling, _ national: NationalResult, _ mark: AreaResult.Mark
    ) async throws {
        var after = national.result
        after.proposal = verdict
        after.proposed = verdict == nil ? nil : mark
        after.proposer = verdict == nil ? nil : viewer?.member
        after.comment = verdict == nil ? nil : ruling.comment
        sendAlong(.decide(after, by: nil))
        try await record(
            verdict == nil ? .proposalDeclined : .resultProposed, on: after.subject, named: national.name,
            after: ["proposal": JSON(verdict?.rawValue), "comment": .text(ruling.comment)])
    }
}

extension Action {
    static let resultProposed = Action("result.proposed", Phrase("เสนอผลการพิจารณา", en: "Decision proposed"))
    static let proposalDeclined = Action("result.proposal-declined", Phrase("ไม่เห็นชอบข้อเสนอ", en: "Proposal declined"))
}
