import HTML
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

enum WebHookKey {}
typealias WebHookID = Identifier<WebHookKey>

/// Another program that an area's news are sent to: a group's chat, a dashboard.
struct WebHook: Sendable {
    let id: WebHookID
    let address: String
    let actions: [String]
    let keyNumber: Int
    /// Up to which entry of the record it has been told.
    let entry: Int
    let deliveredAt: Instant?
    let failingSince: Instant?
    let failure: HookFailure?

    static func fields(_ news: [Action]) -> [FormField] {
        [
            FormField(
                "address", Phrase("ที่อยู่ของโปรแกรมปลายทาง", en: "The other program's address"), .text(limit: 500),
                required: true, hint: Phrase("ขึ้นต้นด้วย https://", en: "Begins with https://")),
            FormField(
                "actions", Phrase("เรื่องที่ส่ง", en: "What it hears of"),
                .choices(news.map { .init($0.name, $0.phrase) })),
        ]
    }

    /// With which it can tell that a message is ours. It is made from our own key, so that nothing is stored.
    func key(in area: AreaID, from key: SecretKey) -> String {
        key.derived(for: "web-hook").code(of: "\(area)/\(id)/\(keyNumber)").base64url
    }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "address": .text(address), "actions": .array(actions.map { .text($0) }),
            "delivered-at": JSON(deliveredAt), "failing-since": JSON(failingSince), "failure": JSON(failure?.text),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("address", .text), ("actions", .list(.text)), ("delivered-at", .optional(.moment)),
        ("failing-since", .optional(.moment)), ("failure", .optional(.text)),
    ])

    static let columns: SQL =
        "w.id, w.address, w.actions, w.key_number, w.entry, w.delivered_at, w.failing_since, w.failure"

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        address = try cells.next()
        actions = try cells.nextArray()
        keyNumber = try cells.next()
        entry = try cells.next()
        deliveredAt = try cells.nextIfAny()
        failingSince = try cells.nextIfAny()
        failure = try cells.nextIfAny(String.self).map { HookFailure(text: $0) }
    }
}
