import HTTP
import Kernel
import Members
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A member acts for another` {
    @Test func `with the other's flags beside their own, once begun`() async throws {
        let play = try await Play()
        #expect(await play.site.get("/members", as: play.deputy).status == 403)
        #expect(await play.post("beginning", by: play.deputy) == 303)
        #expect(await play.site.get("/members", as: play.deputy).status == 200)
        let viewer = try #require(try await play.viewer(at: .now))
        #expect(Set(viewer.permissions.names) == ["File", "M", "S"])
        #expect(await play.site.post("/account/acting/stop", as: play.deputy).status == 303)
        #expect(await play.site.get("/members", as: play.deputy).status == 403)
    }

    @Test func `from the first day to the last, by the clock of Bangkok`() async throws {
        let play = try await Play(from: 0, until: 2)
        #expect(await play.post("beginning", by: play.deputy) == 303)
        try await play.site.execute(
            "UPDATE sessions SET expires_at = \(Instant.now + 9 * 86_400) WHERE area_id = \(play.site.area.id)")
        let (first, after) = (play.today.beginInBangkok, (play.today + 3).beginInBangkok)
        for (moment, counts) in [(first + -1, false), (first, true), (after + -1, true), (after, false)] {
            let viewer = try #require(try await play.viewer(at: moment))
            #expect(viewer.permissions.contains(.members) == counts, "\(moment.text)")
            #expect((viewer.acting != nil) == counts, "\(moment.text)")
        }
    }

    @Test func `not before the first day`() async throws {
        let play = try await Play(from: 1, until: 2)
        #expect(await play.post("beginning", by: play.deputy) == 404)
    }

    @Test(arguments: ["principal", "deputy", "manager"])
    func `until it is ended early, and then no longer`(by name: String) async throws {
        let play = try await Play()
        let manager = try await play.site.member(holding: .members)
        #expect(await play.post("beginning", by: play.deputy) == 303)
        let one = ["principal": play.principal, "deputy": play.deputy, "manager": manager][name]
        #expect(await play.post("end", by: try #require(one)) == 303)
        #expect(await play.site.get("/members", as: play.deputy).status == 403)
        #expect(await play.post("beginning", by: play.deputy) == 404)
    }

    @Test func `but nobody else, here or in another area, begins or ends it`() async throws {
        let (play, other) = (try await Play(), try await TestSite())
        let colleague = try await play.site.member()
        let stranger = try await other.member(holding: .members)
        for act in ["beginning", "end"] {
            #expect(await play.post(act, by: colleague) == 404)
            #expect(await other.post("/account/acting/\(play.id)/\(act)", as: stranger).status == 404)
        }
        #expect(await play.post("beginning", by: play.principal) == 404)
        #expect(await play.post("beginning", by: play.deputy) == 303)
    }

    @Test func `and can't pass it on`() async throws {
        let play = try await Play()
        let third = try await play.site.member()
        #expect(await play.post("beginning", by: play.deputy) == 303)
        #expect(await play.name(third, by: play.deputy) == 409)
        let key: KeyValuePairs<String, String> = ["name": "โปรแกรม", "days": "9", "flags": "M"]
        #expect(await play.site.post("/account/tokens", key, as: play.deputy).status == 409)
        // Whoever acts for the deputy has the deputy's own flags, not those that were lent.
        #expect(await play.site.post("/account/acting/stop", as: play.deputy).status == 303)
        #expect(await play.name(third, by: play.deputy) == 303)
        let id = try await play.newestActing()
        #expect(await play.post("beginning", by: play.deputy) == 303)
        #expect(await play.site.post("/account/acting/\(id)/beginning", as: third).status == 303)
        #expect(await play.site.get("/members", as: third).status == 403)
    }

    @Test func `on the record under both names`() async throws {
        let play = try await Play()
        #expect(await play.post("beginning", by: play.deputy) == 303)
        #expect(await play.site.post("/settings", ["hue": "9", "digits": "thai"], as: play.deputy).status == 303)
        let entry = try await play.site.row(
            """
            SELECT action, actor_id::text, actor_name, acting_for
            FROM journal
            WHERE area_id = \(play.site.area.id)
            ORDER BY number DESC
            LIMIT 1
            """)
        #expect(Array(entry.prefix(2)) == ["settings.saved", "\(play.deputy.id)"])
        #expect(entry[2].hasPrefix("ผู้แทน") && entry[3].hasPrefix("ผู้บริหาร"))
        let page = await play.site.get("/journal", as: play.principal).text
        #expect(page.contains("(แทน ผู้บริหาร"))
    }

    @Test func `not while the other is disabled`() async throws {
        let play = try await Play()
        #expect(await play.post("beginning", by: play.deputy) == 303)
        try await play.site.execute(
            """
            UPDATE members
            SET status = 'disabled'
            WHERE area_id = \(play.site.area.id) AND id = \(play.principal.id)
            """)
        #expect(await play.site.get("/members", as: play.deputy).status == 403)
    }

    @Test func `only a colleague of the same area who is enabled, and not oneself`() async throws {
        let (play, other) = (try await Play(), try await TestSite())
        let pending = try await play.site.member(status: "pending")
        let stranger = try await other.member()
        for impossible in [pending, stranger, play.principal] {
            #expect(await play.name(impossible, by: play.principal) == 422)
        }
    }

    @Test(arguments: [(0, -1), (-3, -2), (2, 1), (0, 400)])
    func `never for days that can't be`(first: Int, last: Int) async throws {
        let play = try await Play()
        #expect(await play.name(play.deputy, by: play.principal, from: first, until: last) == 422)
    }
}

/// One who will be away, holding M and S, has named a deputy, who holds File.
private struct Play {
    let site: TestSite
    let principal: TestMember
    let deputy: TestMember
    let today = Day(inBangkok: .now)
    private(set) var id = ""

    init(from first: Int = 0, until last: Int = 0) async throws {
        site = try await TestSite()
        principal = try await site.member("ผู้บริหาร", holding: .members, .settings)
        deputy = try await site.member("ผู้แทน", holding: .named("File"))
        #expect(await name(deputy, by: principal, from: first, until: last) == 303)
        id = try await newestActing()
    }

    /// Names somebody, for days counted from today.
    func name(_ other: TestMember, by member: TestMember, from first: Int = 0, until last: Int = 0) async -> Int {
        await site.post(
            "/account/acting",
            [
                "username": other.username, "first-day": (today + first).text, "last-day": (today + last).text,
                "reason": "คำสั่งที่ 1/2569",
            ], as: member
        ).status
    }

    func post(_ act: String, by member: TestMember) async -> Int {
        await site.post("/account/acting/\(id)/\(act)", as: member).status
    }

    func newestActing() async throws -> String {
        try await site.row("SELECT max(id)::text FROM actings WHERE area_id = \(site.area.id)")[0]
    }

    /// Who the deputy's session is at a moment.
    func viewer(at moment: Instant) async throws -> Viewer? {
        let query = Gate().viewer(.session(token: deputy.token), in: site.area.id, at: moment)
        let rows = try await site.database.read([.tenant(site.area.id.rawValue), .statement(query.sql)])
        return try query.decode(rows[0]).0
    }
}
