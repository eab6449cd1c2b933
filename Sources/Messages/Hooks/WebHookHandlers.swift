import HTML
import HTTP
import Kernel
import Postgres
import Runtime

func listWebHooks(_ context: Context) async throws -> Outcome {
    let (visit, hooks) = try await context.page(.webHooks(in: context.area.id))
    return .page(
        WebHooksPage(visit: visit, hooks: hooks, news: newsActions(context), key: context.platform.key), visit,
        json: ["items": .array(hooks.map(\.json))])
}

private func newsActions(_ context: Context) -> [Action] { context.platform.registry.news.map(\.action) }

func addWebHook(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(WebHook.fields(newsActions(context)), context.form.fields)
    let (address, isInside) = (draft["address"], context.platform.mayReachInside)
    if !address.isEmpty, !(address.hasPrefix("https://") || isInside && address.hasPrefix("http://")) {
        draft.refuse("address", Phrase("ใส่ที่อยู่ที่ขึ้นต้นด้วย https://", en: "Enter an address that begins with https://"))
    }
    let actions = draft.values(of: "actions")
    if actions.isEmpty { draft.refuse("actions", Phrase("เลือกอย่างน้อยหนึ่งเรื่อง", en: "Choose at least one")) }
    try draft.check()
    let (id, key) = try await context.deed { deed in
        let id = try await deed.run(
            .addWebHook(address, hearing: actions, in: deed.area, by: deed.viewer, at: deed.now))
        try await deed.record(
            .hookAdded, on: "hook/\(id)", named: host(of: address),
            after: ["actions": .array(actions.map { .text($0) })])
        let hook = try await deed.find(.webHook(WebHookID(id), in: deed.area))
        return (id, hook.key(in: deed.area, from: context.platform.key))
    }
    return .done(
        "/settings/hooks", says: Phrase("เพิ่มปลายทางแล้ว ลองส่งดูได้", en: "Added. You can try it now"),
        json: ["id": JSON(id), "key": .text(key)], made: true)
}

/// Sends a message that tells of nothing, and says at once how that went.
func tryWebHook(_ context: Context) async throws -> Outcome {
    let id: WebHookID = try context.identifier("hook")
    let (visit, hook) = try await context.page(.webHook(id, in: context.area.id))
    guard let hook else { throw Refusal.notFound }
    if visit.viewer?.seenBy != nil { throw Refusal.onlyLooking }
    do {
        try await HookMessage([], area: context.area.code, at: context.now)
            .send(to: hook, in: context.area.id, context.platform)
    } catch let failure as HookFailure {
        throw Refusal.conflict(Phrase("ส่งไม่สำเร็จ: ", en: "It could not be sent. ") + failure.phrase)
    }
    return .done(
        "/settings/hooks", says: Phrase("ปลายทางรับข้อความทดสอบแล้ว", en: "The other side has taken a test message"))
}

/// What was signed with the key before is not to be believed any more.
func changeHookKey(_ context: Context) async throws -> Outcome {
    try await change(context, .hookKeyChanged, Phrase("เปลี่ยนกุญแจแล้ว", en: "The key is changed")) { id, deed in
        .changeKey(of: id, in: deed.area)
    }
}

func removeWebHook(_ context: Context) async throws -> Outcome {
    try await change(context, .hookRemoved, Phrase("เอาปลายทางออกแล้ว", en: "Removed")) { id, deed in
        .removeWebHook(id, in: deed.area)
    }
}

private func change(
    _ context: Context, _ action: Action, _ says: Phrase, _ query: @Sendable (WebHookID, Deed) -> Query<Int>
) async throws -> Outcome {
    let id: WebHookID = try context.identifier("hook")
    try await context.deed { deed in
        let hook = try await deed.find(.webHook(id, in: deed.area))
        _ = try await deed.run(query(id, deed))
        try await deed.record(action, on: "hook/\(id)", named: host(of: hook.address))
    }
    return .done("/settings/hooks", says: says)
}

/// The rest of an address may hold what opens the door on the other side: the record needn't know.
private func host(of address: String) -> String {
    let place = address.split(separator: "/").dropFirst().first?.prefix { $0 != "?" && $0 != "#" } ?? ""
    return place.split(separator: "@").last.map(String.init) ?? ""
}

extension Action {
    static let hookAdded = Action("hook.added", Phrase("เพิ่มปลายทางแจ้งเตือน", en: "Web hook added"))
    static let hookKeyChanged = Action("hook.key-changed", Phrase("เปลี่ยนกุญแจปลายทาง", en: "Web hook's key changed"))
    static let hookRemoved = Action("hook.removed", Phrase("เอาปลายทางแจ้งเตือนออก", en: "Web hook removed"))
}

extension Query where Answer == [TaskGroup] {
    /// For those who look after the area: who doesn't take what is sent.
    static func hookTasks(_ context: Context) -> Query {
        let failing = Query<[WebHook]>.all(
            """
            SELECT \(part: WebHook.columns)
            FROM web_hooks w
            WHERE w.area_id = \(context.area.id) AND w.failing_since IS NOT NULL AND \(part: .viewerHolds(.settings))
            ORDER BY w.failing_since
            """
        ) { try WebHook(&$0) }
        return Query(failing.sql) { rows in
            [
                TaskGroup(
                    .upkeep, for: .holders(of: .settings), Phrase("ดูแลระบบ", en: "Upkeep"),
                    try failing.decode(rows).map { hook in
                        TaskItem(
                            Phrase(
                                "ส่งการแจ้งเตือนไป \(host(of: hook.address)) ไม่สำเร็จ",
                                en: "\(host(of: hook.address)) doesn't take our notices"),
                            at: "/settings/hooks", icon: "warn",
                            state: ("bad", "warn", Phrase("ไม่สำเร็จ", en: "Failing")),
                            detail: hook.failure?.phrase ?? Phrase(same: ""), verb: Phrase("ดู", en: "See"))
                    })
            ]
        }
    }
}
