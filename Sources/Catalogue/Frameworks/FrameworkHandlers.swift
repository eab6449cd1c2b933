import HTML
import HTTP
import Kernel
import Postgres
import Rounds
import Runtime

func listFrameworks(_ context: Context) async throws -> Outcome {
    let (visit, frameworks) = try await context.page(.frameworks(of: context.year, in: context.area.id))
    return .page(
        FrameworksPage(visit: visit, frameworks: frameworks), visit, json: ["items": .array(frameworks.map(\.json))])
}

func showNewFramework(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(FrameworkFormPage(visit: visit, framework: nil), visit)
}

func createFramework(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(Framework.fields, context.form.fields)
    try draft.check()
    let id = try await refusingTwinFramework {
        try await context.deed { deed in
            try await Rounds.requireOpen(context.year, deed)
            let id = try await deed.run(
                .insertFramework(draft["name"], draft["short-name"], in: context.year, of: deed.area))
            try await deed.record(
                .frameworkAdded, on: "framework/\(id)", named: draft["short-name"], after: draft.json)
            return id
        }
    }
    return .done(
        "/frameworks", says: Phrase("เพิ่มชุด \(draft["short-name"]) แล้ว", en: "\(draft["short-name"]) is added"),
        json: ["id": JSON(id.rawValue)], made: true)
}

func showFramework(_ context: Context) async throws -> Outcome {
    let (visit, framework) = try await context.page(.framework(context.identifier("framework"), in: context.area.id))
    guard let framework else { throw Refusal.notFound }
    return .page(FrameworkFormPage(visit: visit, framework: framework), visit, json: framework.json)
}

func saveFramework(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(Framework.fields, context.form.fields)
    try draft.check()
    try await refusingTwinFramework {
        try await changeFramework(context) { framework, deed in
            try context.checkVersion(framework.version)
            _ = try await deed.run(
                .saveFramework(framework.id, draft["name"], draft["short-name"], in: deed.area))
            let change = difference(from: framework.json, to: draft.json)
            try await deed.record(
                .frameworkSaved, on: "framework/\(framework.id)", named: draft["short-name"], before: change.before,
                after: change.after)
        }
    }
    return .done("/frameworks", says: Phrase("บันทึกชุดตัวชี้วัดแล้ว", en: "The framework is saved"))
}

/// One place up: with the one before.
func raiseFramework(_ context: Context) async throws -> Outcome {
    try await changeFramework(context) { framework, deed in
        guard let year = try await deed.run(.year(of: framework.id, in: deed.area)) else { throw Refusal.notFound }
        var order = try await deed.run(.frameworks(of: year, in: deed.area)).map(\.id)
        guard let place = order.firstIndex(of: framework.id), place > 0 else { return }
        order.swapAt(place, place - 1)
        for (place, id) in order.enumerated() {
            _ = try await deed.run(.placeFramework(id, at: place + 1, in: deed.area))
        }
        try await deed.record(
            .frameworkMoved, on: "framework/\(framework.id)", named: framework.shortName,
            after: ["place": JSON(place)])
    }
    return .done("/frameworks")
}

/// Only an empty one can go.
func removeFramework(_ context: Context) async throws -> Outcome {
    try await changeFramework(context) { framework, deed in
        guard framework.indicatorCount == 0 else {
            throw Refusal.conflict(
                Phrase("ชุดนี้มีตัวชี้วัดอยู่ ย้ายหรือซ่อนตัวชี้วัดแทน", en: "This framework has indicators; hide or move them instead"))
        }
        _ = try await deed.run(.removeFramework(framework.id, in: deed.area))
        try await deed.record(
            .frameworkRemoved, on: "framework/\(framework.id)", named: framework.shortName, before: framework.json)
    }
    return .done("/frameworks", says: Phrase("ลบชุดตัวชี้วัดแล้ว", en: "The framework is removed"))
}

func changeFramework<Result: Sendable>(
    _ context: Context, _ body: @Sendable (Framework, Deed) async throws -> Result
) async throws -> Result {
    let id: FrameworkID = try context.identifier("framework")
    return try await context.deed { deed in
        let framework = try await deed.find(.framework(id, in: deed.area))
        guard let year = try await deed.run(.year(of: id, in: deed.area)) else { throw Refusal.notFound }
        try await Rounds.requireOpen(year, deed)
        return try await body(framework, deed)
    }
}

private func refusingTwinFramework<Result>(_ deed: () async throws -> Result) async throws -> Result {
    do {
        return try await deed()
    } catch let error as DatabaseError where error.constraint == "frameworks_name_once" {
        throw Refusal.invalid(
            "short-name", Phrase("ปีนี้มีชุดชื่อนี้แล้ว", en: "There is a framework of this name in the year"))
    }
}

extension FormDraft {
    fileprivate var json: JSON { ["name": .text(self["name"]), "short-name": .text(self["short-name"])] }
}
