import Catalogue
import Evidence
import Kernel
import Postgres
import Runtime
import Scoring

/// A result that is about to be sent as it stands: by the area, or anew with new central data.
struct Sending: Sendable {
    let entry: ResultEntry
    let draft: ResultDraft
    let evidence: [EvidenceItem]
    let rollUp: RollUp
    let mark: AreaResult.Mark
    let state: ResultState

    private var area: AreaID { entry.result.area }

    /// The result once it is sent.
    var after: AreaResult {
        var after = entry.result
        after.state = state
        after.number += 1
        after.result = try? assessment.get().result
        after.score = try? assessment.get().score
        after.sent = mark
        return after
    }

    private var assessment: Result<Assessment, NoScore> { entry.sheet.assess(draft.entries) }

    func queries(saving after: AreaResult) -> [Query<Int>] {
        let submission = Submission(
            number: after.number, basis: basis, narrative: draft.narrative, assessment, evidence, mark)
        return [
            .save(after, in: area), .insert(submission, of: after.id, in: area),
            .insert(rollUp.counted, as: after.number, of: after.id, in: area), .submitFiles(of: after.id, in: area),
            .lockTotals(in: area), .refreshTotals(of: after.id, in: area),
        ]
    }

    /// What the score comes from, with the version of the definition, and how many schools it counts.
    private var basis: JSON {
        var members: [JSON.Member] = [.init(name: "version", value: JSON(entry.national.version))]
        members += entry.sheet.basis(draft.entries).members
        guard rollUp.source != nil else { return .object(members) }
        let schools: JSON = ["counted": JSON(rollUp.counted.count), "expected": JSON(rollUp.reports.count)]
        return .object(members + [.init(name: "schools", value: schools)])
    }
}
