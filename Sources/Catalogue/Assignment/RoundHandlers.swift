import HTML
import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// The rounds that were ticked in an indicator's form are opened with the year's dates. One that is unticked goes
/// only while nobody is assigned in it.
func setRounds(_ wanted: Set<Round>, of indicator: Indicator, as id: IndicatorID, _ deed: Deed) async throws {
    let open = try await deed.run(.rounds(of: id, in: deed.area))
    let known = Set(open.map(\.round))
    let dates = try await deed.run(.roundDates(of: indicator.year, in: deed.area))
    for round in wanted.subtracting(known) {
        let own = dates.first { $0.round == round } ?? round.ordinaryDates(in: indicator.year)
        _ = try await deed.run(.openRound(own, of: id, in: deed.area))
        try await deed.record(
            .roundOpened, on: "indicator/\(id)", named: indicator.title, after: ["round": .text(round.code)])
    }
    if !wanted.isSubset(of: known) { _ = try await deed.run(.planDeadlines(in: deed.area, after: deed.now)) }
    for round in open where !wanted.contains(round.round) {
        guard round.assigned == 0 else {
            throw Refusal.invalid(
                "rounds",
                Phrase(
                    "\(round.round.name.thai) มีผู้ต้องรายงานแล้ว ปิดรอบแทนการเอาออก",
                    en: "\(round.round.name.english) has units assigned: close it instead"))
        }
        _ = try await deed.run(.removeRound(round.round, of: id, in: deed.area))
        try await deed.record(
            .roundRemoved, on: "indicator/\(id)", named: indicator.title, before: ["round": .text(round.round.code)])
    }
}

func showRound(_ context: Context) async throws -> Outcome {
    let (id, round) = try roundAddress(context)
    let context = try await inYear(of: id, context)
    let area = context.area.id
    let (visit, indicator, open, assignments, units, officers, others, frameworks) = try await context.page(
        .indicator(id, in: area), .round(round, of: id, in: area), .assignments(of: id, in: round, of: area),
        .assignableUnits(in: area), .officers(in: area),
        .indicators(of: context.year, in: area, matching: IndicatorFilter()), .frameworks(of: context.year, in: area))
    guard let indicator, let open else { throw Refusal.notFound }
    let page = RoundPage(
        visit: visit, indicator: indicator, round: open, assignments: assignments, units: units, officers: officers,
        others: others.filter { $0.id != id }, frameworks: frameworks)
    return .page(
        page, visit,
        json: .object(open.json.members + [.init(name: "assignments", value: .array(assignments.map(\.json)))]))
}

let roundDateFields = [
    FormField("opens", Phrase("เปิดรับ", en: "Opens"), .day, required: true),
    FormField("due", Phrase("ครบกำหนด", en: "Due"), .moment, required: true),
    FormField("weight", Phrase("น้ำหนักในรอบนี้", en: "Weight in this round"), .text(limit: 20)),
]

func saveIndicatorDates(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(roundDateFields, context.form.fields)
    if let opening = draft.day("opens"), let due = draft.moment("due"), Day(inBangkok: due) < opening {
        draft.refuse("due", Phrase("ครบกำหนดก่อนวันเปิด", en: "This is due before it opens"))
    }
    let weight = draft.exact("weight", from: .zero, to: .hundred, decimals: ScoreRule.weightDecimals)
    try draft.check()
    // A program that doesn't speak of the weight leaves it as it is.
    let isWeightSaid = context.form.fields["weight"] != nil
    let dates = draft
    return try await changeRound(context, says: Phrase("บันทึกกำหนดการแล้ว", en: "The dates are saved")) { change in
        guard let opening = dates.day("opens"), let due = dates.moment("due") else { return }
        let new = RoundDates(round: change.round.round, opening: opening, due: due)
        let weight = isWeightSaid ? weight : change.round.weight
        _ = try await change.deed.run(
            .saveDates(new, weight, of: change.id, in: change.deed.area),
            .reviveMissed(new.round, of: change.id, in: change.deed.area, at: change.deed.now))
        try await change.record(
            .indicatorDatesSaved,
            before: ["due-at": .text(change.round.dates.due.text), "weight": JSON(change.round.weight?.sqlText)],
            after: ["due-at": .text(due.text), "weight": JSON(weight?.sqlText)])
    }
}

let roundReasonFields = [
    FormField("reason", Phrase("เหตุผล", en: "Reason"), .text(limit: 300), required: true)
]

func closeRound(_ context: Context) async throws -> Outcome {
    try await setRoundClosed(true, context)
}

func reopenRound(_ context: Context) async throws -> Outcome {
    try await setRoundClosed(false, context)
}

/// Both are explicit acts with a reason.
private func setRoundClosed(_ isClosing: Bool, _ context: Context) async throws -> Outcome {
    let draft = FormDraft(roundReasonFields, context.form.fields)
    try draft.check()
    let says =
        isClosing
        ? Phrase("ปิดรอบแล้ว", en: "The round is closed") : Phrase("เปิดรอบอีกครั้งแล้ว", en: "The round is open again")
    return try await changeRound(context, says: says) { change in
        guard (change.round.closedAt != nil) != isClosing else {
            throw Refusal.conflict(
                isClosing
                    ? Phrase("รอบนี้ปิดอยู่แล้ว", en: "This round is closed already")
                    : Phrase("รอบนี้เปิดอยู่แล้ว", en: "This round is open already"))
        }
        _ = try await change.deed.run(
            .setClosed(isClosing ? change.deed.now : nil, change.round.round, of: change.id, in: change.deed.area))
        try await change.record(
            isClosing ? .roundClosed : .roundReopened, after: ["reason": .text(draft["reason"])])
    }
}

/// An indicator's round that is about to change, locked.
struct RoundChange: Sendable {
    let deed: Deed
    let id: IndicatorID
    let indicator: Indicator
    let round: IndicatorRound

    func record(_ action: Action, before: JSON = [:], after: JSON = [:]) async throws {
        let round: [JSON.Member] = [.init(name: "round", value: .text(round.round.code))]
        try await deed.record(
            action, on: "indicator/\(id)", named: indicator.title, before: before, after: .object(round + after.members)
        )
    }
}

func changeRound(
    _ context: Context, says: Phrase, _ body: @Sendable (RoundChange) async throws -> Void
) async throws -> Outcome {
    try await changeRound(context, says: says, counting: nil) {
        try await body($0)
        return 0
    }
}

/// The same for what programs are told the count of.
func changeRound(
    _ context: Context, says: Phrase, counting what: String?, _ body: @Sendable (RoundChange) async throws -> Int
) async throws -> Outcome {
    let (id, round) = try roundAddress(context)
    let count = try await context.deed { deed in
        let indicator = try await deed.find(.indicator(id, in: deed.area))
        try await Rounds.requireOpen(indicator.year, deed)
        let open = try await deed.find(.roundForUpdate(round, of: id, in: deed.area))
        let count = try await body(RoundChange(deed: deed, id: id, indicator: indicator, round: open))
        _ = try await deed.run(.planDeadlines(in: deed.area, after: deed.now))
        return count
    }
    return .done(
        "/indicators/\(id)/rounds/\(round.code)", says: says,
        json: .object(what.map { [.init(name: $0, value: JSON(count))] } ?? []), made: what != nil)
}

func roundAddress(_ context: Context) throws(Refusal) -> (IndicatorID, Round) {
    // Any round will do for one that can't be: it isn't found, after it is known who asks.
    let round = Round(code: context.request.parameters["round"] ?? "")
    return (round == nil ? IndicatorID(0) : try context.identifier("indicator"), round ?? Round.all[0])
}
