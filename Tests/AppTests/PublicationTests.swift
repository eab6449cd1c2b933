import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A framework is published` {
    private func path(_ catalogue: CatalogueSite) -> String { "/frameworks/\(catalogue.framework)/publication" }

    private func publish(
        _ catalogue: CatalogueSite, opening indicators: [String] = [], as member: TestMember? = nil
    ) async -> Response {
        var fields = Fields()
        for id in indicators { fields.add("indicators", id) }
        return await catalogue.send(path(catalogue), fields, as: member)
    }

    private func states(_ catalogue: CatalogueSite) async throws -> String {
        try await catalogue.site.row(
            """
            SELECT string_agg(number || ' ' || state, ', ' ORDER BY number)
            FROM indicators
            WHERE area_id = \(catalogue.site.area.id)
            """)[0]
    }

    private func publishedAt(_ catalogue: CatalogueSite) async throws -> String {
        try await catalogue.site.row("SELECT published_at FROM frameworks WHERE area_id = \(catalogue.site.area.id)")[0]
    }

    /// Gives an indicator a weight of its own in a round.
    private func weigh(_ id: String, _ weight: String, in round: String, _ catalogue: CatalogueSite) async -> Response {
        await catalogue.site.post(
            "/indicators/\(id)/rounds/\(round)/dates",
            ["opens": "1/3/\(catalogue.year)", "due": "31/3/\(catalogue.year)", "weight": weight], as: catalogue.admin)
    }

    @Test func `only when its weights make exactly 100`() async throws {
        let catalogue = try await CatalogueSite()
        let first = try await catalogue.indicator(["weight": "66.66", "state": "hidden"])
        let second = try await catalogue.indicator(["number": "2", "weight": "33.33", "state": "hidden"])
        let page = await catalogue.site.get(path(catalogue), as: catalogue.admin).text
        #expect(page.contains("น้ำหนักรวม 99.99 ต้องรวมได้ 100") && !page.contains("พร้อมเผยแพร่"))
        let refused = await publish(catalogue, opening: [first, second])
        #expect(refused.status == 422 && refused.text.contains("น้ำหนักรวม 99.99 ต้องรวมได้ 100"))
        #expect(try await states(catalogue) == "1 hidden, 2 hidden")
        #expect(try await publishedAt(catalogue) == "null")
        _ = await catalogue.send(
            "/indicators/\(second)", catalogue.form(["number": "2", "weight": "๓๓.๓๔", "state": "hidden"]))
        #expect(await catalogue.site.get(path(catalogue), as: catalogue.admin).text.contains("พร้อมเผยแพร่"))
        let published = await publish(catalogue, opening: [first, second])
        #expect(published.headers["location"]?.hasSuffix("/indicators") == true)
        #expect(try await states(catalogue) == "1 open, 2 open")
        #expect(try await publishedAt(catalogue) != "null")
    }

    @Test func `with the hidden indicators that were ticked, and their parts`() async throws {
        let catalogue = try await CatalogueSite()
        let whole = try await catalogue.indicator(["state": "hidden"])
        _ = try await catalogue.indicator(["number": "1.1", "parent": whole, "state": "hidden", "weight": "70"])
        let later = try await catalogue.indicator(["number": "2", "state": "hidden", "weight": "5"])
        _ = try await catalogue.indicator(["number": "2.1", "parent": later, "state": "hidden", "weight": "5"])
        _ = try await catalogue.indicator(["number": "3", "state": "closed", "weight": "0"])
        #expect(await publish(catalogue, opening: [whole, later]).text.contains("น้ำหนักรวม 105.00"))
        #expect(await publish(catalogue, opening: [whole]).status == 303)
        #expect(try await states(catalogue) == "1 open, 1.1 open, 2 hidden, 2.1 hidden, 3 closed")
        let teacher = try await catalogue.site.member()
        let list = await catalogue.site.get("/indicators", as: teacher).text
        #expect(list.contains("<b>1.1</b>") && !list.contains("<b>2</b>"))
        let entry = try await catalogue.site.row(
            """
            SELECT subject_name, after ->> 'indicators' AS opened
            FROM journal
            WHERE area_id = \(catalogue.site.area.id) AND action = 'framework.published'
            """)
        #expect(entry == ["KRS", "2"])
        // The part, which is seen now, weighs within its whole.
        #expect(await publish(catalogue).status == 303)
    }

    @Test func `keeping the ticks when it is refused`() async throws {
        let catalogue = try await CatalogueSite()
        let first = try await catalogue.indicator(["weight": "60", "state": "hidden"])
        let second = try await catalogue.indicator(["number": "2", "weight": "30", "state": "hidden"])
        let refused = await publish(catalogue, opening: [second]).text
        #expect(refused.contains("น้ำหนักรวม 30.00"))
        #expect(refused.contains("value=\"\(second)\" checked") && !refused.contains("value=\"\(first)\" checked"))
    }

    @Test func `only when the weights of a round make 100, where one differs`() async throws {
        let catalogue = try await CatalogueSite()
        let first = try await catalogue.indicator(["weight": "60", "rounds": "c06", "rounds": "c09", "rounds": "c12"])
        let second = try await catalogue.indicator(["number": "2", "weight": "40", "rounds": "c06", "rounds": "c12"])
        // In the round of nine months one weighs 60 alone, but nothing differs there.
        #expect(await publish(catalogue).status == 303)
        #expect(await weigh(first, "๕๐", in: "c06", catalogue).status == 303)
        #expect(await weigh(second, "70.5", in: "c12", catalogue).status == 303)
        let page = await catalogue.site.get(path(catalogue), as: catalogue.admin).text
        #expect(page.contains("รอบ 6 เดือน 50.00") && page.contains("รอบ 12 เดือน 70.50"))
        let refused = await publish(catalogue)
        #expect(refused.status == 422)
        #expect(refused.text.contains("รอบ 6 เดือน 90.00 ต้องรวมได้ 100"))
        #expect(refused.text.contains("รอบ 12 เดือน 130.50 ต้องรวมได้ 100"))
        #expect(!refused.text.contains("รอบ 9 เดือน ") && !refused.text.contains("น้ำหนักรวม "))
        #expect(await weigh(second, "50", in: "c06", catalogue).status == 303)
        #expect(await weigh(second, "", in: "c12", catalogue).status == 303)
        #expect(await publish(catalogue).status == 303)
    }

    @Test(arguments: [("100.01", "0 ถึง 100"), ("-1", "0 ถึง 100"), ("12.345", "ทศนิยมไม่เกิน 2"), ("มาก", "ใส่ตัวเลข")])
    func `with weights of rounds that can be`(weight: String, reason: String) async throws {
        let catalogue = try await CatalogueSite()
        let id = try await catalogue.indicator(["rounds": "c06"])
        let refused = await weigh(id, weight, in: "c06", catalogue)
        #expect(refused.status == 422)
        #expect(refused.problem(at: "weight")?.contains(reason) == true && refused.text.contains("value=\"\(weight)\""))
        let weights = try await catalogue.site.row(
            "SELECT weight FROM indicator_rounds WHERE area_id = \(catalogue.site.area.id)")
        #expect(weights == ["null"])
    }

    @Test func `not while it is empty`() async throws {
        let catalogue = try await CatalogueSite()
        let nothing = "ยังไม่มีตัวชี้วัดที่จะเผยแพร่"
        #expect(await catalogue.site.get(path(catalogue), as: catalogue.admin).text.contains(nothing))
        #expect(await publish(catalogue).text.contains(nothing))
        _ = try await catalogue.indicator(["state": "hidden"])
        #expect(await publish(catalogue).text.contains(nothing))
        #expect(try await publishedAt(catalogue) == "null")
    }

    @Test func `by one who defines indicators, and nobody else`() async throws {
        let catalogue = try await CatalogueSite()
        let id = try await catalogue.indicator(["state": "hidden"])
        let other = try await catalogue.site.member(holding: .settings, .open, .members)
        #expect(await catalogue.site.get(path(catalogue), as: other).status == 403)
        #expect(await publish(catalogue, opening: [id], as: other).status == 403)
        #expect(await !catalogue.site.get("/indicators", as: other).text.contains(path(catalogue)))
        #expect(await catalogue.site.get("/indicators", as: catalogue.admin).text.contains(path(catalogue)))
        #expect(try await states(catalogue) == "1 hidden")
    }

    @Test func `again when more was added`() async throws {
        let catalogue = try await CatalogueSite()
        let first = try await catalogue.indicator(["weight": "100"])
        #expect(await publish(catalogue, opening: [first]).status == 303)
        let list = await catalogue.site.get("/indicators", as: catalogue.admin).text
        #expect(list.contains("ตรวจน้ำหนัก") && list.contains("เผยแพร่ ") && !list.contains("เผยแพร่ชุดนี้"))
        let version = try await catalogue.site.row(
            "SELECT version FROM indicators WHERE area_id = \(catalogue.site.area.id)")
        #expect(version == ["1"])
        let second = try await catalogue.indicator(["number": "2", "weight": "0", "state": "hidden"])
        #expect(await publish(catalogue, opening: [second]).status == 303)
        #expect(try await states(catalogue) == "1 open, 2 open")
        let entries = try await catalogue.site.row(
            """
            SELECT string_agg(after ->> 'indicators', ' ' ORDER BY number)
            FROM journal
            WHERE area_id = \(catalogue.site.area.id) AND action = 'framework.published'
            """)
        #expect(entries == ["0 1"])
    }

    @Test func `not in a year that is closed`() async throws {
        let catalogue = try await CatalogueSite()
        let id = try await catalogue.indicator(["state": "hidden"])
        _ = await catalogue.site.post("/years/\(catalogue.year)/closing", as: catalogue.admin)
        #expect(await publish(catalogue, opening: [id]).status == 409)
        #expect(try await states(catalogue) == "1 hidden")
    }

    @Test func `with indicators of its own`() async throws {
        let (catalogue, other) = (try await CatalogueSite(), try await CatalogueSite())
        let whole = try await catalogue.indicator()
        let part = try await catalogue.indicator(["number": "1.1", "parent": whole])
        let foreign = try await other.indicator(["state": "hidden"])
        for id in [part, foreign, "999999999", "x", "-1", "1.5"] {
            let refused = await publish(catalogue, opening: [id])
            #expect(refused.status == 422 && refused.text.contains("เลือกจากรายการ"), "\(id)")
        }
        #expect(await catalogue.site.get(path(other), as: catalogue.admin).status == 404)
        #expect(await catalogue.send(path(other), Fields()).status == 404)
        #expect(try await states(other) == "1 hidden")
    }

    @Test func `by a program`() async throws {
        let catalogue = try await CatalogueSite()
        let token = try await catalogue.site.apiToken(of: catalogue.admin, .create, .settings)
        let first = try await catalogue.indicator(["weight": "60", "state": "hidden"])
        let second = try await catalogue.indicator(["number": "2", "weight": "40", "state": "hidden"])
        let refused = await catalogue.site.api(
            .post, path(catalogue), token: token, "{\"indicators\": \"\(first)\"}")
        #expect(refused.status == 422)
        #expect(refused.text.contains("\"field\":\"indicators\"") && refused.text.contains("60.00"))
        let sent = await catalogue.site.api(
            .post, path(catalogue), token: token, "{\"indicators\": \"\(first),\(second)\"}")
        #expect(sent.status == 200 && sent.text == "{\"indicators\":2}")
        let shown = await catalogue.site.api(.get, "/frameworks/\(catalogue.framework)", token: token).text
        #expect(try JSON(parsing: shown.utf8)["published-at"]?.textValue?.isEmpty == false)
        let limited = try await catalogue.site.apiToken(of: catalogue.site.member(holding: .settings), .settings)
        #expect(await catalogue.site.api(.post, path(catalogue), token: limited, "{}").status == 403)
    }
}
