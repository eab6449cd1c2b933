import HTTP
import Kernel
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

@Suite(.database) struct `Somebody signs in with an account elsewhere` {
    @Test func `which they linked with their password once, and then need it no more`() async throws {
        let play = try await OpenIDSite()
        try await play.useHonest()
        let member = try await play.member(at: "other@example.go.th")
        #expect(await play.site.get("/sign-in").text.contains("เข้าสู่ระบบด้วย บัญชีกลาง"))

        let first = try await play.arrive(as: "unverified")
        #expect(!play.isSignedIn(first))
        let location = try #require(first.headers["location"])
        #expect(location.contains("/sign-in?next=") && location.contains("identity"))
        let kept: Headers = ["cookie": try play.cookie("__Host-rabrong-identity", of: first)]
        #expect(
            await play.site.get("/account/identity", as: member, kept).text.contains("unverified@example.go.th"))
        let wrong = await play.site.post("/account/identity", ["current": "wrong"], as: member, kept)
        #expect(wrong.status == 422 && wrong.text.contains("id=\"current-problem\""))
        let right: KeyValuePairs<String, String> = ["current": JoinSite.password]
        #expect(await play.site.post("/account/identity", right, as: member).status == 409)
        #expect(await play.site.post("/account/identity", right, as: member, kept).status == 303)
        #expect(
            try await play.site.row(
                "SELECT payload ->> 'what' AS w FROM jobs WHERE area_id = \(play.site.area.id) AND kind = 'password-notice'"
            ) == ["identityLinked"])

        let second = try await play.arrive(as: "unverified", next: "/\(play.site.area.code)/account")
        #expect(play.isSignedIn(second) && second.headers["location"]?.hasSuffix("/account") == true)
        let session = member.signedIn(by: second)
        #expect(await play.site.get("/account", as: session).text.contains("กตัญญู"))

        // Nobody else can take the same account, nor keep two.
        let other = try await play.member(at: "third@example.go.th")
        #expect(await play.site.post("/account/identity", right, as: other, kept).status == 409)
        #expect(await play.site.post("/account/identity/removal", as: member).status == 303)
        #expect(await play.site.post("/account/identity/removal", as: member).status == 409)
        #expect(try await !play.isSignedIn(play.arrive(as: "unverified")))
    }

    @Test func `is known by a verified address, where the area goes by that`() async throws {
        let play = try await OpenIDSite()
        _ = try await play.member(at: "verified@example.go.th")
        _ = try await play.member(at: "unverified@example.go.th")
        try await play.useHonest()
        #expect(try await !play.isSignedIn(play.arrive(as: "verified")))
        try await play.useHonest(linksByEmail: true)
        #expect(try await !play.isSignedIn(play.arrive(as: "unverified")))
        #expect(try await play.identities() == 0)
        #expect(try await play.isSignedIn(play.arrive(as: "verified")))
        #expect(try await play.identities() == 1)
        // From then on it is the account that counts, and not the address.
        try await play.site.execute(
            "UPDATE members SET email = NULL WHERE area_id = \(play.site.area.id) AND email = 'verified@example.go.th'")
        #expect(try await play.isSignedIn(play.arrive(as: "verified")))
    }

    @Test func `and is still asked for the second factor`() async throws {
        let play = try await OpenIDSite()
        let member = try await play.member(at: "verified@example.go.th")
        try await play.site.execute(
            """
            INSERT INTO second_factors (area_id, member_id, sealed, confirmed_at)
            VALUES (\(play.site.area.id), \(member.id), '', now())
            """)
        try await play.useHonest(linksByEmail: true)
        let answer = try await play.arrive(as: "verified")
        #expect(!play.isSignedIn(answer) && answer.headers["location"]?.hasSuffix("/sign-in/code") == true)
    }

    @Test func `but not into an account that was disabled`() async throws {
        let play = try await OpenIDSite()
        let member = try await play.member(at: "verified@example.go.th")
        try await play.useHonest(linksByEmail: true)
        #expect(try await play.isSignedIn(play.arrive(as: "verified")))
        try await play.site.execute(
            "UPDATE members SET status = 'disabled' WHERE area_id = \(play.site.area.id) AND id = \(member.id)")
        let answer = try await play.arrive(as: "verified")
        #expect(!play.isSignedIn(answer) && answer.text.contains("ถูกระงับ"))
    }

    @Test func `only in the browser that began it, once, and at this area`() async throws {
        let (play, other) = (try await OpenIDSite(), try await OpenIDSite())
        _ = try await play.member(at: "verified@example.go.th")
        try await play.useHonest(linksByEmail: true)
        try await other.use()
        let departure = try await play.leave()
        let query = try await play.agree(as: "verified", departure)
        #expect(await play.comeBack(query, nil).status == 409)
        #expect(await play.comeBack(query, try play.leave()).status == 409)
        #expect(await other.comeBack(query, departure).status == 409)
        let stateless = query.replacing(/state=[^&]+/, with: "state=")
        #expect(await play.comeBack(stateless, departure).status == 409)
        #expect(play.isSignedIn(await play.comeBack(query, departure)))
        #expect(await play.comeBack(query, departure).status == 409)
        #expect(await play.comeBack("state=\(departure.parameter("state") ?? "")", departure).status == 409)
    }

    @Test func `and whoever says no there comes back to a way in`() async throws {
        let play = try await OpenIDSite()
        try await play.use()
        let departure = try await play.leave()
        let answer = await play.comeBack(
            "error=access_denied&state=\(departure.parameter("state") ?? "")", departure)
        #expect(answer.status == 409 && answer.text.contains("เข้าสู่ระบบด้วยรหัสผ่าน"))
    }
}

/// Each is signed, or not, by a provider that the area trusts, and still isn't believed.
@Suite(.database) struct `A token is not believed` {
    private static let lies: [(what: String, code: JSON)] = [
        ("for another attempt", ["claims": ["nonce": "another"]]),
        ("for no attempt", ["claims": ["nonce": nil]]),
        ("of another issuer", ["claims": ["iss": "https://accounts.example.com"]]),
        ("for another client", ["claims": ["aud": "another"]]),
        ("for two clients, made for the other", ["claims": ["aud": ["client", "another"], "azp": "another"]]),
        ("that is too old", ["claims": ["iat": 1_600_000_000, "exp": 1_600_000_300]]),
        ("of the future", ["claims": ["iat": 4_000_000_000, "exp": 4_000_000_300]]),
        ("without an end", ["claims": ["exp": nil]]),
        ("of nobody", ["claims": ["sub": ""]]),
        ("signed by another's key", ["key": "foreign"]),
        ("signed by a key of another name", ["head": ["kid": "unknown"]]),
        ("signed with a shared secret", ["head": ["alg": "HS256"], "key": "shared"]),
        ("that isn't signed", ["head": ["alg": "none"], "key": "none"]),
    ]

    private func arrive(_ code: JSON, _ play: OpenIDSite) async throws -> Response {
        let departure = try await play.leave()
        var code = code
        let claims = code["claims"]?.members ?? []
        if !claims.contains(where: { $0.name == "nonce" }) {
            let nonce = JSON.Member(name: "nonce", value: .text(departure.parameter("nonce") ?? ""))
            code = .object(
                code.members.filter { $0.name != "claims" } + [.init(name: "claims", value: .object(claims + [nonce]))])
        }
        let state = departure.parameter("state") ?? ""
        return await play.comeBack("code=\(Array(code.text.utf8).base64url)&state=\(state)", departure)
    }

    @Test(arguments: lies.indices) func `whatever is wrong with it`(lie: Int) async throws {
        let play = try await OpenIDSite()
        try await play.use()
        let answer = try await arrive(Self.lies[lie].code, play)
        #expect(answer.status == 409, "\(Self.lies[lie].what)")
        #expect(!answer.headers.all("set-cookie").contains { $0.contains("identity=") && !$0.contains("identity=;") })
        // And the same without the lie is.
        #expect(try await arrive([:], play).headers["location"]?.contains("identity") == true)
    }

    @Test func `or comes with another issuer's answer`() async throws {
        let play = try await OpenIDSite()
        try await play.use()
        let departure = try await play.leave()
        let code = Array(#"{"claims":{"nonce":"\#(departure.parameter("nonce") ?? "")"}}"#.utf8).base64url
        let query = "code=\(code)&state=\(departure.parameter("state") ?? "")"
        #expect(await play.comeBack("\(query)&iss=https%3A%2F%2Fevil.example", departure).status == 409)
        #expect(await play.comeBack("\(query)&iss=\(percentEncoded(OpenIDSite.crooked))", departure).status == 303)
    }
}

@Suite(.database) struct `An area's sign-in provider` {
    @Test(arguments: [
        ("ftp://example.go.th", "ขึ้นต้นด้วย https://"), ("http://localhost:1", "ติดต่อไม่ได้"), ("/token", "สถานะ 405"),
        ("/keys", "สถานะ 404"), ("/misnamed", "เรียกตนเองว่า"),
    ])
    func `is asked before it is taken`(issuer: String, words: String) async throws {
        let play = try await OpenIDSite()
        let address = issuer.hasPrefix("/") ? OpenIDSite.crooked + issuer : issuer
        let answer = await play.site.post("/members/provider", play.settings(["issuer": address]), as: play.admin)
        #expect(answer.status == 422 && answer.text.contains("id=\"issuer-problem\""), "\(issuer)")
        #expect(answer.text.contains(words) || issuer == "/token", "\(issuer)")
        #expect(await play.site.get("/sign-in/provider").status == 404)
    }

    @Test func `isn't one of our own network, unless the operator says so`() async throws {
        let play = try await OpenIDSite()
        let usual = try play.site.with([:])
        let answer = await usual.post("/members/provider", play.settings(), as: play.admin)
        #expect(answer.status == 422 && answer.text.contains("id=\"issuer-problem\""))
        let inside = await usual.post(
            "/members/provider", play.settings(["issuer": "https://127.0.0.1"]), as: play.admin)
        #expect(inside.status == 422 && inside.text.contains("id=\"issuer-problem\""))
    }

    @Test func `keeps its secret sealed, and when none is typed`() async throws {
        let play = try await OpenIDSite()
        let missing = await play.site.post("/members/provider", play.settings(["secret": ""]), as: play.admin)
        #expect(missing.status == 422 && missing.text.contains("id=\"secret-problem\""))
        try await play.use(["secret": "very secret"])
        let stored: SQL = """
            SELECT encode(client_secret_sealed, 'hex') AS s FROM sign_in_providers WHERE area_id = \(play.site.area.id)
            """
        let before = try await play.site.row(stored)
        #expect(!before[0].contains(Array("very secret".utf8).hexadecimal))
        try await play.use(["secret": "", "client": "other"])
        #expect(try await play.site.row(stored) == before)
        #expect(await !play.site.get("/members/provider", as: play.admin).text.contains("very secret"))
        let journal = try await play.site.row(
            "SELECT string_agg(j.after::text, ' ') AS t FROM journal j WHERE area_id = \(play.site.area.id)")
        #expect(journal[0].contains("other") && !journal[0].contains("secret"))
    }

    @Test func `is taken away, and the button with it`() async throws {
        let play = try await OpenIDSite()
        try await play.use()
        #expect(await play.site.get("/sign-in").text.contains("/sign-in/provider"))
        #expect(await play.site.post("/members/provider/removal", as: play.admin).status == 303)
        #expect(await !play.site.get("/sign-in").text.contains("/sign-in/provider"))
        #expect(await play.site.post("/members/provider/removal", as: play.admin).status == 404)
    }
}
