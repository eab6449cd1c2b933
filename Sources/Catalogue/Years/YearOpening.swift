import HTML
import HTTP
import Kernel
import Rounds
import Runtime

func showNewYear(_ context: Context) async throws -> Outcome {
    let asked = (context.rejection?.fields ?? context.request.query)["from"]
    // Nothing chosen yet: the latest year, as the form proposes.
    let wanted = asked.map { Int(arabicDigits($0)) ?? 0 }
    let (visit, years, contents) = try await context.page(
        .years(of: context.area.id), .contents(ofYear: wanted, in: context.area.id))
    return .page(YearOpeningPage(visit: visit, years: years, contents: contents), visit)
}

/// The year, and all that comes along, in one deed.
func openYear(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(YearOpeningPage.fields, context.form.fields)
    try draft.check()
    let year = FiscalYear(draft.number("year"))
    let source = draft.textIfAny("from").map { _ in FiscalYear(draft.number("from")) }
    let copied = try await context.deed { deed in
        if let source {
            guard source != year, try await deed.run(.year(source, of: deed.area)) != nil else {
                throw Refusal.invalid("from", Phrase("ไม่มีปีนี้ให้คัดลอก", en: "There is no such year to copy"))
            }
        }
        try await Rounds.open(year, from: source, deed)
        guard let source else { return 0 }
        let copy = YearCopy(source: source, year: year, area: deed.area)
        let count = try await copyDefinitions(copy, deed)
        if draft.isChecked("rounds") {
            try await copyRounds(copy, withAssignments: draft.isChecked("assignments"), deed)
        }
        if draft.isChecked("documents") { _ = try await deed.run(copy.documents) }
        try await deed.record(
            .yearCopied, on: "year/\(year.number)", named: "\(year.number)",
            after: [
                "from": JSON(source.number), "indicators": JSON(count), "rounds": .bool(draft.isChecked("rounds")),
                "assignments": .bool(draft.isChecked("assignments")), "documents": .bool(draft.isChecked("documents")),
            ])
        return count
    }
    let said =
        copied == 0
        ? Phrase("เปิดปี \(year.number) แล้ว", en: "The year \(year.number) is open")
        : Phrase(
            "เปิดปี \(year.number) แล้ว คัดลอกมา \(copied) ตัวชี้วัด ทั้งหมดยังซ่อนอยู่",
            en: "The year \(year.number) is open with \(copied) indicators, all hidden still")
    return .done(
        "/indicators?year=\(year.number)", says: said, json: ["indicators": JSON(copied)], made: true)
}

private func copyDefinitions(_ copy: YearCopy, _ deed: Deed) async throws -> Int {
    for part in copy.grounds { _ = try await deed.run(part) }
    let count = try await deed.run(copy.indicators(at: deed.now))
    for part in copy.parts { _ = try await deed.run(part) }
    return count
}

private func copyRounds(_ copy: YearCopy, withAssignments: Bool, _ deed: Deed) async throws {
    _ = try await deed.run(copy.rounds)
    guard withAssignments else { return }
    _ = try await deed.run(copy.assignments(at: deed.now))
    _ = try await deed.run(copy.assignmentCounts, .planDeadlines(in: deed.area, after: deed.now))
}
