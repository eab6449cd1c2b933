import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Scoring

let checkFields = [
    FormField(
        "check-score", Phrase("คะแนนที่ให้", en: "Score"), .text(limit: 20), required: true,
        hint: Phrase("1 ถึง 5 มีทศนิยมได้ถึง 5 ตำแหน่ง", en: "1 to 5, with up to 5 decimals")),
    FormField("reason", Phrase("เหตุผล", en: "Reason"), .longText(limit: ReportComment.wordsLimit)),
]

let returnFields = [
    FormField(
        "comment", Phrase("ต้องแก้ไขอะไร", en: "What is to be corrected"), .longText(limit: ReportComment.wordsLimit),
        required: true),
    FormField("correct-by", Phrase("แก้ไขภายใน", en: "Correct by"), .moment, required: true),
]

/// One report to be checked beside its evidence; the way on leads to the next, not back to a list.
func showCheck(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let area = context.area.id
    let (visit, report, sheet, evidence, comments, history, queue) = try await context.page(
        .report(id, in: area), .sheet(ofReport: id, in: area), .evidence(of: .report(id), in: area),
        .comments(of: id, in: area), .history(of: id, in: area), .queue(around: id, in: area))
    guard let report, let sheet, ReportAccess(visit.viewer, report, sheet).mayReturn else { throw Refusal.notFound }
    try await context.noteOpening(of: report, sheet, by: visit, history)
    return .page(
        CheckPage(
            visit: visit, report: report, sheet: sheet, evidence: evidence, comments: comments, history: history,
            queue: queue), visit)
}

func checkReport(_ context: Context) async throws -> Outcome {
    let score = try CheckScore(context.form.fields)
    return try await decide(context, says: Phrase("ให้คะแนนแล้ว", en: "The score is given")) { change in
        try score.requireReason(below: change.before.selfScore)
        // A double click: it has this score from this person already.
        if change.before.state == .checked, change.before.checkScore == score.value,
            change.before.checked?.member == change.deed.viewer?.member
        {
            return
        }
        try change.requireUnchanged()
        try await change.check(score)
    }
}

/// What a checker gives, and why.
struct CheckScore: Sendable {
    let value: Exact
    let reason: String

    init(_ input: Fields) throws(Refusal) {
        var input = input
        // A button that gives a score by itself.
        if let offered = input["offered"] { input.set("check-score", offered) }
        var draft = FormDraft(checkFields, input)
        let typed = draft["check-score"]
        let value = Exact(typed)
        if let value, value >= .one, value <= Exact(5), value.hasAtMost(decimals: ScoreRule.scoreDecimals) {
            self.value = value
        } else {
            self.value = .one
            if !typed.isEmpty {
                draft.refuse(
                    "check-score",
                    Phrase("ใส่คะแนน 1 ถึง 5 ที่ใส่มาคือ \(typed)", en: "Enter a score from 1 to 5. You entered \(typed)"))
            }
        }
        reason = draft["reason"]
        try draft.check()
    }

    /// As exact as a score that is typed.
    init(_ value: Exact, because reason: String) {
        self.value = Exact(value.text(decimals: ScoreRule.scoreDecimals)) ?? value
        self.reason = reason
    }

    /// Who gives less than the unit gave itself says why.
    func requireReason(below selfScore: Int?) throws(Refusal) {
        guard let selfScore, value < Exact(selfScore), reason.isEmpty else { return }
        throw .invalid(
            "reason",
            Phrase(
                "ต่ำกว่าที่หน่วยงานประเมินตนเอง (\(selfScore)) บอกเหตุผลให้หน่วยงานทราบ",
                en: "It is below the self-score (\(selfScore)): tell the unit why"))
    }
}

extension ReportChange {
    func check(_ score: CheckScore) async throws {
        try await take(.check, saying: score.reason.isEmpty ? [:] : ["reason": .text(score.reason)]) { report in
            report.checkScore = score.value
            report.checked = signature
        }
        guard !score.reason.isEmpty else { return }
        _ = try await deed.run(
            .comment(score.reason, .check, on: before.id, in: deed.area, by: deed.viewer, at: deed.now))
    }

    /// What the checker saw is what is decided on; who decided meanwhile is named.
    func requireUnchanged() throws(Refusal) {
        try requireUnchanged(since: deed.context.form.fields["version"].flatMap { Int($0) })
    }

    func requireUnchanged(since seen: Int?) throws(Refusal) {
        if let checked = before.checked, before.state == .checked {
            throw .conflict(
                Phrase(
                    "\(checked.name) ตรวจรายงานของ \(before.reporter) แล้วเมื่อ ",
                    en: "\(checked.name) has checked the report of \(before.reporter) on ") + checked.at.inShort)
        }
        guard let seen, seen != before.version else { return }
        throw .conflict(
            Phrase(
                "รายงานของ \(before.reporter) เปลี่ยนไปหลังจากที่ท่านเปิดดู ดูอีกครั้งก่อนตัดสิน",
                en: "The report of \(before.reporter) has changed since you opened it. Look again before you decide"))
    }
}

/// Back to waiting for a check, by whoever may check.
func undoCheck(_ context: Context) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    try await context.change(id) { change in
        guard change.access.mayCheck else { throw Refusal.notFound }
        try await change.take(.undoCheck) { report in
            report.checkScore = nil
            report.checked = nil
        }
    }
    return .done("/reports/\(id)/check", says: Phrase("ยกเลิกผลตรวจแล้ว", en: "The check is undone"))
}

/// With what is to be corrected, and until when.
func returnReport(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(returnFields, context.form.fields)
    let correctBy = draft.moment("correct-by")
    if let correctBy, correctBy <= context.now {
        draft.refuse("correct-by", Phrase("ต้องเป็นเวลาข้างหน้า", en: "It must lie ahead"))
    }
    try draft.check()
    guard let correctBy else { throw Refusal.notFound }
    let comment = draft["comment"]
    return try await decide(context, says: Phrase("ส่งกลับแก้ไขแล้ว", en: "Returned for correction")) { change in
        try change.requireUnchanged()
        try await change.take(.giveBack, saying: ["comment": .text(comment), "until": .text(correctBy.text)]) {
            report in
            report.correctBy = correctBy
            report.confirmed = nil
        }
        let deed = change.deed
        _ = try await deed.run(
            .comment(comment, .giveBack, on: change.before.id, in: deed.area, by: deed.viewer, at: deed.now))
        _ = try await deed.run(.planDeadline(at: correctBy, in: deed.area))
    }
}

private func decide(
    _ context: Context, says: Phrase, _ body: @Sendable (ReportChange) async throws -> Void
) async throws -> Outcome {
    let id: ReportID = try context.identifier("report")
    let (next, report): (ReportID?, Report)
    do {
        (next, report) = try await context.change(id) { change in
            guard change.access.mayReturn else { throw Refusal.notFound }
            try await body(change)
            let queue = try await change.deed.run(.queue(around: id, in: change.deed.area))
            return (queue.next, change.before)
        }
    } catch Refusal.conflict(let reason) where !context.isAPI {
        throw Refusal.invalid("version", reason)
    }
    let path =
        context.form.fields["then"] == "next"
        ? next.map { "/reports/\($0)/check" } ?? "/indicators/\(report.indicator)/matrix" : "/reports/\(id)/check"
    return .done(path, says: Phrase(same: "\(report.reporter): ") + says)
}

extension Exact {
    fileprivate func hasAtMost(decimals: Int) -> Bool { Exact(text(decimals: decimals)) == self }
}
