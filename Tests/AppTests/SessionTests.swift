import HTTP
import Kernel
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

@Suite(.database) struct `A member's sessions` {
    @Test func `are listed with their devices, and nobody else's`() async throws {
        let (site, other) = (try await TestSite(), try await TestSite())
        let member = try await site.member()
        _ = try await site.member(member, on: "Firefox · Android")
        _ = try await site.member(try await site.member(), on: "Edge · Windows")
        _ = try await other.member(try await other.member(), on: "Safari · iPhone")
        let page = await site.get("/account", as: member).text
        #expect(page.contains("Firefox · Android") && page.contains("test (เครื่องนี้)"))
        #expect(!page.contains("Edge · Windows") && !page.contains("Safari · iPhone"))
    }

    @Test func `end here with signing out, and stay elsewhere`() async throws {
        let site = try await TestSite()
        let member = try await site.member()
        let phone = try await site.member(member, on: "phone")
        let response = await site.post("/sign-out", as: member)
        #expect(response.status == 303)
        #expect(
            response.headers.all("set-cookie").contains {
                $0.hasPrefix("__Host-rabrong-\(site.area.code)=;") && $0.hasSuffix("Max-Age=0")
            })
        #expect(await isIn(member, site) == false)
        #expect(await isIn(phone, site))
    }

    @Test func `end everywhere else at once, and stay here`() async throws {
        let (site, other) = (try await TestSite(), try await TestSite())
        let member = try await site.member()
        let phone = try await site.member(member, on: "phone")
        let (colleague, neighbour) = (try await site.member(), try await other.member())
        #expect(await site.post("/account/sessions/end", as: member).status == 303)
        #expect(await isIn(phone, site) == false)
        #expect(await isIn(member, site))
        #expect(await isIn(colleague, site))
        #expect(await isIn(neighbour, other))
    }

    @Test func `end in one place at once`() async throws {
        let site = try await TestSite()
        let member = try await site.member()
        let (phone, tablet) = (try await site.member(member, on: "phone"), try await site.member(member, on: "tablet"))
        let id = try await sessionID("phone", site)
        #expect(await site.post("/account/sessions/\(id)/end", as: member).status == 303)
        #expect(await isIn(phone, site) == false)
        #expect(await isIn(tablet, site))
        #expect(await isIn(member, site))
        #expect(await site.post("/account/sessions/\(id)/end", as: member).status == 404)
    }

    @Test func `are ended by nobody else, here or in another area`() async throws {
        let (site, other) = (try await TestSite(), try await TestSite())
        let phone = try await site.member(try await site.member(), on: "phone")
        let id = try await sessionID("phone", site)
        let colleague = try await site.member(holding: .members)
        let stranger = try await other.member(holding: .members)
        #expect(await site.post("/account/sessions/\(id)/end", as: colleague).status == 404)
        #expect(await other.post("/account/sessions/\(id)/end", as: stranger).status == 404)
        #expect(await isIn(phone, site))
    }

    @Test func `end by themselves when their time is over, and live on with use`() async throws {
        let site = try await TestSite()
        let (member, kept) = (try await site.member(), try await site.member())
        // Used six minutes ago: more than five, so that this use is noted.
        try await site.execute(
            """
            UPDATE sessions
            SET seen_at = \(Instant.now + -360), is_kept = member_id = \(kept.id)
            WHERE area_id = \(site.area.id)
            """)
        let ending = SQL(
            "SELECT round(extract(epoch FROM expires_at - now()) / 3600)::int FROM sessions WHERE area_id = ")
        #expect(await isIn(member, site))
        #expect(await isIn(kept, site))
        #expect(try await site.row(ending + "\(site.area.id) AND member_id = \(member.id)") == ["12"])
        #expect(try await site.row(ending + "\(site.area.id) AND member_id = \(kept.id)") == ["1"])
        try await site.execute("UPDATE sessions SET expires_at = \(Instant.now + -1) WHERE area_id = \(site.area.id)")
        #expect(await isIn(member, site) == false)
    }

    @Test func `end elsewhere with a new password`() async throws {
        let site = try await TestSite()
        let member = try await site.member()
        let phone = try await site.member(member, on: "phone")
        let hash = try await PasswordHash.make(of: "ที่นี่มีน้ำใจ 2569").text
        try await site.execute("UPDATE members SET password_hash = \(hash) WHERE area_id = \(site.area.id)")
        let form: KeyValuePairs<String, String> = [
            "current": "ที่นี่มีน้ำใจ 2569", "password": "กตัญญูรู้คุณ 7", "again": "กตัญญูรู้คุณ 7",
        ]
        #expect(await site.post("/account/password", form, as: member).status == 303)
        #expect(await isIn(phone, site) == false)
        #expect(await isIn(member, site))
    }

    private func isIn(_ member: TestMember, _ site: TestSite) async -> Bool {
        await site.get("/account", as: member).status == 200
    }

    private func sessionID(_ device: String, _ site: TestSite) async throws -> String {
        try await site.row("SELECT id FROM sessions WHERE area_id = \(site.area.id) AND device = \(device)")[0]
    }
}
