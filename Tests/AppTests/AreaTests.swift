import App
import Areas
import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `The operator keeps areas` {
    @Test func `makes one, which is there at once and knows who made it`() async throws {
        let (site, op) = try await siteWithOperator()
        let code = freeCode(op)
        #expect(await site.post("/areas", form(code), as: op).status == 303)
        #expect(await get("/\(code)/sign-in", site).text.contains("สพป.ใหม่"))
        #expect(await site.get("/areas?q=\(code)", as: op).text.contains("href=\"/\(code)\""))
        let entry = try await firstEntry(code, site, op)
        #expect(entry["action"] == "area.created")
        #expect(entry["actor"]?.textValue?.hasPrefix("ผู้ดูแล") == true)
        #expect(await site.get("/areas/\(code)/jobs", as: op).status == 200)
    }

    @Test func `is refused a twin, and the first stays as it was`() async throws {
        let (site, op) = try await siteWithOperator()
        let area = try await TestSite()
        let admin = try await area.member(holding: .settings)
        #expect(await area.post("/settings", ["hue": "7", "digits": "thai"], as: admin).status == 303)
        let twin = await site.post("/areas", form(area.area.code), as: op)
        #expect(twin.status == 422)
        #expect(twin.text.contains("id=\"code-problem\"") && twin.text.contains("value=\"สพป.ใหม่\""))
        #expect(
            try await area.row(
                """
                SELECT a.short_name, s.hue, (SELECT count(*) FROM journal WHERE area_id = a.id)
                FROM areas a
                JOIN area_settings s ON s.area_id = a.id
                WHERE a.id = \(area.area.id)
                """) == [area.area.shortName, "7", "2"])
    }

    @Test(arguments: ["api", "central", "metrics", "P55-1", "1a", "a", "ก1", "a b", "a/b", "abcdefghijklmnopqrstu"])
    func `can't use a code that is no address`(code: String) async throws {
        let (site, op) = try await siteWithOperator()
        let response = await site.post("/areas", form(code), as: op)
        #expect(response.status == 422)
        #expect(response.text.contains("id=\"code-problem\""))
    }

    @Test func `makes them through the API too`() async throws {
        let (site, op) = try await siteWithOperator()
        let code = freeCode(op)
        let token = try await site.apiToken(of: op, .operate)
        let body = "{\"code\":\"\(code)\",\"kind\":\"secondary\",\"short-name\":\"สพม.ใหม่\",\"name\":\"ใหม่\"}"
        let made = await site.api(.post, "/areas", token: token, body)
        #expect(made.status == 201)
        #expect(try JSON(parsing: made.text.utf8)["code"] == .text(code))
        #expect(await site.api(.post, "/areas", token: token, body).status == 422)
        let limited = try await site.apiToken(of: try await site.member(holding: .operate), .members)
        #expect(await site.api(.post, "/areas", token: limited, body).status == 403)
    }

    @Test func `reads in a list twice, and only what is new is made`() async throws {
        let (site, op) = try await siteWithOperator()
        let code = freeCode(op)
        let seeds = try [[code, "primary", "ก", "กก", "น่าน;แพร่"], ["\(code)-2", "secondary", "ข", "ขข", ""]]
            .map { try AreaSeed(cells: $0) }
        for isNew in [true, false] {
            for seed in seeds {
                let made = try await Areas.create(
                    seed, in: site.database, by: Founder(name: "rabrong", address: "local"), at: .now)
                #expect(made.isNew == isNew)
                #expect(made.area.kind == seed.kind && made.area.provinces == seed.provinces)
            }
        }
        #expect(throws: AreaSeedError.self) { try AreaSeed(cells: [code, "central", "ก", "กก", ""]) }
        #expect(throws: AreaSeedError.self) { try AreaSeed(cells: [code, "primary", "", "กก", ""]) }
        #expect(throws: AreaSeedError.self) { try AreaSeed(cells: [code, "primary", "ก", "กก"]) }
    }

    @Test func `completes one whose making was cut off half way`() async throws {
        let (site, op) = try await siteWithOperator()
        let code = freeCode(op)
        try await site.execute(
            """
            INSERT INTO areas (id, code, kind, short_name, name, created_at)
            VALUES (nextval('area_ids'), \(code), 'primary', 'ก', 'กก', now())
            """)
        let seed = try AreaSeed(cells: [code, "primary", "ก", "กก", ""])
        _ = try await Areas.create(
            seed, in: site.database, by: Founder(name: "rabrong", address: "local"), at: .now)
        #expect(await get("/\(code)/sign-in", site).status == 200)
        #expect(try await firstEntry(code, site, op)["action"] == "area.created")
    }

    private func siteWithOperator() async throws -> (TestSite, TestMember) {
        let site = try await TestSite(kind: .central)
        return (site, try await site.member("ผู้ดูแล", holding: .operate))
    }

    /// A code that no other test uses.
    private func freeCode(_ op: TestMember) -> String { "new-\(op.username)" }

    /// What an area's record begins with, as the operator reads it.
    private func firstEntry(_ code: String, _ site: TestSite, _ op: TestMember) async throws -> JSON {
        let token = try await site.apiToken(of: op, .operate)
        let record = try JSON(parsing: await site.api(.get, "/areas/\(code)/journal", token: token).text.utf8)
        return try #require(record["items"]?.items.last)
    }

    private func form(_ code: String) -> KeyValuePairs<String, String> {
        ["code": code, "kind": "primary", "short-name": "สพป.ใหม่", "name": "เขตใหม่", "provinces": "น่าน"]
    }

    private func get(_ path: String, _ site: TestSite) async -> Response {
        await site.app.respond(Request(.get, path, headers: ["host": TestSite.host], peer: "10.1.2.3"))
    }
}
