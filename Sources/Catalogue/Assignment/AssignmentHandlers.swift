import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// What one may tick: everything at once, or by district, size, unit and officer. Whatever is ticked adds up.
let assignmentFields = [
    FormField("all-schools", Phrase("โรงเรียนทั้งหมด", en: "All schools"), .checkbox),
    FormField("districts", Phrase("อำเภอ คั่นด้วยจุลภาค", en: "Districts, with commas between"), .longText(limit: 5000)),
    FormField("sizes", Phrase("ขนาด คั่นด้วยจุลภาค", en: "Sizes, with commas between"), .text(limit: 100)),
    FormField(
        "units", Phrase("เลขหน่วยงาน คั่นด้วยจุลภาค", en: "Numbers of units, with commas between"), .longText(limit: 20_000)),
    FormField(
        "officers", Phrase("เลขผู้ใช้งาน คั่นด้วยจุลภาค", en: "Numbers of officers, with commas between"),
        .longText(limit: 20_000)),
]

func assignUnits(_ context: Context) async throws -> Outcome {
    let input = context.form.fields
    let draft = FormDraft(assignmentFields, input)
    try draft.check()
    let units = Set(input.listed("units").compactMap { UnitID(sqlText: $0) })
    let officers = input.listed("officers").compactMap { MemberID(sqlText: $0) }
    let (districts, sizes) = (Set(input.listed("districts")), Set(input.listed("sizes")))
    return try await changeRound(context, says: Phrase("บันทึกผู้ต้องรายงานแล้ว", en: "The list is saved")) { change in
        let (deed, round) = (change.deed, change.round.round)
        let chosen = try await deed.run(.assignableUnits(in: deed.area)).units.filter { unit in
            units.contains(unit.id)
                || unit.isSchool
                    && (draft.isChecked("all-schools") || districts.contains(unit.district)
                        || sizes.contains(unit.size))
        }
        guard !chosen.isEmpty || !officers.isEmpty else {
            throw Refusal.invalid("units", Phrase("เลือกอย่างน้อยหนึ่งหน่วยงาน", en: "Choose at least one unit"))
        }
        let added = try await deed.assign(chosen.map(\.id), officers, round, of: change.id)
        try await change.record(
            .unitsAssigned,
            after: ["added": JSON(added), "units": .array(chosen.map { .text($0.name) })])
    }
}

let removalFields = [
    FormField("assignment", Phrase("เลขรายการ", en: "Number in the list"), .number(0...Int.max), required: true)
]

func removeAssignment(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(removalFields, context.form.fields)
    try draft.check()
    let id = AssignmentID(draft.number("assignment"))
    return try await changeRound(context, says: Phrase("เอาออกแล้ว", en: "Removed")) { change in
        let (deed, round) = (change.deed, change.round.round)
        let list = try await deed.run(.assignments(of: change.id, in: round, of: deed.area))
        guard let assignment = list.first(where: { $0.id == id }) else { throw Refusal.notFound }
        guard try await deed.run(.removeAssignment(id, round, of: change.id, in: deed.area)) == 1 else {
            throw Refusal.conflict(
                Phrase(
                    "\(assignment.name) รายงานแล้ว เอาออกไม่ได้",
                    en: "\(assignment.name) has reported and can't be removed"))
        }
        _ = try await deed.run(.countAssignments(round, of: change.id, in: deed.area))
        try await change.record(.unitUnassigned, before: ["unit": .text(assignment.name)])
    }
}

let extensionFields =
    removalFields + [
        FormField("until", Phrase("ขยายถึง", en: "Extended until"), .moment, required: true),
        FormField("reason", Phrase("เหตุผล", en: "Reason"), .text(limit: 300), required: true),
    ]

/// For one unit, with a reason that everybody concerned sees.
func extendAssignment(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(extensionFields, context.form.fields)
    try draft.check()
    guard let until = draft.moment("until") else { throw Refusal.notFound }
    let id = AssignmentID(draft.number("assignment"))
    return try await changeRound(context, says: Phrase("ขยายเวลาแล้ว", en: "Extended")) { change in
        let (deed, round) = (change.deed, change.round.round)
        guard until > change.round.dates.due else {
            throw Refusal.invalid(
                "until", Phrase("ต้องหลังวันครบกำหนดของรอบ", en: "It must be after the round's due date"))
        }
        guard until > deed.now else {
            throw Refusal.invalid("until", Phrase("ต้องเป็นเวลาข้างหน้า", en: "It must lie ahead"))
        }
        let list = try await deed.run(.assignments(of: change.id, in: round, of: deed.area))
        guard let assignment = list.first(where: { $0.id == id }) else { throw Refusal.notFound }
        _ = try await deed.run(
            .extend(id, until: until, because: draft["reason"], round, of: change.id, in: deed.area))
        let name = "\(change.indicator.title) · \(round.name.thai) · \(assignment.name)"
        try await deed.record(
            .assignmentExtended, on: "report/\(id)", named: name,
            after: ["until": .text(until.text), "reason": .text(draft["reason"])])
    }
}

let copyFields = [
    FormField(
        "indicators", Phrase("เลขตัวชี้วัด คั่นด้วยจุลภาค", en: "Numbers of indicators, with commas between"),
        .longText(limit: 5000)),
    FormField(
        "frameworks", Phrase("เลขชุดตัวชี้วัด คั่นด้วยจุลภาค", en: "Numbers of frameworks, with commas between"),
        .longText(limit: 1000)),
    FormField("every-round", Phrase("ทุกรอบที่เปิดไว้", en: "In every round that is open"), .checkbox),
]

/// The same list to many indicators at once, or to all of a framework. In every round that they have, or in this one,
/// which is opened for those that lack it.
func copyAssignments(_ context: Context) async throws -> Outcome {
    let input = context.form.fields
    let chosen = Set(input.listed("indicators").compactMap { IndicatorID(sqlText: $0) })
    let frameworks = Set(input.listed("frameworks").compactMap { FrameworkID(sqlText: $0) })
    let isEveryRound = FormDraft(copyFields, input).isChecked("every-round")
    let says = Phrase("ใช้รายการเดียวกันแล้ว", en: "They have the same list now")
    return try await changeRound(context, says: says) { change in
        let known = try await change.deed.run(
            .indicators(of: change.indicator.year, in: change.deed.area, matching: IndicatorFilter()))
        guard chosen.isSubset(of: known.map(\.id)) else { throw Refusal.notFound }
        let targets = known.filter {
            chosen.contains($0.id) || frameworks.contains($0.framework) || isEveryRound && $0.id == change.id
        }
        guard !targets.isEmpty else {
            throw Refusal.invalid(
                "indicators", Phrase("เลือกอย่างน้อยหนึ่งตัวชี้วัด", en: "Choose at least one indicator"))
        }
        for target in targets { try await copy(change, to: target, inEveryRound: isEveryRound) }
    }
}

private func copy(_ change: RoundChange, to target: IndicatorLine, inEveryRound: Bool) async throws {
    let (deed, round) = (change.deed, change.round.round)
    if !inEveryRound { _ = try await deed.run(.openRound(change.round.dates, of: target.id, in: deed.area)) }
    let open = try await deed.run(.rounds(of: target.id, in: deed.area)).map(\.round)
    for other in inEveryRound ? open : [round] where target.id != change.id || other != round {
        let added = try await deed.run(
            .copyAssignments(of: change.id, in: round, to: target.id, in: other, of: deed.area, at: deed.now))
        _ = try await deed.run(.countAssignments(other, of: target.id, in: deed.area))
        try await deed.record(
            .unitsAssigned, on: "indicator/\(target.id)", named: "\(target.number) \(target.name)",
            after: ["round": .text(other.code), "added": JSON(added), "as-in": .text(change.indicator.title)])
    }
}

extension Deed {
    /// Those who are there already stay as they are; how many came is answered, and counted with the round.
    func assign(
        _ units: [UnitID], _ officers: [MemberID], _ round: Round, of indicator: IndicatorID
    ) async throws -> Int {
        let added =
            try await run(.assign(units: units, round, of: indicator, in: area, at: now))
            + run(.assign(officers: officers, round, of: indicator, in: area, at: now))
        _ = try await run(.countAssignments(round, of: indicator, in: area))
        return added
    }
}
