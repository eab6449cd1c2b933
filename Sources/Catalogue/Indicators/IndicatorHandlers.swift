import HTML
import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

func listIndicators(_ context: Context) async throws -> Outcome {
    let filter = IndicatorFilter(context.request.query)
    let (visit, frameworks, dimensions, lines, rounds, own) = try await context.page(
        .frameworks(of: context.year, in: context.area.id), .dimensions(of: context.year, in: context.area.id),
        .indicators(of: context.year, in: context.area.id, matching: filter),
        .rounds(of: context.year, in: context.area.id), .ownAssignments(in: context.year, of: context.area.id))
    let shown = lines.filter { $0.state.isSeen(by: visit) }
    let page = IndicatorsPage(
        visit: visit, filter: filter, frameworks: frameworks, dimensions: dimensions, lines: shown, rounds: rounds,
        own: visit.holds(.school) || visit.holds(.selfAssess) ? own : [])
    return .page(page, visit, json: ["items": .array(shown.map(\.json))])
}

func showNewIndicator(_ context: Context) async throws -> Outcome {
    try await showForm(nil, context)
}

func showIndicatorForm(_ context: Context) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    return try await showForm(id, inYear(of: id, context))
}

/// The indicator's own year, whichever the person works in: its frameworks and its neighbours are of that one.
func inYear(of id: IndicatorID, _ context: Context) async throws -> Context {
    let (_, indicator) = try await context.page(.indicator(id, in: context.area.id))
    guard let indicator else { throw Refusal.notFound }
    var context = context
    context.year = indicator.year
    return context
}

private func showForm(_ id: IndicatorID?, _ context: Context) async throws -> Outcome {
    let page = try await formPage(id, context)
    return .page(page, page.visit)
}

func formPage(_ id: IndicatorID?, _ context: Context) async throws -> IndicatorFormPage {
    let area = context.area.id
    let shown = id ?? context.request.query["after"].flatMap { IndicatorID(sqlText: $0) } ?? IndicatorID(0)
    let (visit, indicator, frameworks, others, owners, rounds, dimensions) = try await context.page(
        .indicator(shown, in: area), .frameworks(of: context.year, in: area),
        .indicators(of: context.year, in: area, matching: IndicatorFilter()), .ownerChoices(in: area),
        .rounds(of: shown, in: area), .dimensions(of: context.year, in: area))
    return IndicatorFormPage(
        visit: visit, indicator: id == nil ? nil : indicator, model: indicator, frameworks: frameworks, others: others,
        owners: owners,
        rounds: rounds, dimensions: dimensions)
}

func createIndicator(_ context: Context) async throws -> Outcome {
    let draft = try IndicatorDraft(context.form.fields, year: context.year, subIndicators: [])
    let new = draft.indicator
    let id = try await refusingMisfits {
        try await context.deed { deed in
            try await Rounds.requireOpen(context.year, deed)
            try await requirePlace(of: new, deed)
            let id = try await deed.add(new)
            try await setRounds(of: new, as: id, context, deed)
            return id
        }
    }
    let isAnotherWanted = context.form.fields["then"] == "another"
    return .done(
        isAnotherWanted ? "/indicators/new?after=\(id)" : "/indicators/\(id)",
        says: Phrase("เพิ่มตัวชี้วัด \(new.number) แล้ว", en: "Indicator \(new.number) is added"),
        json: ["id": JSON(id.rawValue)], made: true)
}

func showIndicator(_ context: Context) async throws -> Outcome {
    let page = try await indicatorPage(context)
    let (id, indicator) = (page.indicator.id, page.indicator)
    return .page(
        page, page.visit,
        json: .object(
            [
                .init(name: "id", value: JSON(id.rawValue)), .init(name: "version", value: JSON(indicator.version)),
                .init(name: "rounds", value: .array(page.rounds.map(\.json))),
                .init(name: "documents", value: .array(page.documents.map(\.json))),
            ] + indicator.json.members))
}

/// What an indicator's page shows; a hidden one is there for those who define it.
func indicatorPage(_ context: Context) async throws -> IndicatorPage {
    let (id, area): (IndicatorID, AreaID) = (try context.identifier("indicator"), context.area.id)
    let (visit, indicator, owners, rounds, documents, place, named) = try await context.page(
        .indicator(id, in: area), .ownerChoices(in: area), .rounds(of: id, in: area), .documents(of: id, in: area),
        .place(of: id, in: area), .namedPeople(of: id, in: area))
    guard let indicator, indicator.state.isSeen(by: visit) else { throw Refusal.notFound }
    return IndicatorPage(
        visit: visit, indicator: indicator, owners: owners, rounds: rounds, documents: documents, place: place,
        named: named)
}

/// Who saves over what another has changed meanwhile is shown what that is, field by field, and chooses.
func saveIndicator(_ context: Context) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    let new = try await refusingMisfits {
        try await context.deed { deed in
            let known = try await deed.find(.indicator(id, in: deed.area))
            try await Rounds.requireOpen(known.year, deed)
            let subIndicators = try await deed.run(.subIndicators(of: id, in: deed.area))
            let draft = IndicatorDraft(
                reading: context.form.fields, year: known.year, subIndicators: Set(subIndicators))
            let new = draft.indicator
            // Together: the form that comes back bears the newest version, and would hide the other's changes.
            let problems = try await draft.problems + overwritten(known, by: new, deed)
            if !problems.isEmpty { throw Refusal.invalid(problems) }
            try await requirePlace(of: new, as: id, deed)
            try await deed.change(known, to: new)
            try await setRounds(of: new, as: id, context, deed)
            // While it was hidden, no deadline concerned it.
            if known.state == .hidden { _ = try await deed.run(.planDeadlines(in: deed.area, after: deed.now)) }
            return new
        }
    }
    return .done(
        "/indicators/\(id)", says: Phrase("บันทึกตัวชี้วัด \(new.number) แล้ว", en: "Indicator \(new.number) is saved"))
}

/// Rounds are opened in the same form, by one who may; a program that doesn't speak of them leaves them alone.
private func setRounds(of indicator: Indicator, as id: IndicatorID, _ context: Context, _ deed: Deed) async throws {
    let input = context.form.fields
    guard deed.viewer?.permissions.contains(.open) == true, input["rounds-shown"] != nil || input["rounds"] != nil
    else { return }
    try await setRounds(Set(input.values(of: "rounds").compactMap { Round(code: $0) }), of: indicator, as: id, deed)
}

/// Framework, dimensions and what it is part of are of the indicator's own year, and nothing is part of itself.
private func requirePlace(of indicator: Indicator, as id: IndicatorID? = nil, _ deed: Deed) async throws {
    var problems: [FieldProblem] = []
    if try await deed.run(.year(of: indicator.framework, in: deed.area)) != indicator.year {
        problems.append(
            FieldProblem("framework", Phrase("เลือกชุดตัวชี้วัดของปีนี้", en: "Choose a framework of this year")))
    }
    for (index, id) in indicator.dimensions.enumerated() {
        guard let id else { continue }
        let axis = try await deed.run(.axis(of: id, in: indicator.year, of: deed.area))
        if axis != index + 1 { problems.append(.notInList("dimension-\(index + 1)")) }
    }
    if let parent = indicator.parent {
        let lines = try await deed.run(
            .indicators(of: indicator.year, in: deed.area, matching: IndicatorFilter()))
        if !lines.contains(where: { $0.id == parent }) {
            problems.append(.notInList("parent"))
        } else if !Nesting(lines).allows(id, in: parent) {
            problems.append(FieldProblem("parent", Nesting<IndicatorID>.reason))
        }
    }
    if !problems.isEmpty { throw Refusal.invalid(problems) }
}

extension FieldProblem {
    fileprivate static func notInList(_ field: String) -> FieldProblem {
        FieldProblem(field, Phrase("เลือกจากรายการ", en: "Choose from the list"))
    }
}

/// A constraint that what was sent doesn't meet, as a refusal at its field.
func refusingMisfits<Result>(_ deed: () async throws -> Result) async throws -> Result {
    do {
        return try await deed()
    } catch let error as DatabaseError {
        switch error.constraint {
        case "indicators_number_once":
            throw Refusal.invalid(
                "number", Phrase("ชุดนี้มีตัวชี้วัดเลขนี้แล้ว", en: "The framework has an indicator of this number"))
        case "indicators_owner": throw Refusal.invalid([.notInList("owner")])
        case "indicators_owner_unit": throw Refusal.invalid([.notInList("owner-unit")])
        default: throw error
        }
    }
}

extension Indicator {
    var title: String { "\(number) \(name)" }
}
