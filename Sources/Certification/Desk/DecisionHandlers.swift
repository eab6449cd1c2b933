import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// The result counts as reported. The next that waits comes at once.
func certifyResult(_ context: Context) async throws -> Outcome {
    try await decide(context, Ruling(step: .certify), says: Phrase("รับรองผลแล้ว", en: "Certified"))
}

/// It doesn't count; the area is told why, and until when it may correct it.
func refuseResult(_ context: Context) async throws -> Outcome {
    let draft = refusalDraft(context)
    if !draft.problems.isEmpty {
        guard context.isPart else { throw Refusal.invalid(draft.problems) }
        return try await deskPart(context, open: try deskKey(context), draft.problems)
    }
    return try await decide(
        context, Ruling(step: .refuse, comment: draft["comment"], correctBy: draft.moment("correct-by")),
        says: Phrase("ไม่รับรอง แจ้งเขตแล้ว", en: "Not certified; the area is told"))
}

private func refusalDraft(_ context: Context) -> FormDraft {
    var form = context.form.fields
    // Chosen, and nothing typed over it.
    if tidied(form["comment"] ?? "").isEmpty { form.set("comment", form["canned"]) }
    var draft = FormDraft(decisionFields, form)
    if draft["comment"].isEmpty {
        draft.refuse("comment", Phrase("บอกเขตว่าเหตุใดจึงไม่รับรอง", en: "Tell the area why it isn't certified"))
    }
    if draft.isChecked("keep"), draft["comment"].unicodeScalars.count > CannedComment.limit {
        draft.refuse(
            "comment",
            Phrase(
                "เก็บไว้ใช้ซ้ำได้ไม่เกิน \(CannedComment.limit) ตัวอักษร",
                en: "Only comments of up to \(CannedComment.limit) characters can be kept"))
    }
    if let correctBy = draft.moment("correct-by"), correctBy <= context.now {
        draft.refuse("correct-by", Phrase("ต้องเป็นเวลาข้างหน้า", en: "This must lie ahead"))
    }
    return draft
}

private func decide(_ context: Context, _ ruling: Ruling, says: Phrase) async throws -> Outcome {
    let key = try deskKey(context)
    let form = context.form.fields
    let seen = SeenItem(number: form["number"].flatMap { Int($0) }, decided: form["decided"])
    let outcome: DeskOutcome
    do {
        outcome = try await context.deed(onSubmissionsOf: key.area) { deed in
            try await deed.decide(key, ruling, havingSeen: seen)
        }
    } catch Refusal.conflict(let reason) where context.isPart {
        return try await deskPart(context, open: key, [FieldProblem("item", reason)])
    }
    if ruling.step == .refuse, FormDraft(decisionFields, form).isChecked("keep") {
        try await context.deed { _ = try await $0.run(.keepComment(ruling.comment, in: $0.area)) }
    }
    if context.isPart { return try await deskPart(context, after: key) }
    guard let scope = origin(of: context) else { return .done("/desk", says: outcome.says(says)) }
    let (visit, lines) = try await context.centralPage(of: .queue(scope))
    let queue = DeskQueue(scope, lines, showing: DeskView(context), open: key, to: visit.viewer)
    return .done(queue.path(to: queue.next(for: visit.viewer, at: visit.now)), says: outcome.says(says))
}

/// Where the certifier is working: the queue goes on from there.
private func origin(of context: Context) -> DeskScope? {
    let parts = (context.form.fields["in"] ?? "").split(separator: "/").map(String.init)
    guard parts.count == 4, parts[0] == "desk" else { return nil }
    return DeskScope(parts[1], parts[2], parts[3])
}

/// The same item again, and why nothing was done.
private func deskPart(_ context: Context, open key: DeskKey, _ problems: [FieldProblem]) async throws -> Outcome {
    guard let scope = origin(of: context) else { throw Refusal.invalid(problems) }
    let (visit, desk) = try await desk(scope, open: key, context)
    return desk.part(visit.refusing(Rejection(fields: context.form.fields, problems: problems)))
}

extension Visit {
    fileprivate func refusing(_ rejection: Rejection) -> Visit {
        var copy = self
        copy.rejection = rejection
        return copy
    }
}

/// The next that waits, in the place of what was decided.
private func deskPart(_ context: Context, after key: DeskKey) async throws -> Outcome {
    guard let scope = origin(of: context) else { throw Refusal.notFound }
    let likely = context.form.fields["next"].flatMap { DeskKey($0) } ?? key
    let (visit, desk) = try await desk(scope, likely: likely, context) { visit, lines in
        let decided = DeskQueue(scope, lines, showing: DeskView(context), open: key, to: visit.viewer)
        return decided.opening(decided.next(for: visit.viewer, at: visit.now)?.key ?? key)
    }
    return desk.part(
        visit, decided: key, headers: ["hx-push-url": visit.link(desk.queue.path(to: desk.queue.open))])
}

extension Deed {
    /// Decides on what was seen, and on nothing that either side has done since.
    func decide(_ key: DeskKey, _ wanted: Ruling, havingSeen seen: SeenItem) async throws -> DeskOutcome {
        let national = try await find(.nationalForUpdate(key.result, in: key.area))
        let before = national.result
        guard let terms = national.terms else { throw Refusal.notFound }
        try seen.requireUnchanged(before)
        var ruling = wanted
        if !national.national.rule.mayCorrect { ruling.correctBy = nil }
        let mark = AreaResult.Mark(at: now, name: viewer?.name ?? "")
        if let outcome = try await proposed(ruling, national, terms, mark) { return outcome }
        let (ruled, decision) = try ruling.applied(
            to: before, by: DeskAccess(viewer, national).actor, named: mark, terms)
        var after = ruled
        // Who decides has seen what was new.
        if after.forCentre.isNew { after.forCentre.seen = mark }
        sendAlong(.receiveMessages(for: .centre, about: after.id, in: after.area, by: mark.name, at: now))
        try await store(after, decision, since: national)
        return .decided
    }

    /// Where the result stands then, with its history, the area's totals and the record.
    func store(_ after: AreaResult, _ decision: Decision?, since national: NationalResult) async throws {
        let year = national.national.definition.year
        for query in Ruling.storing(after, decision, of: year, by: viewer?.member) { sendAlong(query) }
        let (was, became) = difference(from: national.result.json, to: after.json)
        try await record(
            Ruling.action(for: decision), on: after.subject, named: national.name, before: was, after: became)
    }
}

/// What of an item was seen before it was decided: the sending, and the decision that stood then.
struct SeenItem: Sendable {
    /// Nil where the sender doesn't say.
    var number: Int?
    /// When it was decided, empty for not yet; nil where the sender doesn't say: then nobody may have decided it.
    var decided: String?

    func requireUnchanged(_ now: AreaResult) throws(Refusal) {
        if let number, number != now.number || now.state == .unreported {
            throw .conflict(
                now.state == .waiting
                    ? Phrase(
                        "เขตส่งใหม่หลังจากที่ท่านเปิดดู ดูอีกครั้งก่อนตัดสิน",
                        en: "The area has sent it anew since you opened it. Look again before you decide")
                    : Phrase(
                        "เขตถอนคืนไปแล้ว จึงยังไม่มีอะไรให้ตัดสิน",
                        en: "The area has withdrawn it: there is nothing to decide"))
        }
        guard let mark = now.decided, decided != mark.at.text, decided != nil || now.state != .waiting else { return }
        throw .conflict(
            (mark.name.isEmpty ? Phrase("ระบบ", en: "The clock") : Phrase(same: mark.name))
                + Phrase(" ตัดสินไปแล้วเมื่อ ", en: " has decided it on ") + mark.at.inShort)
    }
}
