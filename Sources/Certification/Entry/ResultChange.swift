import Catalogue
import Evidence
import HTML
import Jobs
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring
import Secrets

/// An area's result that its own people are about to change, locked.
struct ResultChange: Sendable {
    let deed: Deed
    let entry: ResultEntry
    let evidence: [EvidenceItem]
    let rollUp: RollUp

    var result: AreaResult { entry.result }
    var mark: AreaResult.Mark { AreaResult.Mark(at: deed.now, name: deed.viewer?.name ?? "") }

    /// Nothing of what was typed goes unseen: who has saved meanwhile is named.
    func requireUnchanged(since seen: Int?) throws(Refusal) {
        guard let seen, seen != entry.draft.version else { return }
        let who = entry.draft.saved?.name ?? ""
        throw .conflict(
            Phrase(
                "\(who) แก้ไขผลนี้ระหว่างที่ท่านเปิดอยู่ ดูค่าที่บันทึกไว้ก่อนส่งอีกครั้ง",
                en: "\(who) has changed this result since you opened it. Look at what is saved before you send again"))
    }

    func requireOpen(_ step: ResultStep) throws(Refusal) -> ResultState {
        try step.outcome(from: result.state, by: .area, entry.terms, at: deed.now)
    }

    func save(_ draft: ResultDraft) async throws -> ResultDraft {
        var draft = draft
        guard draft != entry.draft else { return draft }
        draft.version += 1
        draft.saved = mark
        deed.sendAlong(.save(draft, of: result.id, in: deed.area))
        // One person's typing is told when it is sent; where two have typed, each is.
        let isOthers = entry.draft.saved.map { $0.name != deed.viewer?.name } ?? false
        guard !deed.context.isPart || isOthers else { return draft }
        let (before, after) = difference(from: entry.draft.json, to: draft.json)
        try await deed.record(.resultSaved, on: result.subject, named: entry.whole.name, before: before, after: after)
        return draft
    }

    /// Sends it to the central office, as it stands.
    func confirm(_ draft: ResultDraft) async throws {
        let sending = Sending(
            entry: entry, draft: draft, evidence: evidence, rollUp: rollUp, mark: mark,
            state: try requireOpen(.confirm))
        var after = sending.after
        // What is sent for the first time stands in the bureau's queue anyway.
        if result.decided != nil { after.forCentre.told = deed.now }
        for query in sending.queries(saving: after) { deed.sendAlong(query) }
        // Corrected or sent with more time, the bureau's time is over later than the round's.
        if entry.terms.isMoved {
            deed.sendAlong(.enqueue(ResultClock.job, [:], in: deed.area.rawValue, at: entry.terms.decideBy + 1))
        }
        try await record(.resultSent, after, saying: draft.json)
        if result.decided != nil { deed.tellCentre(.resultSent, entry.whole) }
    }

    func withdraw() async throws {
        var after = result
        after.state = try requireOpen(.withdraw)
        deed.sendAlong(
            .save(after, in: deed.area),
            .withdrawSubmission(result.number, of: result.id, in: deed.area, at: deed.now),
            .lockTotals(in: deed.area), .refreshTotals(of: result.id, in: deed.area))
        try await record(.resultWithdrawn, after)
    }

    private func record(_ action: Action, _ after: AreaResult, saying more: JSON = [:]) async throws {
        let (before, became) = difference(from: result.json, to: after.json)
        try await deed.record(
            action, on: result.subject, named: entry.whole.name, before: before,
            after: .object(became.members + more.members))
    }
}

extension ResultDraft {
    var json: JSON { .object([.init(name: "entries", value: entriesJSON)] + narrative.members) }
}

extension Context {
    /// Changes a result of this area: all of it or nothing.
    func changeResult<Result: Sendable>(_ body: @Sendable (ResultChange) async throws -> Result) async throws -> Result
    {
        let id: AreaResultID = try identifier("result")
        let area = area.id
        return try await deed(
            finding: { transaction, viewer in
                let (who, entry, evidence, rollUp) = try await transaction.run(
                    viewer, .entryForUpdate(id, in: area), .evidence(of: .result(id), in: area),
                    .rollUp(for: id, in: area))
                return (who, (entry?.counting(rollUp), evidence, rollUp))
            },
            then: { deed, found in
                guard let entry = found.0 else { throw Refusal.notFound }
                return try await body(ResultChange(deed: deed, entry: entry, evidence: found.1, rollUp: found.2))
            })
    }
}
