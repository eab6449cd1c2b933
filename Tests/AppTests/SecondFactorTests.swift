import HTTP
import Kernel
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

/// A member with a telephone.
private struct FactorPlay {
    let site: TestSite
    let member: TestMember
    static let password = "ที่นี่มีน้ำใจ 2569"

    init(holding permissions: Permission...) async throws {
        site = try await TestSite()
        member = try await site.member()
        let hash = try await PasswordHash.make(of: Self.password)
        try await site.execute(
            """
            UPDATE members SET password_hash = \(hash.text), flags = \(permissions.map(\.name))
            WHERE area_id = \(site.area.id) AND id = \(member.id)
            """)
    }

    func require(_ flags: String...) async throws {
        try await site.execute("UPDATE area_settings SET factor_flags = \(flags) WHERE area_id = \(site.area.id)")
    }

    /// Begins, and returns what the telephone now knows.
    func begin() async throws -> OneTimeCode {
        #expect(await site.post("/account/second-factor", as: member).status == 303)
        let page = await site.get("/account/second-factor", as: member).text
        let key = try #require(page.firstMatch(of: /id="factor-key">([A-Z2-7]+)</)).1
        return OneTimeCode(secret: bytes(ofBase32: key))
    }

    /// Sets it up, and returns the telephone with the recovery codes.
    func setUp() async throws -> (phone: OneTimeCode, codes: [String]) {
        let phone = try await begin()
        let page = await site.post("/account/second-factor/confirmation", ["code": code(phone, -1)], as: member)
        #expect(page.status == 200, "\(page.text)")
        let list = page.text.split(separator: "id=\"recovery-codes\"").last ?? ""
        return (phone, list.matches(of: /<code>([a-z0-9-]+)<\/code>/).map { String($0.1) })
    }

    /// Codes of the past, of now, and of the next half minute are taken, each once and in this order.
    func code(_ phone: OneTimeCode, _ offset: Int = 0) -> String {
        phone.text(at: OneTimeCode.step(at: .now) + offset)
    }

    func signIn() async -> Response {
        await site.post("/sign-in", ["username": member.username, "password": Self.password])
    }

    /// The second step with the ticket that the first one gave.
    func enter(_ code: String, after first: Response) async -> Response {
        let cookie = first.headers.all("set-cookie").compactMap { $0.split(separator: ";").first }
            .first { $0.hasPrefix("__Host-rabrong-ticket=") }
        return await site.post("/sign-in/code", ["code": code], as: nil, ["cookie": String(cookie ?? "")])
    }

    private func bytes(ofBase32 text: some StringProtocol) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, held, bytes) = (0, 0, [UInt8]())
        for letter in text {
            held = held << 5 | (digits.firstIndex(of: letter) ?? 0)
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> bits & 255))
            }
        }
        return bytes
    }
}

@Suite(.database) struct `A second factor` {
    @Test func `is asked for after the password, once it is set up`() async throws {
        let play = try await FactorPlay()
        #expect(await play.signIn().headers["location"] == "/\(play.site.area.code)")
        let (phone, codes) = try await play.setUp()
        #expect(codes.count == 10 && Set(codes).count == 10)
        let first = await play.signIn()
        #expect(first.headers["location"] == "/\(play.site.area.code)/sign-in/code")
        #expect(!first.headers.all("set-cookie").contains { $0.hasPrefix("__Host-rabrong-\(play.site.area.code)=") })
        #expect(await play.enter("000000", after: first).status == 422)
        let second = await play.enter(play.code(phone), after: first)
        #expect(second.status == 303)
        #expect(await play.site.get("/account", as: play.member.signedIn(by: second)).status == 200)
    }

    @Test func `begun and not shown to work, nobody is asked for it`() async throws {
        let play = try await FactorPlay()
        _ = try await play.begin()
        #expect(await play.signIn().headers["location"] == "/\(play.site.area.code)")
        let wrong = await play.site.post("/account/second-factor/confirmation", ["code": "000000"], as: play.member)
        #expect(wrong.status == 422)
        #expect(await play.signIn().headers["location"] == "/\(play.site.area.code)")
    }

    @Test func `takes no code twice, nor one older than the last`() async throws {
        let play = try await FactorPlay()
        let (phone, _) = try await play.setUp()
        let first = await play.signIn()
        let code = play.code(phone)
        #expect(await play.enter(code, after: first).status == 303)
        #expect(await play.enter(code, after: first).status == 422)
        #expect(await play.enter(play.code(phone, -1), after: first).status == 422)
    }

    @Test func `gives way to each recovery code once`() async throws {
        let play = try await FactorPlay()
        let (_, codes) = try await play.setUp()
        let first = await play.signIn()
        #expect(await play.enter(codes[3].uppercased(), after: first).status == 303)
        #expect(await play.enter(codes[3], after: first).status == 422)
        #expect(await play.enter(codes[4].filter { $0 != "-" }, after: first).status == 303)
        let other = try await FactorPlay()
        _ = try await other.setUp()
        #expect(await other.enter(codes[5], after: await other.signIn()).status == 422)
    }

    @Test func `needs the ticket of the right password, which a new password makes void`() async throws {
        let play = try await FactorPlay()
        let (phone, _) = try await play.setUp()
        let code = play.code(phone)
        #expect(await play.enter(code, after: await play.site.get("/sign-in")).status == 409)
        let forged: Headers = ["cookie": "__Host-rabrong-ticket=\(play.member.id).9999999999.0.x61.AAAA"]
        #expect(await play.site.post("/sign-in/code", ["code": code], as: nil, forged).status == 409)
        let first = await play.signIn()
        let other = try await PasswordHash.make(of: "another password")
        try await play.site.execute(
            "UPDATE members SET password_hash = \(other.text) WHERE area_id = \(play.site.area.id) AND id = \(play.member.id)"
        )
        #expect(await play.enter(code, after: first).status == 409)
    }

    @Test func `is not guessed: after ten codes that place waits`() async throws {
        let play = try await FactorPlay()
        let (phone, _) = try await play.setUp()
        let first = await play.signIn()
        for _ in 0..<9 { #expect(await play.enter("000000", after: first).status == 422) }
        _ = await play.enter("000000", after: first)
        #expect(await play.enter(play.code(phone), after: first).status == 429)
    }

    @Test func `is needed for the flags that the area says, with the next page`() async throws {
        let play = try await FactorPlay(holding: .proof)
        #expect(await play.site.get("/reports", as: play.member).status == 200)
        try await play.require("Proof")
        let location = await play.site.get("/reports", as: play.member).headers["location"]
        #expect(location == "/\(play.site.area.code)/account/second-factor")
        let token = try await play.site.apiToken(of: play.member, .proof)
        #expect(await play.site.api(.get, "/reports", token: token).status == 403)
        _ = try await play.setUp()
        #expect(await play.site.get("/reports", as: play.member).status == 200)
        #expect(await play.site.api(.get, "/reports", token: token).status != 403)
        let colleague = try await play.site.member(holding: .school)
        #expect(await play.site.get("/reports", as: colleague).status == 200)
    }

    @Test func `is needed by checkers and certifiers unless an area says otherwise`() async throws {
        let site = try await TestSite()
        let fresh = try await site.row(
            "SELECT column_default FROM information_schema.columns WHERE table_name = 'area_settings' AND column_name = 'factor_flags'"
        )
        #expect(fresh[0].contains("{Proof,Certify}"))
        let admin = try await site.member(holding: .settings)
        #expect(await site.post("/settings/second-factor", ["flags": "Proof"], as: admin).status == 303)
        #expect(
            try await site.row("SELECT factor_flags::text FROM area_settings WHERE area_id = \(site.area.id)")
                == ["{Proof}"])
    }

    @Test func `is turned off with a code, or by an administrator, on the record`() async throws {
        let play = try await FactorPlay()
        let (phone, _) = try await play.setUp()
        #expect(await play.site.post("/account/second-factor/removal", ["code": "1"], as: play.member).status == 422)
        let off: KeyValuePairs<String, String> = ["code": play.code(phone)]
        #expect(await play.site.post("/account/second-factor/removal", off, as: play.member).status == 303)
        #expect(await play.signIn().headers["location"] == "/\(play.site.area.code)")
        _ = try await play.setUp()
        let admin = try await play.site.member(holding: .members)
        let path = "/members/\(play.member.id)/second-factor-removal"
        #expect(await play.site.post(path, as: admin).status == 303)
        #expect(await play.site.get("/account", as: play.member).status == 303)
        #expect(await play.signIn().headers["location"] == "/\(play.site.area.code)")
        let last = try await play.site.row(
            "SELECT action FROM journal WHERE area_id = \(play.site.area.id) AND action LIKE 'factor%' ORDER BY number DESC LIMIT 1"
        )
        #expect(last == ["factor.removed"])
    }

    @Test func `has new recovery codes when asked, and the old ones are void`() async throws {
        let play = try await FactorPlay()
        let (phone, old) = try await play.setUp()
        let page = await play.site.post("/account/second-factor/codes", ["code": play.code(phone)], as: play.member)
        #expect(page.status == 200 && !page.text.contains(old[0]))
        #expect(await play.enter(old[0], after: await play.signIn()).status == 422)
    }

    @Test func `begun, is shown to nobody who sees the site as the member`() async throws {
        let play = try await FactorPlay()
        _ = try await play.begin()
        let admin = try await play.site.member(holding: .members)
        #expect(await play.site.post("/members/\(play.member.id)/see-as", as: admin).status == 303)
        let page = await play.site.get("/account/second-factor", as: admin)
        #expect(page.status == 200 && !page.text.contains("factor-key"))
    }

    @Test func `lies sealed, and no code can be read from the database`() async throws {
        let play = try await FactorPlay()
        _ = try await play.begin()
        let page = await play.site.get("/account/second-factor", as: play.member).text
        let key = try #require(page.firstMatch(of: /id="factor-key">([A-Z2-7]+)</)).1
        let stored = try await play.site.row(
            "SELECT row_to_json(f)::text FROM second_factors f WHERE area_id = \(play.site.area.id)")[0]
        #expect(!stored.contains(key))
    }
}
