import HTTP
import Kernel
import Postgres
import TestSupport
import Testing

/// Somebody new, and the form that they fill in.
struct JoinSite {
    let site: TestSite
    let admin: TestMember
    let director: TestMember

    init() async throws {
        site = try await TestSite()
        admin = try await site.member("อรทัย", holding: .members)
        director = try await site.member("สมศักดิ์", holding: .selfAssess)
    }

    /// A citizen number that checks, another for each seed.
    static func citizen(_ seed: Int) -> String {
        let twelve = Array("1550\(String(repeating: "0", count: 8 - String(seed).count))\(seed)".utf8).map {
            Int($0) - 48
        }
        let sum = twelve.enumerated().reduce(0) { $0 + $1.element * (13 - $1.offset) }
        return twelve.map(String.init).joined() + String((11 - sum % 11) % 10)
    }

    static let password = "น้ำใจ กตัญญู ฐานะ"

    func form(_ changes: [String: String] = [:]) -> Fields {
        var form = Fields([
            "citizen": Self.citizen(1), "title": "นางสาว", "first-name": "น้ำใจ", "last-name": "ฐานะดี",
            "title-en": "Miss", "first-name-en": "Namjai", "last-name-en": "Thanadee", "employment": "official",
            "mobile": "08 1000 0001", "phone": "0 5400 0001", "email": "namjai@example.go.th", "unit": "\(site.unit)",
            "position": "ครูผู้ช่วย", "username": "namjai", "password": Self.password, "again": Self.password,
            "promise": "on",
        ])
        for (name, value) in changes { form.set(name, value) }
        return form
    }

    /// Sends the form, and returns the answer.
    func ask(_ changes: [String: String] = [:]) async -> Response {
        var form = form(changes)
        form.add("form-token", site.formToken)
        return await site.respond(
            .post, "/join", as: nil, body: TextBody(String(form.queryText.dropFirst())), Headers())
    }

    /// The path of the asker's own page, within the area.
    func join(_ changes: [String: String] = [:]) async throws -> String {
        let answer = await ask(changes)
        #expect(answer.status == 303, "\(answer.text)")
        return String(try #require(answer.headers["location"]).dropFirst("/\(site.area.code)".count))
    }

    func id(of path: String) throws -> String {
        String(try #require(path.split(separator: "/").last?.split(separator: "-").first))
    }

    /// Of the last request.
    func state() async throws -> String {
        try await site.row(
            "SELECT state FROM account_requests WHERE area_id = \(site.area.id) ORDER BY id DESC LIMIT 1")[0]
    }

    func role(_ flags: String...) async throws -> String {
        try await site.execute(
            "INSERT INTO roles (area_id, name, flags) VALUES (\(site.area.id), 'ครูผู้รายงาน', \(flags))")
        return try await site.row("SELECT id FROM roles WHERE area_id = \(site.area.id)")[0]
    }

    func signIn(_ username: String, _ password: String = JoinSite.password) async -> Response {
        await site.post("/sign-in", ["username": username, "password": password])
    }
}
