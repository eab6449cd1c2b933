import Catalogue
import Evidence
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A report that is about to change, locked with its round's counts.
struct ReportChange: Sendable {
    let deed: Deed
    let before: Report
    let sheet: ReportSheet
    let evidence: [EvidenceItem]
    let access: ReportAccess

    init(_ id: ReportID, _ deed: Deed) async throws {
        let (_, report, sheet, evidence) = try await deed.run(
            .lockRound(ofReport: id, in: deed.area), .reportForUpdate(id, in: deed.area),
            .sheet(ofReport: id, in: deed.area), .evidence(of: .report(id), in: deed.area))
        try self.init(deed, report, sheet, evidence)
    }

    fileprivate init(
        _ deed: Deed, _ report: Report?, _ sheet: ReportSheet?, _ evidence: [EvidenceItem]
    ) throws(Refusal) {
        guard let report, let sheet else { throw Refusal.notFound }
        self.deed = deed
        self.sheet = sheet
        self.evidence = evidence
        before = report
        access = ReportAccess(deed.viewer, report, sheet)
        guard access.maySee else { throw Refusal.notFound }
    }

    var signature: Report.Signature {
        Report.Signature(at: deed.now, member: deed.viewer?.member, name: deed.viewer?.name ?? "")
    }

    /// Takes a step, if it can be taken now: checks it on the rule, stores the report with its counts, and says so on
    /// the record, unless it is but one of many savings while somebody types.
    @discardableResult
    func take(
        _ step: ReportStep, from report: Report? = nil, saying words: JSON = [:], isOnRecord: Bool = true,
        _ change: (inout Report) -> Void = { _ in }
    ) async throws -> Report {
        var after = report ?? before
        after.state = try step.outcome(from: before.state, before.terms(sheet), at: deed.now)
        guard !sheet.isYearClosed else {
            throw Refusal.conflict(
                Phrase(
                    "ปีงบประมาณ \(sheet.year.number) ปิดแล้ว แก้ไขไม่ได้",
                    en: "The fiscal year \(sheet.year.number) is closed"))
        }
        after.version += 1
        change(&after)
        deed.sendAlong(
            .save(after, basis: step == .confirm ? sheet.basis(after.entries) : nil, in: deed.area),
            .count(before, after, in: deed.area))
        guard isOnRecord || after.state != before.state else { return after }
        let whole = after.json
        let (was, became) = difference(from: before.json, to: whole)
        // What is confirmed is told whole: much of it may have been saved while it was typed.
        let told = step == .confirm ? whole : became
        try await deed.record(
            step.action, on: after.subject, named: name, before: was, after: .object(told.members + words.members))
        return after
    }

    /// `1.1 ชื่อ · รอบ 6 เดือน · โรงเรียน`
    var name: String { "\(sheet.title) · \(sheet.round.name.thai) · \(before.reporter)" }
}

extension Context {
    /// Changes a report: all of it or nothing, by one who may.
    func change<Result: Sendable>(
        _ id: ReportID, _ body: @Sendable (ReportChange) async throws -> Result
    ) async throws -> Result {
        let area = area.id
        return try await deed(
            finding: { transaction, viewer in
                let (who, _, report, sheet, evidence) = try await transaction.run(
                    viewer, .lockRound(ofReport: id, in: area), .reportForUpdate(id, in: area),
                    .sheet(ofReport: id, in: area), .evidence(of: .report(id), in: area))
                return (who, (report, sheet, evidence))
            },
            then: { deed, found in try await body(ReportChange(deed, found.0, found.1, found.2)) })
    }
}

extension EvidenceHolder {
    static func report(_ id: ReportID) -> EvidenceHolder { EvidenceHolder("assignment_id", id.rawValue) }
}

extension Report {
    /// As programs and the record see it.
    var json: JSON {
        let entered = entries.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .text($0.value)) }
        let computed: JSON = [
            "self-score": selfScore.map { JSON($0) } ?? .null,
            "result": JSON(result?.text(decimals: ScoreRule.resultDecimals)),
            "score": JSON(score?.text(decimals: ScoreRule.scoreDecimals)),
            "check-score": JSON(checkScore?.text(decimals: ScoreRule.scoreDecimals)),
            "correct-by": JSON(correctBy),
        ]
        return .object(
            [
                .init(name: "state", value: .text(state.rawValue)), .init(name: "entries", value: .object(entered)),
            ] + narrative.members + computed.members)
    }
}
