import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

func listUnits(_ context: Context) async throws -> Outcome {
    let filter = UnitFilter(context)
    let area = context.area.id
    let (visit, units, count, districts) = try await context.page(
        .units(of: area, matching: filter), .unitCount(of: area, matching: filter), .districts(of: area))
    let page = UnitsPage(visit: visit, filter: filter, units: units, districts: districts, count: count)
    return .page(page, visit, json: ["total": JSON(count), "items": .array(units.map(\.json))])
}

func showNewUnit(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(UnitFormPage(visit: visit, unit: nil), visit)
}

func createUnit(_ context: Context) async throws -> Outcome {
    let draft = try UnitDraft(checking: context)
    let id = try await refusingTwins {
        try await context.deed { deed in
            let id = try await deed.run(.insert(draft, in: deed.area))
            try await deed.record(.unitAdded, on: "unit/\(id)", named: draft.name, after: draft.json)
            return id
        }
    }
    return .done(
        "/units", says: Phrase("เพิ่ม \(draft.name) แล้ว", en: "\(draft.name) is added"), json: ["id": JSON(id.rawValue)],
        made: true)
}

func showUnit(_ context: Context) async throws -> Outcome {
    let (visit, unit) = try await context.page(.unit(context.identifier("unit"), in: context.area.id))
    guard let unit else { throw Refusal.notFound }
    return .page(UnitFormPage(visit: visit, unit: unit), visit, json: unit.json)
}

func saveUnit(_ context: Context) async throws -> Outcome {
    let id: UnitID = try context.identifier("unit")
    let draft = try UnitDraft(checking: context)
    try await refusingTwins {
        try await context.deed { deed in
            let unit = try await deed.find(.unit(id, in: deed.area))
            try context.checkVersion(unit.version)
            guard try await deed.run(.save(draft, as: id, version: unit.version, in: deed.area)) == 1 else {
                throw Refusal.outdated
            }
            let change = difference(from: unit.json, to: draft.json)
            try await deed.record(
                .unitSaved, on: "unit/\(id)", named: draft.name, before: change.before, after: change.after)
        }
    }
    return .done("/units", says: Phrase("บันทึก \(draft.name) แล้ว", en: "\(draft.name) is saved"))
}

/// What is referred to is never deleted: it takes part in nothing new, and its past stays.
func closeUnit(_ context: Context) async throws -> Outcome {
    try await setClosed(true, context)
}

func reopenUnit(_ context: Context) async throws -> Outcome {
    try await setClosed(false, context)
}

private func setClosed(_ isClosing: Bool, _ context: Context) async throws -> Outcome {
    let id: UnitID = try context.identifier("unit")
    let name = try await refusingTwins {
        try await context.deed { deed in
            let unit = try await deed.find(.unit(id, in: deed.area))
            guard (unit.closedAt != nil) != isClosing else {
                throw Refusal.conflict(
                    isClosing
                        ? Phrase("หน่วยงานนี้ปิดอยู่แล้ว", en: "This unit is closed already")
                        : Phrase("หน่วยงานนี้เปิดอยู่แล้ว", en: "This unit is open already"))
            }
            _ = try await deed.run(.setClosed(isClosing ? deed.now : nil, id, in: deed.area))
            try await deed.record(isClosing ? .unitClosed : .unitReopened, on: "unit/\(id)", named: unit.name)
            return unit.name
        }
    }
    let says =
        isClosing
        ? Phrase("ปิด \(name) แล้ว ประวัติยังอยู่ครบ", en: "\(name) is closed; its past stays")
        : Phrase("เปิด \(name) อีกครั้งแล้ว", en: "\(name) is open again")
    return .done("/units", says: says)
}

extension UnitDraft {
    fileprivate init(checking context: Context) throws(Refusal) {
        let draft = FormDraft(OrgUnit.fields(in: context.area), context.form.fields)
        try draft.check()
        self.init(draft)
    }
}

/// Two open units of one name or number can't be told apart.
func refusingTwins<Result>(_ deed: () async throws -> Result) async throws -> Result {
    do {
        return try await deed()
    } catch let error as DatabaseError where error.constraint == "units_name_once" {
        throw Refusal.invalid("name", Phrase("มีหน่วยงานชื่อนี้แล้ว", en: "A unit of this name is there already"))
    } catch let error as DatabaseError where error.constraint == "units_number_once" {
        throw Refusal.invalid("number", Phrase("มีหน่วยงานรหัสนี้แล้ว", en: "A unit of this number is there already"))
    }
}
