import App
import HTTP
import Kernel
import Postgres
import TestSupport
import Testing

/// Every address of the one table, asked for by those who must not get in.
@Suite(.database) struct `Every address` {
    static let entries = App.registry.routes.entries

    @Test(arguments: entries.filter { $0.access != .anyone && $0.place == .everyArea })
    func `sends one who is not signed in to sign in`(route: Route) async throws {
        let site = try await TestSite()
        let response = await ask(site, route, as: nil)
        #expect(response.status == 303)
        #expect(response.headers["location"]?.hasPrefix("/\(site.area.code)/sign-in") == true)
    }

    @Test(arguments: entries.filter { isGuarded($0) && $0.place == .everyArea })
    func `turns away a member without the flag`(route: Route) async throws {
        let site = try await TestSite()
        let nobody = try await site.member()
        #expect(await ask(site, route, as: nobody).status == 403)
    }

    @Test(arguments: entries.filter { $0.access != .anyone && $0.place == .everyArea })
    func `does not know a session of another area`(route: Route) async throws {
        let site = try await TestSite()
        let other = try await TestSite()
        let stranger = try await other.member(holding: .members, .settings, .operate)
        let response = await ask(site, route, as: stranger)
        #expect(response.status == 303)
        #expect(response.headers["location"]?.hasPrefix("/\(site.area.code)/sign-in") == true)
    }

    @Test(arguments: entries.filter { $0.place == .centralOnly })
    func `of the central office is no address of an area`(route: Route) async throws {
        let site = try await TestSite()
        let member = try await site.member(holding: .members, .settings, .operate)
        #expect(await ask(site, route, as: member).status == 404)
    }

    @Test(arguments: entries.filter { $0.place == .centralOnly })
    func `of the operator turns away the rest of the central office`(route: Route) async throws {
        let site = try await TestSite(kind: .central)
        let member = try await site.member(holding: .members, .settings)
        #expect(await ask(site, route, as: member).status == 403)
    }

    @Test(arguments: entries.filter { $0.method == .post && $0.place == .everyArea })
    func `refuses a form from elsewhere`(route: Route) async throws {
        let site = try await TestSite()
        let member = try await site.member(holding: .members, .settings)
        let response = await site.respond(
            .post, Self.path(of: route), as: member, body: "form-token=forged", Headers())
        #expect(response.status == 403)
    }

    @Test(arguments: entries.filter { $0.api != nil && isGuarded($0) && $0.place == .everyArea })
    func `of the API needs a token with the flag`(route: Route) async throws {
        let site = try await TestSite()
        let member = try await site.member(holding: .members, .settings)
        let token = try await site.apiToken(of: member)
        #expect(await site.api(route.method, Self.path(of: route), token: nil, "{}").status == 401)
        #expect(await site.api(route.method, Self.path(of: route), token: "rbr_wrong", "{}").status == 401)
        let limited = await site.api(route.method, Self.path(of: route), token: token, "{}")
        #expect(limited.status == 403 || limited.status == 422)
        #expect(limited.headers["content-type"] == "application/problem+json")
    }

    private func ask(_ site: TestSite, _ route: Route, as member: TestMember?) async -> Response {
        let path = Self.path(of: route)
        return route.method == .get
            ? await site.get(path, as: member) : await site.post(path, Self.sound, as: member)
    }

    /// An address of the route, with something at each placeholder.
    static func path(of route: Route) -> String {
        route.path.split(separator: "/").map { "/" + (samples[$0] ?? ($0.hasPrefix(":") ? "1" : $0)) }.joined()
    }

    private static let samples: [Substring: Substring] = [
        ":flag": "M", ":code": "central", ":upload": "00112233445566778899aabbccddeeff",
        ":kind": "indicators", ":round": "c06", ":item": "1-1",
    ]

    /// Fields that pass each form's own check, so that what refuses is the flag.
    static let sound: KeyValuePairs<String, String> = [
        "name": "ก", "kind": "school", "hue": "1", "digits": "thai", "first-name": "ก", "last-name": "ข", "unit": "1",
        "username": "abc", "current": "x", "password": "long enough 1", "again": "long enough 1", "switch": "M.yes.1",
        "status": "enabled", "member": "1", "days": "9", "first-day": "1/1/2600", "last-day": "2/1/2600", "reason": "ก",
        "code": "x1", "short-name": "ก", "year": "2560", "number": "1", "framework": "1", "state": "open",
        "type": "done", "weight": "1", "below": "slope", "opens": "1/1/2600", "due": "2/1/2600", "assignment": "1",
        "until": "1/1/2600", "indicators": "1", "units": "1", "check-score": "4", "comment": "ก",
        "correct-by": "1/1/2600", "reports": "1", "as": "self", "mail": "daily",
        "start": "0", "length": "1", "gigabytes": "50", "address": "https://192.0.2.1/",
        "actions": "report.checked", "scope": "all", "decide-days": "30", "undecided": "escalate",
        "items": "1-1.1", "assignee": "0", "message": "ก",
        "area": "central", "variable": "a", "dispute": "ก", "answer": "ก",
    ]

    private static func isGuarded(_ route: Route) -> Bool {
        !route.access.permissions.isEmpty
    }
}
