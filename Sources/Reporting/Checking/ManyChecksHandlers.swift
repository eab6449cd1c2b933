import Catalogue
import HTML
import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

let manyChecksFields = [
    FormField(
        "reports", Phrase("เลขรายงาน คั่นด้วยจุลภาค", en: "Numbers of reports, with commas between"),
        .longText(limit: 20_000), required: true),
    FormField(
        "as", Phrase("ให้คะแนนตาม", en: "Score by"),
        .choice([
            .init("self", Phrase("ที่หน่วยงานประเมินตนเอง", en: "the self-score")),
            .init("figures", Phrase("ที่คำนวณจากตัวเลข", en: "what the figures come to")),
        ]), required: true),
    FormField(
        "reason", Phrase("เหตุผล สำหรับแห่งที่ได้ต่ำกว่าประเมินตนเอง", en: "Reason, for those below their self-score"),
        .text(limit: 500)),
]

func showManyChecks(_ context: Context) async throws -> Outcome {
    let (id, round) = try checkedRound(of: context)
    let (visit, indicator, waiting) = try await context.page(
        .head(of: id, in: context.area.id), .waiting(of: id, in: round, of: context.area.id))
    guard let indicator, !indicator.isHidden else { throw Refusal.notFound }
    return .page(ManyChecksPage(visit: visit, indicator: indicator, round: round, waiting: waiting), visit)
}

/// Each gets its own score; all of them or, when one has changed since it was seen, none.
func checkMany(_ context: Context) async throws -> Outcome {
    let (indicator, round) = try checkedRound(of: context)
    var input = context.form.fields
    // Ticked one by one on the page, each with the version that was seen; programs list the numbers.
    let ticked = input.values(of: "reports").flatMap { $0.split(separator: ",") }.map { $0.split(separator: ".") }
    input.set("reports", ticked.compactMap(\.first).joined(separator: ","))
    let draft = FormDraft(manyChecksFields, input)
    try draft.check()
    let seen = ticked.compactMap { parts in
        parts.first.flatMap { ReportID(sqlText: String($0)) }.map { ($0, parts.count > 1 ? Int(parts[1]) : nil) }
    }
    let count = try await context.deed { deed in
        for (id, version) in seen {
            let change = try await ReportChange(id, deed)
            guard change.access.mayCheck, change.before.indicator == indicator, change.before.round == round else {
                throw Refusal.notFound
            }
            try change.requireUnchanged(since: version)
            try await change.check(change.score(by: draft["as"], because: draft["reason"]))
        }
        return seen.count
    }
    return .done(
        "/indicators/\(indicator)/rounds/\(round.code)/checks",
        says: Phrase("ให้คะแนน \(count) หน่วยงานแล้ว", en: "\(count) are checked"), json: ["checked": JSON(count)])
}

extension ReportChange {
    /// What the unit gave itself, or what its figures come to; where that is less, with the reason.
    fileprivate func score(by source: String, because reason: String) throws(Refusal) -> CheckScore {
        let own = before.selfScore.map { Exact($0) }
        guard let score = source == "self" ? own : before.score else {
            throw .invalid(
                "as",
                Phrase(
                    "\(before.reporter) ไม่มีคะแนนจากตัวเลข ตรวจรายแห่งแทน",
                    en: "\(before.reporter) has no score from its figures: check it by itself"))
        }
        let isLess = own.map { score < $0 } ?? false
        let given = CheckScore(score, because: isLess ? reason : "")
        try given.requireReason(below: before.selfScore)
        return given
    }
}

/// An address that can't be one is found by nobody, once it is known who asks.
func checkedRound(of context: Context) throws(Refusal) -> (IndicatorID, Round) {
    guard let round = Round(code: context.request.parameters["round"] ?? "") else {
        return (IndicatorID(0), Round.all[0])
    }
    return (try context.identifier("indicator"), round)
}
