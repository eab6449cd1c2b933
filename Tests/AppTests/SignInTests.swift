import App
import HTTP
import Kernel
import Postgres
import Secrets
import TestSupport
import Testing

@Suite(.database) struct `A member signs in` {
    static let password = "ที่นี่มีน้ำใจ 2569"

    @Test func `and gets a session in a cookie of the area`() async throws {
        let (site, member) = try await siteWithPassword()
        let response = await signIn(site, member, Self.password)
        #expect(response.status == 303)
        let cookie = response.headers.all("set-cookie").first { $0.hasPrefix("__Host-rabrong-\(site.area.code)=") }
        #expect(cookie?.hasSuffix("; Path=/; Secure; HttpOnly; SameSite=Lax") == true)
    }

    @Test(arguments: ["wrong password", "ที่นี่มีน้ำใจ 2569 ", "Password1234"])
    func `not with another password`(password: String) async throws {
        let (site, member) = try await siteWithPassword()
        #expect(await signIn(site, member, password).status == 422)
    }

    @Test func `a wrong name and a wrong password get the same words`() async throws {
        let (site, member) = try await siteWithPassword()
        let wrongPassword = await signIn(site, member, "not this one").text
        let wrongName = await signIn(site, member.named("nobody"), "not this one")
            .text
        #expect(
            wrongPassword.split(separator: "password-problem").last
                == wrongName.split(separator: "password-problem").last)
    }

    @Test func `after five wrong passwords only that device waits`() async throws {
        let (site, member) = try await siteWithPassword()
        for _ in 0..<5 { #expect(await signIn(site, member, "wrong").status == 422) }
        #expect(await signIn(site, member, Self.password).status == 429)
        #expect(await signIn(site, member, Self.password, from: "10.9.9.9").status == 303)
    }

    @Test func `back to the page that was wanted, never to another site`() async throws {
        let (site, member) = try await siteWithPassword()
        let wanted = await signIn(site, member, Self.password, next: "/\(site.area.code)/account")
        #expect(wanted.headers["location"] == "/\(site.area.code)/account")
        for trap in ["//evil.example", "https://evil.example", "/\(site.area.code)/\\evil", "/other"] {
            let response = await signIn(site, member, Self.password, next: trap)
            #expect(response.headers["location"] == "/\(site.area.code)", "\(trap)")
        }
    }

    @Test func `with a temporary password must choose another first`() async throws {
        let (site, member) = try await siteWithPassword(mustChange: true)
        let home = await site.get("/account", as: member)
        #expect(home.status == 303)
        #expect(home.headers["location"] == "/\(site.area.code)/account/password")
        let response = await site.post(
            "/account/password",
            ["current": Self.password, "password": "กตัญญูรู้คุณ 7", "again": "กตัญญูรู้คุณ 7"], as: member)
        #expect(response.status == 303)
        #expect(await site.get("/account", as: member).status == 200)
    }

    @Test func `out again, here and everywhere`() async throws {
        let (site, member) = try await siteWithPassword()
        _ = await signIn(site, member, Self.password)
        #expect(try await sessionCount(site) == ["2"])
        _ = await site.post("/account/sessions/end", as: member)
        #expect(try await sessionCount(site) == ["1"])
        #expect(await site.post("/sign-out", as: member).status == 303)
        #expect(await site.get("/account", as: member).status == 303)
    }

    @Test(arguments: ["pending", "disabled"])
    func `not while the account is not enabled`(status: String) async throws {
        let (site, member) = try await siteWithPassword(status: status)
        let response = await signIn(site, member, Self.password)
        #expect(response.status == 422)
        #expect(response.text.contains("id=\"username-problem\""))
    }

    private func sessionCount(_ site: TestSite) async throws -> [String] {
        try await site.row("SELECT count(*) FROM sessions WHERE area_id = \(site.area.id)")
    }

    private func siteWithPassword(
        mustChange: Bool = false, status: String = "enabled"
    ) async throws -> (TestSite, TestMember) {
        let site = try await TestSite()
        let member = try await site.member(status: status)
        let hash = try await PasswordHash.make(of: Self.password).text
        try await site.database.transaction(in: site.area.id.rawValue) { transaction in
            try await transaction.execute(
                """
                UPDATE members
                SET password_hash = \(hash), must_change_password = \(mustChange)
                WHERE area_id = \(site.area.id) AND id = \(member.id)
                """)
        }
        return (site, member)
    }

    private func signIn(
        _ site: TestSite, _ member: TestMember, _ password: String, next: String = "", from peer: String = "10.1.2.3"
    ) async -> Response {
        var fields = Fields(["username": member.username, "password": password, "next": next])
        fields.add("form-token", site.formToken)
        let headers: Headers = [
            "host": "localhost", "cookie": "__Host-rabrong-browser=browser",
            "content-type": "application/x-www-form-urlencoded",
        ]
        let body = TextBody(String(fields.queryText.dropFirst()))
        return await site.app.respond(
            Request(.post, "/\(site.area.code)/sign-in", headers: headers, peer: peer, body: body))
    }
}
