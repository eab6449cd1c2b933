import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// A program's key: it may do some of what its member may, and never more.
struct APIToken: Sendable {
    var id: Identifier<APIToken>
    var name: String
    var flags: [String]
    var expiresAt: Instant

    static func fields(for viewer: Viewer?, in area: Area) -> [FormField] {
        let held = Permission.choices(for: area).filter { viewer?.permissions.names.contains($0.value) ?? true }
        return [
            FormField(
                "name", Phrase("ใช้กับโปรแกรม", en: "For which program"), .text(limit: 80), required: true,
                hint: Phrase("เช่น โปรแกรมสรุปผลของกลุ่มนโยบาย", en: "Such as the planning group's summary")),
            FormField("days", Phrase("ใช้ได้กี่วัน", en: "Valid for how many days"), .number(1...366), required: true),
            FormField("flags", Phrase("สิทธิ์ของกุญแจ", en: "What the key may do"), .choices(held)),
        ]
    }
}

extension Query where Answer == [APIToken] {
    static func apiTokens(of member: MemberID, in area: AreaID) -> Query {
        .all(
            """
            SELECT id, name, flags, expires_at
            FROM api_tokens
            WHERE area_id = \(area) AND member_id = \(member) AND revoked_at IS NULL
            ORDER BY id DESC
            """
        ) { APIToken(id: try $0.next(), name: try $0.next(), flags: try $0.nextArray(), expiresAt: try $0.next()) }
    }
}

extension Query where Answer == Int {
    static func insertToken(
        _ token: String, named name: String, _ flags: [String], of member: MemberID, in area: AreaID,
        at now: Instant, days: Int
    ) -> Query {
        .one(
            """
            INSERT INTO api_tokens (area_id, member_id, name, token_hash, flags, created_at, expires_at)
            VALUES (
                \(area), \(member), \(name), \(Bytes(Digest(of: token).bytes)), \(flags), \(now),
                \(now + days * 86_400)
            )
            RETURNING id
            """
        ) { try $0.next() }
    }

    static func revokeToken(_ id: Identifier<APIToken>, of member: MemberID, in area: AreaID, at now: Instant) -> Query
    {
        .deed(
            """
            UPDATE api_tokens
            SET revoked_at = \(now)
            WHERE area_id = \(area) AND id = \(id) AND member_id = \(member) AND revoked_at IS NULL
            """)
    }
}

func showNewToken(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(TokenFormPage(visit: visit), visit)
}

func createToken(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(APIToken.fields(for: nil, in: context.area), context.form.fields)
    try draft.check()
    let token = "rbr_\(randomBytes(32).base64url)"
    try await context.deed { deed in
        guard let viewer = deed.viewer, viewer.acting == nil else {
            throw Refusal.conflict(
                Phrase("ขณะรักษาการแทน สร้างกุญแจไม่ได้", en: "No keys can be made while acting for another"))
        }
        let flags = Permissions(draft.values(of: "flags")).limited(to: viewer.permissions).names
        let id = try await deed.run(
            .insertToken(
                token, named: draft["name"], flags, of: viewer.member, in: deed.area, at: deed.now,
                days: draft.number("days")))
        try await deed.record(
            .tokenMade, on: "member/\(viewer.member)", named: viewer.name,
            after: [
                "token": JSON(id), "name": .text(draft["name"]), "flags": .array(flags.map { .text($0) }),
            ])
    }
    if context.isAPI { return .done("/account", json: ["token": .text(token)], made: true) }
    let visit = try await context.page()
    return .page(TokenPage(visit: visit, token: token), visit)
}

func revokeToken(_ context: Context) async throws -> Outcome {
    let id: Identifier<APIToken> = try context.identifier("token")
    try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        guard try await deed.run(.revokeToken(id, of: viewer.member, in: deed.area, at: deed.now)) == 1 else {
            throw Refusal.notFound
        }
        try await deed.record(
            .tokenRevoked, on: "member/\(viewer.member)", named: viewer.name, before: ["token": JSON(id.rawValue)])
    }
    return .done("/account", says: Phrase("ยกเลิกกุญแจแล้ว", en: "The key is revoked"))
}

struct TokenFormPage: NarrowPage {
    let visit: Visit

    var title: Phrase { Phrase("สร้างกุญแจสำหรับโปรแกรม", en: "Make a key for a program") }

    func write(to html: HTML) {
        html.head(title)
        html.form(to: "/account/tokens", visit, .className("panel")) {
            let form = FormWriter(
                html, APIToken.fields(for: visit.viewer, in: visit.area), values: Fields(["days": "90"]), visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("สร้างกุญแจ", en: "Make the key")) }
        }
    }
}

/// The one time that a key is shown.
struct TokenPage: NarrowPage {
    let visit: Visit
    let token: String

    var title: Phrase { Phrase("กุญแจสำหรับโปรแกรม", en: "A program's key") }

    func write(to html: HTML) {
        html.head(title)
        html.section(.className("panel")) {
            html.p { html.code(.id("token"), text: token) }
            html.note(
                .wait, "warn", Phrase("แสดงครั้งเดียว", en: "Shown this once"),
                Phrase("เก็บไว้ในที่ปลอดภัย ใครมีกุญแจก็ทำแทนท่านได้", en: "Keep it safe: whoever has it can act in your name."))
            html.action(visit.link("/account"), Phrase("กลับไปที่ข้อมูลของฉัน", en: "Back to my account"), primary: true)
        }
    }
}
