import App
import HTTP
import Kernel
import Postgres
import TestSupport
import Testing

/// What people and programs get instead of what they asked for.
@Suite(.database) struct `What goes wrong` {
    static let routes = App.registry.routes.entries.filter { $0.place == .everyArea }

    @Test func `more than an address takes is 413`() async throws {
        let (site, admin, token) = try await siteWithAdmin()
        let much = String(repeating: "a", count: 256 * 1024)
        expectPage(await site.post("/units", ["kind": "school", "name": much], as: admin), 413)
        expectProblem(await site.api(.post, "/units", token: token, "{\"name\":\"\(much)\"}"), 413, "too-large")
        let list = await site.post("/units/import", ["list": much], as: admin)
        #expect(list.status == 200, "an import takes more")
    }

    @Test func `what isn't there is 404, and looks the same as another area's`() async throws {
        let (site, admin, token) = try await siteWithAdmin()
        let (other, _, _) = try await siteWithAdmin()
        for path in ["/nowhere", "/units/999999999", "/units/x", "/units/-1", "/units/\(other.unit)"] {
            expectPage(await site.get(path, as: admin), 404)
            expectProblem(await site.api(.get, path, token: token), 404, "not-found")
        }
        let unknown = await site.app.respond(Request(.get, "/no-such-area/members", peer: "10.1.2.3"))
        expectPage(unknown, 404)
        let program = await site.app.respond(Request(.get, "/api/no-such-area/members", peer: "10.1.2.3"))
        expectProblem(program, 404, "not-found")
    }

    @Test(arguments: Set(routes.map(\.path)).sorted())
    func `another method is 405 and says which are allowed`(path: String) async throws {
        let (site, admin, _) = try await siteWithAdmin()
        let here = Self.routes.filter { $0.path == path }
        let address = `Every address`.path(of: here[0])
        let allowed = here.map(\.method.rawValue).sorted().joined(separator: ", ")
        for method in Method.allCases where !here.contains(where: { $0.method == (method == .head ? .get : method) }) {
            let response = await site.respond(method, address, as: admin, body: "", Headers())
            #expect(response.status == 405, "\(method) \(path)")
            #expect(response.headers["allow"] == allowed)
        }
    }

    @Test func `another method of the API is 405, with its problem`() async throws {
        let (site, _, token) = try await siteWithAdmin()
        let response = await site.api(.delete, "/units", token: token)
        expectProblem(response, 405, "method")
        #expect(response.headers["allow"] == "GET, POST")
        // Its GET is a page, and no business of programs.
        let page = await site.api(.get, "/roles/1/application", token: token)
        expectProblem(page, 405, "method")
        #expect(page.headers["allow"] == "POST")
    }

    @Test func `a form that was opened before another saved is 409`() async throws {
        let (site, admin, token) = try await siteWithAdmin()
        let form: KeyValuePairs<String, String> = ["kind": "school", "name": "วัดป่า", "version": "1"]
        #expect(await site.post("/units/\(site.unit)", form, as: admin).status == 303)
        expectPage(await site.post("/units/\(site.unit)", form, as: admin), 409)
        let body = "{\"kind\":\"school\",\"name\":\"วัดเขา\",\"version\":1}"
        expectProblem(await site.api(.post, "/units/\(site.unit)", token: token, body), 409, "outdated")
        #expect(
            try await site.row("SELECT name FROM units WHERE area_id = \(site.area.id) AND id = \(site.unit)")
                == ["วัดป่า"])
    }

    @Test func `what is neither a form nor JSON is 415`() async throws {
        let (site, admin, token) = try await siteWithAdmin()
        let headers: Headers = ["content-type": "text/plain"]
        expectPage(await site.respond(.post, "/units", as: admin, body: "name=x", headers), 415)
        let form = await site.app.respond(
            Request(
                .post, "/api/\(site.area.code)/units",
                headers: ["authorization": "Bearer \(token)", "content-type": "application/x-www-form-urlencoded"],
                peer: "10.1.2.3", body: TextBody("kind=school&name=x")))
        expectProblem(form, 415, "unsupported")
    }

    @Test func `what can't be is 422: the form again with what was typed, or each field's problem`() async throws {
        let (site, admin, token) = try await siteWithAdmin()
        let page = await site.post("/units", ["kind": "school", "name": "", "phone": "๐ ๕๔๐๐"], as: admin)
        expectPage(page, 422)
        #expect(page.text.contains("id=\"name-problem\"") && page.text.contains("value=\"๐ ๕๔๐๐\""))
        let program = await site.api(.post, "/units", token: token, "{\"kind\":\"castle\",\"name\":\"ก\"}")
        expectProblem(program, 422, "invalid")
        #expect(program.text.contains("\"field\":\"kind\""))
    }

    @Test func `a body that breaks off or isn't what it says is 400`() async throws {
        let (site, admin, token) = try await siteWithAdmin()
        expectPage(await site.respond(.post, "/units", as: admin, body: "name=%zz", Headers()), 400)
        expectProblem(await site.api(.post, "/units", token: token, "{\"name\":"), 400, "malformed")
        let headers: Headers = ["content-type": "multipart/form-data; boundary=edge"]
        expectPage(await site.respond(.post, "/units", as: admin, body: "--edge\r\nx", headers), 400)
    }

    private func expectPage(_ response: Response, _ status: Int, _ place: SourceLocation = #_sourceLocation) {
        #expect(response.status == status, sourceLocation: place)
        #expect(response.headers["content-type"] == "text/html; charset=utf-8", sourceLocation: place)
        #expect(response.text.hasPrefix("<!doctype html>"), sourceLocation: place)
    }

    private func expectProblem(
        _ response: Response, _ status: Int, _ code: String, _ place: SourceLocation = #_sourceLocation
    ) {
        #expect(response.status == status, sourceLocation: place)
        #expect(response.headers["content-type"] == "application/problem+json", sourceLocation: place)
        #expect(response.text.contains("\"type\":\"urn:rabrong:problem:\(code)\""), sourceLocation: place)
    }

    private func siteWithAdmin() async throws -> (TestSite, TestMember, token: String) {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings)
        return (site, admin, try await site.apiToken(of: admin, .settings))
    }
}
