import HTTP
import Kernel
import Outbound
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

/// An area whose people have accounts at a provider that others wrote, which the gate starts; and one provider that
/// signs whatever it is asked to.
struct OpenIDSite {
    static let folder = processEnvironment()["TEST_OPENID"] ?? ""
    static var honest: String { (try? Disk.readText("\(folder)/issuer")) ?? "" }
    static var crooked: String { (try? Disk.readText("\(folder)/crooked")) ?? "" }

    let site: TestSite
    let admin: TestMember

    init() async throws {
        site = try await TestSite().with(["RABRONG_REACH": "anywhere"])
        admin = try await site.member("อรทัย", holding: .members)
    }

    /// Where a browser stands that has left for the provider.
    struct Departure {
        let address: String
        let cookie: String

        func parameter(_ name: String) -> String? {
            address.split(separator: "?", maxSplits: 1).last.flatMap { Fields(decoding: $0.utf8) }?[name]
        }
    }

    func settings(_ changes: [String: String] = [:]) -> KeyValuePairs<String, String> {
        [
            "name": "บัญชีกลาง", "issuer": changes["issuer"] ?? Self.crooked, "client": changes["client"] ?? "client",
            "secret": changes["secret"] ?? "secret", "links-by-email": changes["links-by-email"] ?? "",
        ]
    }

    func use(_ changes: [String: String] = [:]) async throws {
        let answer = await site.post("/members/provider", settings(changes), as: admin)
        #expect(answer.status == 303, "\(answer.text)")
    }

    /// Registers us with the honest provider, as an administrator would by its pages, and takes it.
    func useHonest(linksByEmail: Bool = false) async throws {
        let page = await site.get("/members/provider", as: admin).text
        let address = try #require(page.firstMatch(of: /id="return-address">([^<]+)</)).1
        var request = OutboundRequest("POST", Self.honest + "/oauth/register")
        request.headers = [("content-type", "application/json")]
        let client: JSON = [
            "client_name": "Rabrong", "redirect_uris": [.text(String(address))], "client_uri": "http://localhost",
            "grant_types": ["authorization_code"], "response_types": ["code"], "scope": "openid email profile",
        ]
        request.body = .bytes(Array(client.text.utf8))
        let facts = try JSON(parsing: try await request.perform().body)
        try await use([
            "issuer": Self.honest, "client": facts["client_id"]?.textValue ?? "",
            "secret": facts["client_secret"]?.textValue ?? "", "links-by-email": linksByEmail ? "on" : "",
        ])
    }

    func leave(for next: String = "") async throws -> Departure {
        let answer = await site.get("/sign-in/provider" + (next.isEmpty ? "" : "?next=\(next)"))
        #expect(answer.status == 303, "\(answer.text)")
        return Departure(
            address: try #require(answer.headers["location"]),
            cookie: try cookie("__Host-rabrong-flow", of: answer))
    }

    func cookie(_ name: String, of answer: Response) throws -> String {
        let cookies = answer.headers.all("set-cookie").compactMap { $0.split(separator: ";").first }
        return String(try #require(cookies.first { $0.hasPrefix("\(name)=") }))
    }

    /// What somebody does at the honest provider; with which query they come back.
    func agree(as person: String, _ departure: Departure) async throws -> String {
        let address = "\(Self.honest)/as/\(person)?to=\(percentEncoded(departure.address))"
        let answer = try await OutboundRequest("GET", address).perform()
        let back = String(decoding: answer.body, as: UTF8.self)
        return String(try #require(back.split(separator: "?", maxSplits: 1).last))
    }

    func comeBack(_ query: String, _ departure: Departure?, as member: TestMember? = nil) async -> Response {
        await site.get(
            "/sign-in/provider/return?\(query)", as: member,
            departure.map { ["cookie": $0.cookie] } ?? Headers())
    }

    /// From the sign-in page to the provider and back.
    func arrive(as person: String, next: String = "") async throws -> Response {
        let departure = try await leave(for: next)
        return await comeBack(try await agree(as: person, departure), departure)
    }

    func isSignedIn(_ answer: Response) -> Bool {
        answer.status == 303
            && answer.headers.all("set-cookie").contains { $0.hasPrefix("__Host-rabrong-\(site.area.code)=") }
    }

    func member(at email: String) async throws -> TestMember {
        let member = try await site.member("กตัญญู")
        let hash = try await PasswordHash.make(of: JoinSite.password)
        try await site.execute(
            """
            UPDATE members SET email = \(email), password_hash = \(hash.text)
            WHERE area_id = \(site.area.id) AND id = \(member.id)
            """)
        return member
    }

    func identities() async throws -> Int {
        Int(try await site.row("SELECT count(*) FROM identities WHERE area_id = \(site.area.id)")[0]) ?? -1
    }
}
