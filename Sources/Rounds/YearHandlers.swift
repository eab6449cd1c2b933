import HTML
import HTTP
import Kernel
import Postgres
import Runtime

func listYears(_ context: Context) async throws -> Outcome {
    let (visit, years) = try await context.page(.years(of: context.area.id))
    return .page(YearsPage(visit: visit, years: years), visit, json: ["items": .array(years.map(\.json))])
}

func showYear(_ context: Context) async throws -> Outcome {
    let year = year(context)
    let (visit, opened, dates) = try await context.page(
        .year(year, of: context.area.id), .roundDates(of: year, in: context.area.id))
    guard let opened else { throw Refusal.notFound }
    return .page(
        YearPage(
            visit: visit, year: opened, dates: dates,
            meanings: context.platform.registry.yearClosings.compactMap { $0.meaning(context.area) }), visit,
        json: [
            "year": JSON(year.number), "closed-at": JSON(opened.closedAt), "rounds": .array(dates.map(\.json)),
        ])
}

/// The dates of all rounds at once: a wrong one is said at its place, and none is stored.
func saveRoundDates(_ context: Context) async throws -> Outcome {
    let year = year(context)
    var draft = FormDraft(RoundDates.fields, context.form.fields)
    var wanted: [RoundDates] = []
    for round in Round.all {
        guard draft.textIfAny("opens-\(round.code)") != nil || draft.textIfAny("due-\(round.code)") != nil else {
            continue
        }
        guard let opening = draft.day("opens-\(round.code)") else {
            draft.refuse("opens-\(round.code)", Phrase("ใส่วันเปิด", en: "Enter the opening day"))
            continue
        }
        guard let due = draft.moment("due-\(round.code)") else {
            draft.refuse("due-\(round.code)", Phrase("ใส่วันครบกำหนด", en: "Enter when it is due"))
            continue
        }
        if Day(inBangkok: due) < opening {
            draft.refuse("due-\(round.code)", Phrase("ครบกำหนดก่อนวันเปิด", en: "This is due before it opens"))
        }
        wanted.append(RoundDates(round: round, opening: opening, due: due))
    }
    try draft.check()
    let changes = wanted
    let count = try await context.deed { deed in
        try await Rounds.requireOpen(year, deed)
        let known = try await deed.run(.roundDates(of: year, in: deed.area))
        var count = 0
        for dates in changes {
            guard let before = known.first(where: { $0.round == dates.round }), before != dates else { continue }
            _ = try await deed.run(.saveDates(dates, of: year, in: deed.area))
            try await deed.record(
                .roundDatesSaved, on: "year/\(year.number)", named: "\(year.number) \(dates.round.name.thai)",
                before: before.json, after: dates.json)
            count += 1
        }
        return count
    }
    return .done(
        "/years/\(year.number)",
        says: Phrase("บันทึกกำหนดการ \(count) รอบแล้ว", en: "The dates of \(count) rounds are saved"),
        json: ["changed": JSON(count)])
}

func closeYear(_ context: Context) async throws -> Outcome {
    try await setClosed(true, context)
}

func reopenYear(_ context: Context) async throws -> Outcome {
    try await setClosed(false, context)
}

private func setClosed(_ isClosing: Bool, _ context: Context) async throws -> Outcome {
    let year = year(context)
    let draft = FormDraft(isClosing ? [] : reopeningFields, context.form.fields)
    try draft.check()
    let closings = context.platform.registry.yearClosings
    if isClosing { for closing in closings { try await closing.check(context, year) } }
    try await context.deed { deed in
        let opened = try await deed.find(.yearForUpdate(year, of: deed.area))
        guard (opened.closedAt != nil) != isClosing else {
            throw Refusal.conflict(
                isClosing
                    ? Phrase("ปีนี้ปิดอยู่แล้ว", en: "This year is closed already")
                    : Phrase("ปีนี้เปิดอยู่แล้ว", en: "This year is open already"))
        }
        _ = try await deed.run(.setClosed(isClosing ? deed.now : nil, year, in: deed.area))
        for closing in closings { try await closing.apply(deed, year, isClosing ? nil : draft["reason"]) }
        try await deed.record(
            isClosing ? .yearClosed : .yearReopened, on: "year/\(year.number)", named: "\(year.number)",
            after: isClosing ? [:] : ["reason": .text(draft["reason"])])
    }
    let says =
        isClosing
        ? Phrase("ปิดปี \(year.number) แล้ว ยังเปิดดูได้ทั้งหมด", en: "The year \(year.number) is closed; all of it can be read")
        : Phrase("เปิดปี \(year.number) อีกครั้งแล้ว", en: "The year \(year.number) is open again")
    return .done("/years/\(year.number)", says: says)
}

let reopeningFields = [
    FormField("reason", Phrase("เหตุผล", en: "Reason"), .text(limit: 300), required: true)
]

/// What is no year at all is found as little as one that was never opened.
private func year(_ context: Context) -> FiscalYear {
    let number = context.request.parameters["year"].flatMap { Int($0) } ?? 0
    return FiscalYear(FiscalYear.plausible.contains(number) ? number : 0)
}

extension RoundDates {
    static let fields: [FormField] = Round.all.flatMap { round in
        [
            FormField("opens-\(round.code)", round.name + Phrase(" เปิด", en: ", opens"), .day),
            FormField("due-\(round.code)", round.name + Phrase(" ครบกำหนด", en: ", due"), .moment),
        ]
    }

    var json: JSON {
        ["round": .text(round.code), "opens-on": .text(opening.text), "due-at": .text(due.text)]
    }

    static let schema = APISchema.object([("round", .text), ("opens-on", .text), ("due-at", .moment)])
}
