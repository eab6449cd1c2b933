import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `An indicator` {
    private let year = FiscalYear(at: .now).number

    /// The form of a sound indicator, with some fields changed.
    private func form(_ framework: String, _ changes: [String: String] = [:]) -> [String: String] {
        [
            "number": "1.2.4", "name": "ร้อยละของนักเรียนที่อ่านออก", "framework": framework, "state": "open",
            "type": "percent", "weight": "20", "formula": "a / b * 100", "criterion-1": "80", "criterion-2": "85",
            "criterion-3": "90", "criterion-4": "95", "criterion-5": "100", "below": "slope", "variable-1-name": "a",
            "variable-1-label": "อ่านออก", "variable-2-name": "b", "variable-2-label": "ทั้งหมด",
        ].merging(changes) { _, new in new }
    }

    private func site() async throws -> (TestSite, TestMember, framework: String) {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings, .create)
        _ = await site.post("/years", ["year": "\(year)"], as: admin)
        _ = await site.post("/frameworks", ["short-name": "KRS", "name": "คำรับรอง"], as: admin)
        return (site, admin, try await site.row("SELECT id FROM frameworks WHERE area_id = \(site.area.id)")[0])
    }

    private func send(_ path: String, _ form: [String: String], _ site: TestSite, _ member: TestMember) async
        -> Response
    {
        var fields = Fields(["form-token": site.formToken])
        for (name, value) in form { fields.add(name, value) }
        return await site.respond(
            .post, path, as: member, body: TextBody(String(fields.queryText.dropFirst())), Headers())
    }

    private func make(_ site: TestSite, _ admin: TestMember, _ form: [String: String]) async throws -> String {
        let made = await send("/indicators", form, site, admin)
        return try #require(made.headers["location"]?.split(separator: "/").last.map(String.init), "\(made.text)")
    }

    @Test func `is stored with its variables, and tried on its page`() async throws {
        let (site, admin, framework) = try await site()
        let id = try await make(site, admin, form(framework))
        let page = await site.get("/indicators/\(id)", as: admin).text
        #expect(page.contains("a ÷ b × 100") && page.contains("อ่านออก"))
        let tried = await site.post(
            "/indicators/\(id)/simulation", ["value-a": "281", "value-b": "๓๐๐"], as: admin, ["hx-request": "true"])
        #expect(tried.text.contains("3.73333") && tried.text.contains("a = <b>285</b>"))
        let missing = await site.post("/indicators/\(id)/simulation", ["value-a": "281"], as: admin)
        #expect(missing.status == 200 && missing.text.contains("ยังไม่มีค่าของ b"))
    }

    @Test(arguments: [
        (["weight": "12.345"], "weight"), (["weight": "1.2.3"], "weight"), (["weight": "101"], "weight"),
        (["criterion-4": "89"], "criterion-4"), (["criterion-3": ""], "criterion-3"),
        (["criterion-3": "x"], "criterion-3"),
        (["type": "percent-lower"], "criterion-5"), (["formula": "a / c"], "formula"),
        (["formula": "a / (b - b)"], "formula"),
        (["formula": "a /"], "formula"), (["variable-2-name": "a"], "variable-2-name"),
        (["variable-2-name": "1b"], "variable-2-name"), (["variable-2-name": "sum"], "variable-2-name"),
        (["variable-2-label": ""], "variable-2-label"), (["type": "steps"], "step-3"), (["number": ""], "number"),
        (["framework": "999999"], "framework"), (["owner": "999999"], "owner"), (["parent": "999999"], "parent"),
    ])
    func `is refused at the wrong field, and the rest stays`(changes: [String: String], field: String) async throws {
        let (site, admin, framework) = try await site()
        let refused = await send("/indicators", form(framework, changes), site, admin)
        #expect(refused.status == 422)
        #expect(refused.text.contains("id=\"\(field)-problem\""), "\(field)")
        #expect(refused.text.contains("ร้อยละของนักเรียนที่อ่านออก"))
        #expect(try await site.row("SELECT count(*) FROM indicators WHERE area_id = \(site.area.id)") == ["0"])
    }

    @Test func `gives programs a score with its arithmetic, or why there is none`() async throws {
        let (site, admin, framework) = try await site()
        let id = try await make(site, admin, form(framework))
        let token = try await site.apiToken(of: admin)
        let path = "/indicators/\(id)/simulation"
        let scored = await site.api(.post, path, token: token, #"{"value-a": "281", "value-b": "300"}"#)
        #expect(scored.status == 200 && scored.text.contains("\"score\":\"3.73333\""))
        #expect(scored.text.contains("\"arithmetic\":\"281 ÷ 300 × 100\"") && scored.text.contains("\"reason\":null"))
        let none = await site.api(.post, path, token: token, #"{"value-a": "281", "value-b": "0"}"#)
        #expect(none.status == 200 && none.text.contains("\"score\":null") && !none.text.contains("\"reason\":null"))
    }

    @Test func `has a number of its own in its framework`() async throws {
        let (site, admin, framework) = try await site()
        _ = try await make(site, admin, form(framework))
        #expect(await send("/indicators", form(framework), site, admin).text.contains("id=\"number-problem\""))
    }

    @Test func `shows the second editor what the first has changed`() async throws {
        let (site, admin, framework) = try await site()
        let id = try await make(site, admin, form(framework))
        _ = await send(
            "/indicators/\(id)", form(framework, ["version": "1", "weight": "30", "state": "closed"]), site, admin)
        let second = await send(
            "/indicators/\(id)",
            form(framework, ["version": "1", "name": "ชื่อใหม่", "weight": "25", "criterion-1": "70"]), site, admin)
        #expect(second.status == 422 && second.text.contains("id=\"weight-problem\"") && second.text.contains("“30”"))
        #expect(second.text.contains("id=\"criterion-1-problem\"") && second.text.contains("“80”"))
        #expect(second.text.contains("name=\"version\" value=\"2\"") && second.text.contains("“ปิดรับ”"))
        let chosen = await send(
            "/indicators/\(id)", form(framework, ["version": "2", "name": "ชื่อใหม่", "weight": "25"]), site, admin)
        #expect(chosen.status == 303)
        #expect(
            try await site.row("SELECT name, weight FROM indicators WHERE area_id = \(site.area.id)") == [
                "ชื่อใหม่", "25",
            ])
    }

    @Test func `that is hidden is seen only by those who define indicators`() async throws {
        let (site, admin, framework) = try await site()
        let id = try await make(site, admin, form(framework, ["state": "hidden"]))
        let teacher = try await site.member(holding: .members)
        #expect(await site.get("/indicators/\(id)", as: teacher).status == 404)
        #expect(await !site.get("/indicators", as: teacher).text.contains("1.2.4"))
        #expect(await site.get("/indicators", as: admin).text.contains("1.2.4"))
    }

    @Test func `comes along when a year is copied, with all its parts`() async throws {
        let (site, admin, framework) = try await site()
        let parent = try await make(site, admin, form(framework))
        _ = try await make(
            site, admin, form(framework, ["number": "1.2.10", "parent": parent, "collector-1-name": "ครูน้ำใจ"]))
        _ = await site.post("/years", ["year": "\(year + 1)", "from": "\(year)"], as: admin)
        let copies = try await site.row(
            """
            SELECT count(*) AS all_of_them, count(parent_id), min(state), max(state),
                (SELECT count(*) FROM variables v WHERE v.area_id = \(site.area.id)) AS variables,
                (SELECT count(*) FROM indicator_people p WHERE p.area_id = \(site.area.id)) AS people
            FROM indicators
            WHERE area_id = \(site.area.id) AND year = \(year + 1)
            """)
        #expect(copies == ["2", "1", "hidden", "hidden", "8", "2"])
        let next: Headers = ["cookie": "__Host-rabrong-year=\(year + 1)"]
        let list = await site.get("/indicators", as: admin, next).text
        let places = ["1.2.4", "1.2.10"].compactMap { list.firstRange(of: "<b>\($0)</b>") }
        #expect(places.count == 2 && places[0].lowerBound < places[1].lowerBound)
    }

    @Test func `of another area isn't there`() async throws {
        let (site, admin, framework) = try await site()
        let id = try await make(site, admin, form(framework))
        let (other, stranger, _) = try await self.site()
        #expect(await other.get("/indicators/\(id)", as: stranger).status == 404)
        #expect(await send("/indicators/\(id)", form(framework), other, stranger).status == 404)
        #expect(await send("/indicators", form(framework), other, stranger).text.contains("id=\"framework-problem\""))
        #expect(try await site.row("SELECT count(*) FROM indicators WHERE area_id = \(site.area.id)") == ["1"])
    }

    @Test func `is edited in its own year, whichever one works in`() async throws {
        let (site, admin, framework) = try await site()
        let id = try await make(site, admin, form(framework))
        let elsewhere: Headers = ["cookie": "__Host-rabrong-year=\(year + 1)"]
        let page = await site.get("/indicators/\(id)/form", as: admin, elsewhere).text
        #expect(page.contains("KRS คำรับรอง"))
    }

    @Test func `is part of another, four levels deep, and never of itself`() async throws {
        let (site, admin, framework) = try await site()
        let whole = try await make(site, admin, form(framework))
        let part = try await make(site, admin, form(framework, ["number": "2", "parent": whole]))
        for (id, parent) in [(whole, part), (whole, whole), (part, part)] {
            let refused = await send(
                "/indicators/\(id)", form(framework, ["number": id, "parent": parent]), site, admin)
            #expect(refused.text.contains("id=\"parent-problem\""))
        }
        let third = try await make(site, admin, form(framework, ["number": "3", "parent": part]))
        let fourth = try await make(site, admin, form(framework, ["number": "4", "parent": third]))
        let fifth = await send("/indicators", form(framework, ["number": "5", "parent": fourth]), site, admin)
        #expect(fifth.text.contains("id=\"parent-problem\"") && fifth.text.contains("เกิน 4 ชั้น"))
        // With its three levels it would have five under another.
        let other = try await make(site, admin, form(framework, ["number": "6"]))
        let inner = try await make(site, admin, form(framework, ["number": "7", "parent": other]))
        let refused = await send("/indicators/\(part)", form(framework, ["number": "2", "parent": inner]), site, admin)
        #expect(refused.text.contains("id=\"parent-problem\""))
        let moved = await send("/indicators/\(third)", form(framework, ["number": "3", "parent": inner]), site, admin)
        #expect(moved.status == 303)
    }
}
