import App
import HTTP
import Kernel
import Members
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A program's key` {
    @Test func `may do no more than its flags`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members, .settings)
        let token = try await site.apiToken(of: admin, .members)
        #expect(await site.api(.get, "/members", token: token).status == 200)
        #expect(await site.api(.get, "/units", token: token).status == 403)
    }

    @Test func `may do no more than its owner at that moment`() async throws {
        let site = try await TestSite()
        let (admin, chief) = (
            try await site.member(holding: .members, .settings), try await site.member(holding: .members)
        )
        let token = try await site.apiToken(of: admin, .members, .settings)
        #expect(await site.api(.get, "/units", token: token).status == 200)
        #expect(await site.post("/members/flags", ["switch": "S.no.\(admin.id)"], as: chief).status == 303)
        #expect(await site.api(.get, "/units", token: token).status == 403)
        #expect(await site.api(.get, "/members", token: token).status == 200)
        #expect(await site.post("/members/flags", ["switch": "S.yes.\(admin.id)"], as: chief).status == 303)
        #expect(await site.api(.get, "/units", token: token).status == 200)
    }

    @Test func `is shown once, and gets of the flags asked for only those that one has`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let form: KeyValuePairs<String, String> = ["name": "สรุปผล", "days": "90", "flags": "M", "flags": "S"]
        let page = await site.post("/account/tokens", form, as: admin).text
        let token = String(try #require(page.firstMatch(of: /<code id="token">(rbr_[A-Za-z0-9_-]{43})</)?.output.1))
        #expect(await site.api(.get, "/members", token: token).status == 200)
        #expect(await !site.get("/account", as: admin).text.contains(token))
        #expect(
            try await site.row("SELECT flags::text, name FROM api_tokens WHERE area_id = \(site.area.id)")
                == ["{M}", "สรุปผล"])
        #expect(
            try await site.row(
                "SELECT after::text LIKE '%rbr_%' FROM journal WHERE area_id = \(site.area.id) ORDER BY number DESC LIMIT 1"
            ) == ["false"])
    }

    @Test(arguments: [
        "UPDATE members SET status = 'disabled'", "UPDATE members SET status = 'pending'",
        "UPDATE members SET must_change_password = true", "UPDATE api_tokens SET expires_at = now() - interval '1 s'",
        "UPDATE api_tokens SET revoked_at = now()",
    ])
    func `opens nothing once its owner or itself is out of use`(ending: String) async throws {
        let site = try await TestSite()
        let token = try await site.apiToken(of: try await site.member(holding: .members), .members)
        #expect(await site.api(.get, "/members", token: token).status == 200)
        try await site.execute(SQL(stringLiteral: "\(ending) WHERE area_id = \(site.area.id)"))
        #expect(await site.api(.get, "/members", token: token).status == 401)
    }

    @Test func `is revoked by its owner, and by nobody else`() async throws {
        let site = try await TestSite()
        let (admin, chief) = (try await site.member(holding: .members), try await site.member(holding: .members))
        let token = try await site.apiToken(of: admin, .members)
        let id = try await site.row("SELECT id FROM api_tokens WHERE area_id = \(site.area.id)")[0]
        #expect(await site.post("/account/tokens/\(id)/revocation", as: chief).status == 404)
        #expect(await site.api(.get, "/members", token: token).status == 200)
        #expect(await site.post("/account/tokens/\(id)/revocation", as: admin).status == 303)
        #expect(await site.api(.get, "/members", token: token).status == 401)
    }

    @Test func `of one area opens no other`() async throws {
        let (site, other) = (try await TestSite(), try await TestSite())
        let token = try await site.apiToken(of: try await site.member(holding: .members), .members)
        #expect(await other.api(.get, "/members", token: token).status == 401)
        let stranger = try await other.member()
        let there = try await site.apiToken(of: try await site.member(holding: .settings), .members, .settings)
        #expect(await site.api(.get, "/units", token: there).status == 200)
        #expect(await !site.api(.get, "/units", token: there).text.contains(stranger.username))
    }
}

@Suite(.database) struct `The API` {
    @Test(arguments: [(Method.get, "/members"), (.post, "/units")])
    func `takes no cookie`(method: Method, path: String) async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members, .settings)
        let headers: Headers = [
            "host": TestSite.host, "content-type": "application/json",
            "cookie": "\(Gate.cookieName(of: site.area))=\(admin.token)",
        ]
        let body = TextBody("{\"kind\":\"school\",\"name\":\"บ้านหนึ่ง\"}")
        let response = await site.app.respond(
            Request(method, "/api/\(site.area.code)\(path)", headers: headers, peer: "10.1.2.3", body: body))
        #expect(response.status == 401)
        #expect(response.headers["www-authenticate"] == "Bearer")
    }

    @Test(arguments: [
        (Method.get, "/members", "", 403, "forbidden"), (.get, "/units/999999999", "", 404, "not-found"),
        (.get, "/nowhere", "", 404, "not-found"), (.get, "/sign-in", "", 404, "not-found"),
        (.delete, "/units", "", 405, "method"), (.post, "/units", "[]", 400, "malformed"),
        (.post, "/units", "{\"name\":", 400, "malformed"), (.post, "/units", "{}", 422, "invalid"),
    ])
    func `says what is wrong as a problem`(
        method: Method, path: String, body: String, status: Int, code: String
    ) async throws {
        let site = try await TestSite()
        let token = try await site.apiToken(of: try await site.member(holding: .settings), .settings)
        let response = await site.api(method, path, token: token, body)
        #expect(response.status == status)
        #expect(response.headers["content-type"] == "application/problem+json")
        let problem = try JSON(parsing: response.text.utf8)
        #expect(problem["type"]?.textValue == "urn:rabrong:problem:\(code)")
        #expect(problem["status"]?.text == "\(status)")
        #expect(problem["title"]?.textValue?.isEmpty == false)
        let fields = problem["errors"]?.items.compactMap { $0["field"]?.textValue }
        #expect(fields == (status == 422 ? ["kind", "name"] : nil))
    }

    @Test func `does and shows what the pages do, in the key's area`() async throws {
        let (site, other) = (try await TestSite(), try await TestSite())
        let token = try await site.apiToken(of: try await site.member(holding: .settings), .settings)
        let made = await site.api(.post, "/units", token: token, "{\"kind\":\"school\",\"name\":\"วัดป่า\",\"number\":7}")
        #expect(made.status == 201)
        let id = try #require(try JSON(parsing: made.text.utf8)["id"]?.text)
        #expect(try JSON(parsing: await site.api(.get, "/units/\(id)", token: token).text.utf8)["number"] == "7")
        let theirs = try await other.apiToken(of: try await other.member(holding: .settings), .settings)
        #expect(await other.api(.get, "/units/\(id)", token: theirs).status == 404)
        #expect(await other.api(.post, "/units/\(id)/closing", token: theirs).status == 404)
    }
}
