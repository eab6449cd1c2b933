import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

let manyDecisionsFields = [
    FormField(
        "items", Phrase("รายการ คั่นด้วยจุลภาค", en: "Items, with commas between"), .longText(limit: 20_000), required: true
    )
]

let assigningFields =
    manyDecisionsFields + [
        FormField("assignee", Phrase("มอบหมายให้", en: "Assigned to"), .number(0...Int.max), required: true)
    ]

/// What will be certified at once, before it is: the ones with nothing unusual.
func showMany(_ context: Context) async throws -> Outcome {
    let scope = try deskScope(context)
    let view = context.request.query["show"] == nil ? DeskView(.ordinary) : DeskView(context)
    let (visit, colleagues, lines) = try await context.centralPage(
        own: .colleagues(in: context.area.id), submitted: .queue(scope))
    let queue = DeskQueue(scope, lines, showing: view, open: nil, to: visit.viewer)
    return .page(ManyPage(visit: visit, queue: queue, colleagues: colleagues), visit)
}

/// Each in its own area's transaction: what has changed since it was seen is left, and named.
func certifyMany(_ context: Context) async throws -> Outcome {
    let scope = try deskScope(context)
    let decided = try await context.decide(
        try ticked(context).map { ($0.key, $0.number, Ruling(step: .certify)) })
    return .done(
        "\(scope.path)?show=waiting", says: decided.says,
        json: ["certified": JSON(decided.count), "left": .array(decided.left.map { .text("\($0)") })])
}

/// What came of decisions on many items.
struct ManyDecided: Sendable {
    var count = 0
    var left: [DeskKey] = []

    var says: Phrase {
        left.isEmpty
            ? Phrase("ตัดสินแล้ว \(count) รายการ", en: "\(count) are decided")
            : Phrase(
                "ตัดสินแล้ว \(count) รายการ ยังไม่ตัดสิน \(left.count) รายการ เพราะเปลี่ยนไปหลังจากที่ดูหรือรอผู้เห็นชอบ",
                en:
                    "\(count) are decided. \(left.count) are not: they have changed since, or wait for a second person"
            )
    }
}

extension Context {
    /// Each in its own area's transaction: what has changed since it was seen, by the number of its sending, is left.
    func decide(_ rulings: [(key: DeskKey, seen: Int?, ruling: Ruling)]) async throws -> ManyDecided {
        var decided = ManyDecided()
        for (key, seen, ruling) in rulings {
            do {
                let outcome = try await deed(onSubmissionsOf: key.area) { deed in
                    try await deed.decide(key, ruling, havingSeen: SeenItem(number: seen))
                }
                if outcome == .decided { decided.count += 1 } else { decided.left.append(key) }
            } catch is Refusal {
                decided.left.append(key)
            }
        }
        return decided
    }
}

/// Whose work they are, told on each of them; what isn't of this bureau is left.
func assignItems(_ context: Context) async throws -> Outcome {
    let scope = try deskScope(context)
    let draft = FormDraft(assigningFields.filter { $0.name == "assignee" }, context.form.fields)
    try draft.check()
    let items = try ticked(context)
    let (_, colleagues) = try await context.page(.colleagues(in: context.area.id))
    let assignee = colleagues.first { $0.id.rawValue == draft.number("assignee") }
    guard assignee != nil || draft.number("assignee") == 0 else {
        throw Refusal.invalid("assignee", Phrase("เลือกจากรายการ", en: "Choose from the list"))
    }
    var count = 0
    for item in items {
        count += try await context.deed(onSubmissionsOf: item.key.area) { deed in
            guard let national = try await deed.run(.nationalForUpdate(item.key.result, in: item.key.area)),
                DeskAccess(deed.viewer, national).actor != .otherBureau
            else { return 0 }
            deed.sendAlong(.assign(item.key, to: assignee))
            try await deed.record(
                .itemAssigned, on: national.result.subject, named: national.name,
                before: ["assignee": JSON(national.result.assigneeName)], after: ["assignee": JSON(assignee?.name)])
            return 1
        }
    }
    return .done(
        "\(scope.path)?show=waiting", says: Phrase("มอบหมายแล้ว \(count) รายการ", en: "\(count) are assigned"),
        json: ["assigned": JSON(count)])
}

func deskScope(_ context: Context) throws(Refusal) -> DeskScope {
    let parameters = context.request.parameters
    guard let scope = DeskScope(parameters["kind"], parameters["id"], parameters["round"]) else { throw .notFound }
    return scope
}

/// `7-123.1`: which item, and the sending that was seen.
private func ticked(_ context: Context) throws(Refusal) -> [(key: DeskKey, number: Int?)] {
    let listed = context.form.fields.listed("items")
    let items: [(key: DeskKey, number: Int?)] = listed.compactMap { text in
        let parts = text.split(separator: ".").map(String.init)
        return parts.first.flatMap { DeskKey($0) }.map { ($0, parts.dropFirst().first.flatMap { Int($0) }) }
    }
    guard !items.isEmpty, items.count == listed.count, items.count <= 500 else {
        throw .invalid("items", Phrase("เลือกอย่างน้อยหนึ่งรายการจากรายการ", en: "Choose at least one from the list"))
    }
    return items
}

extension Query where Answer == Int {
    fileprivate static func assign(_ key: DeskKey, to colleague: DeskColleague?) -> Query {
        .deed(
            """
            UPDATE area_results
            SET assignee_id = \(colleague?.id), assignee_name = \(colleague?.name)
            WHERE area_id = \(key.area) AND id = \(key.result)
            """)
    }
}

extension Action {
    static let itemAssigned = Action("result.assigned", Phrase("มอบหมายผู้รับรอง", en: "Assigned to a certifier"))
}
