import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

let rollUpSourceFields = [
    FormField(
        "indicator", Phrase("ตัวชี้วัดของเขตที่โรงเรียนรายงาน", en: "The area's indicator that schools report"),
        .number(0...Int.max))
]

/// What a result's rolled-up numbers come from, school by school.
func showRollUp(_ context: Context) async throws -> Outcome {
    let id: AreaResultID = try context.identifier("result")
    let area = context.area.id
    let (visit, entry, rollUp, sources, framework) = try await context.page(
        .entry(id, in: area), .rollUp(for: id, in: area), .possibleSources(for: id, in: area),
        .nationalFramework(of: id, in: area))
    guard let entry, let framework, !entry.sheet.rolledUp.isEmpty else { throw Refusal.notFound }
    let page = RollUpPage(
        visit: visit, entry: entry.counting(rollUp), rollUp: rollUp, sources: sources,
        proposal: SchoolIndicator(
            of: entry.national.definition, in: framework, due: entry.national.rounds.map(\.dates), at: visit.now),
        frameworkName: framework.shortName)
    return .page(page, visit, json: rollUp.json)
}

/// Another of the area's indicators, or none.
func chooseRollUpSource(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(rollUpSourceFields, context.form.fields)
    try draft.check()
    let chosen = draft["indicator"].isEmpty ? nil : IndicatorID(draft.number("indicator"))
    let path = try await context.changeResult { change in
        let (deed, result) = (change.deed, change.result)
        let possible = try await deed.run(.possibleSources(for: result.id, in: deed.area))
        let source = possible.first { $0.id == chosen }
        guard source != nil || chosen == nil else {
            throw Refusal.invalid("indicator", Phrase("เลือกจากรายการ", en: "Choose from the list"))
        }
        try await change.feed(from: source)
        return result.path
    }
    return .done("\(path)/schools", says: Phrase("บันทึกแล้ว", en: "Saved"))
}

/// An indicator for the schools, made from the national one.
func makeRollUpSource(_ context: Context) async throws -> Outcome {
    let id = try await context.changeResult { change in
        let deed = change.deed
        guard !change.entry.sheet.rolledUp.isEmpty else { throw Refusal.notFound }
        let framework = try await deed.find(.nationalFramework(of: change.result.id, in: deed.area))
        let national = change.entry.national
        let new = SchoolIndicator(
            of: national.definition, in: framework, due: national.rounds.map(\.dates), at: deed.now)
        let id = try await deed.add(new)
        try await change.feed(from: RollUp.Source(id: id, title: national.title))
        return id
    }
    return .done(
        "/indicators/\(id)", says: Phrase("สร้างตัวชี้วัดให้โรงเรียนรายงานแล้ว", en: "The indicator for the schools is made"),
        json: ["id": JSON(id.rawValue)], made: true)
}

/// The same as the bureau sees it: what was sent.
func showSubmittedSchools(_ context: Context) async throws -> Outcome {
    let key = try deskKey(context)
    let (visit, named, submissions, schools) = try await context.centralPage(
        of: .deskResult(key), .submissions(of: key.result, in: key.area), .submittedSchools(key))
    guard let named, !schools.isEmpty, let current = submissions.first else { throw Refusal.notFound }
    let page = SubmittedSchoolsPage(visit: visit, named: named, current: current, schools: schools)
    return .page(page, visit)
}

extension ResultChange {
    fileprivate func feed(from source: RollUp.Source?) async throws {
        for query in Query<Int>.feed(result.indicator, from: source?.id, in: deed.area) {
            _ = try await deed.run(query)
        }
        try await deed.record(
            .rollUpChosen, on: result.subject, named: entry.whole.name,
            before: ["indicator": JSON(rollUp.source?.title)],
            after: ["indicator": JSON(source?.title)])
    }
}

extension Action {
    static let rollUpChosen = Action(
        "result.roll-up", Phrase("เลือกตัวชี้วัดที่โรงเรียนรายงาน", en: "Chose what schools report"))
}

extension RollUp {
    var json: JSON {
        [
            "indicator": source.map { JSON($0.id.rawValue) } ?? .null,
            "items": .array(
                reports.map { report in
                    [
                        "report": JSON(report.id.rawValue), "name": .text(report.name),
                        "state": .text(report.standing.rawValue),
                        "entries": .object(
                            report.entries.sorted { $0.key < $1.key }.map {
                                .init(name: $0.key, value: .text($0.value))
                            }),
                    ]
                }),
        ]
    }

    static let schema = APISchema.object([
        ("indicator", .optional(.number)),
        (
            "items",
            .list(.object([("report", .number), ("name", .text), ("state", .text), ("entries", .object([]))]))
        ),
    ])
}
