import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `The form of an indicator` {
    private func send(
        _ changes: KeyValuePairs<String, String>, _ catalogue: CatalogueSite, to path: String = "/indicators"
    ) async -> Response {
        await catalogue.send(path, catalogue.form(changes))
    }

    private func answer(_ catalogue: CatalogueSite, _ path: String) async throws -> JSON {
        let token = try await catalogue.site.apiToken(of: catalogue.admin, .create)
        return try JSON(parsing: await catalogue.site.api(.get, path, token: token).text.utf8)
    }

    @Test func `takes what levels are worth all together, and rising`() async throws {
        let catalogue = try await CatalogueSite()
        let partly = await send(["worth-1": "0", "worth-3": "50", "worth-5": "x", "weight": "x"], catalogue)
        #expect(partly.status == 422)
        for field in ["worth-2", "worth-4"] {
            #expect(partly.problem(at: field)?.contains("ให้ครบทุกระดับ") == true, "\(field)")
        }
        #expect(partly.problem(at: "worth-5")?.contains("ที่ใส่มาคือ x") == true && partly.problem(at: "weight") != nil)
        #expect(partly.problem(at: "worth-1") == nil && partly.problem(at: "worth-3") == nil)
        #expect(partly.text.contains("open=\"\"><summary>คะแนนของแต่ละระดับ"))
        let falling = await send(
            ["worth-1": "0", "worth-2": "25", "worth-3": "25", "worth-4": "20", "worth-5": "100"], catalogue)
        #expect(falling.problem(at: "worth-3")?.contains("ต้องมากกว่า") == true)
        #expect(falling.problem(at: "worth-4") != nil && falling.problem(at: "worth-5") == nil)
        #expect(try await catalogue.count("indicators") == "0")
    }

    @Test func `scores on another scale, such as 0 to 100`() async throws {
        let catalogue = try await CatalogueSite()
        let id = try await catalogue.indicator([
            "worth-1": "๐", "worth-2": "๒๕", "worth-3": "๕๐", "worth-4": "75", "worth-5": "100", "rounds": "c06",
        ])
        let page = await catalogue.site.post(
            "/indicators/\(id)/simulation", ["value-a": "281", "value-b": "300"], as: catalogue.admin
        ).text
        #expect(page.contains("68.33333") && page.contains("50 + (93.6667 − 90) ÷ (95 − 90) × 25"))
        #expect(page.contains("ได้ 0</td>") && page.contains("ได้ 25</td>"))
        // The page is whole, also without script.
        #expect(page.contains("รอบ 6 เดือน") && page.contains("value=\"281\""))
        #expect(try await answer(catalogue, "/indicators/\(id)")["worths"] == ["0", "25", "50", "75", "100"])
        let form = await catalogue.site.get("/indicators/\(id)/form", as: catalogue.admin).text
        #expect(form.contains("name=\"worth-2\" type=\"text\" value=\"25\""))
        #expect(form.contains("open=\"\"><summary>คะแนนของแต่ละระดับ"))
    }

    @Test func `knows the ratio in the formula only when it is given`() async throws {
        let catalogue = try await CatalogueSite()
        let without = await send(["formula": "a / b * ratio"], catalogue)
        #expect(without.problem(at: "formula")?.contains("ตัวอักษรที่ 9: ไม่รู้จัก “ratio”") == true)
        let id = try await catalogue.indicator(["formula": "a / b * ratio", "ratio": "๑๐๐"])
        let page = await catalogue.site.get("/indicators/\(id)", as: catalogue.admin).text
        #expect(page.contains("a ÷ b × ratio") && !page.contains("name=\"value-ratio\""))
        let tried = await catalogue.site.post(
            "/indicators/\(id)/simulation", ["value-a": "281", "value-b": "300", "value-ratio": "1"],
            as: catalogue.admin, ["hx-request": "true"]
        ).text
        #expect(tried.contains("281 ÷ 300 × 100") && tried.contains("3.73333"))
        #expect(tried.contains("a = <b>285</b>") && !tried.contains("ratio = "))
    }

    @Test func `keeps the name ratio for the ratio`() async throws {
        let catalogue = try await CatalogueSite()
        let refused = await send(["variable-1-name": "ratio", "formula": "b", "variable-3-name": "x y"], catalogue)
        #expect(refused.problem(at: "variable-1-name")?.contains("หมายถึงค่า ratio") == true)
        #expect(refused.problem(at: "variable-3-name")?.contains("ตัวอักษร") == true)
        #expect(refused.problem(at: "variable-3-label") != nil && refused.problem(at: "formula") == nil)
    }

    @Test func `says in which rounds a variable is due`() async throws {
        let catalogue = try await CatalogueSite()
        let id = try await catalogue.indicator(["variable-2-rounds": "c12", "variable-2-rounds": "q1"])
        let page = await catalogue.site.get("/indicators/\(id)", as: catalogue.admin).text
        #expect(page.contains("<td>ทุกรอบ</td>") && page.contains("<td>รอบ 12 เดือน, ไตรมาส 1</td>"))
        let variables = try await answer(catalogue, "/indicators/\(id)")["variables"]?.items
        #expect(variables?[0]["rounds"] == [] && variables?[1]["rounds"] == ["c12", "q1"])
        let form = await catalogue.site.get("/indicators/\(id)/form", as: catalogue.admin).text
        #expect(form.contains("id=\"variable-2-rounds-q1\" name=\"variable-2-rounds\" value=\"q1\" checked"))
        #expect(form.contains("name=\"variable-1-rounds\" value=\"q1\">"))
    }

    @Test func `refuses a round that there isn't`() async throws {
        let catalogue = try await CatalogueSite()
        let refused = await send(
            ["variable-1-rounds": "c07", "variable-2-rounds": "c06", "variable-2-rounds": "q๑", "rounds": "m13"],
            catalogue)
        #expect(refused.status == 422)
        #expect(refused.problem(at: "variable-1-rounds")?.contains("ไม่มีรอบ c07") == true)
        #expect(refused.problem(at: "variable-2-rounds")?.contains("ไม่มีรอบ q๑") == true)
        #expect(refused.problem(at: "rounds")?.contains("ไม่มีรอบ m13") == true)
        let token = try await catalogue.site.apiToken(of: catalogue.admin, .create)
        let sent = await catalogue.site.api(
            .post, "/indicators", token: token,
            """
            {"number": "1", "name": "ก", "framework": "\(catalogue.framework)", "state": "open", "type": "done",
             "weight": 1, "below": "slope", "variable-1-name": "a", "variable-1-label": "a",
             "variable-1-rounds": ["c06", "c07"]}
            """)
        #expect(sent.status == 422 && sent.text.contains("\"field\":\"variable-1-rounds\""))
        #expect(try await catalogue.count("indicators") == "0")
    }

    @Test func `says, while it is typed, what it comes to, and stores nothing`() async throws {
        let catalogue = try await CatalogueSite()
        let script: Headers = ["hx-request": "true"]
        let typed = catalogue.form([
            "variable-1-try": "281", "variable-2-try": "๓๐๐", "name": "", "number": "", "framework": "",
        ])
        let tried = await catalogue.send("/indicators/trial", typed, as: nil, script)
        #expect(tried.status == 200 && tried.text.contains("3.73333") && tried.text.contains("a = <b>285</b>"))
        #expect(!tried.text.contains("<html") && !tried.text.contains("ต้องกรอก"))
        let broken = await catalogue.send(
            "/indicators/trial", catalogue.form(["formula": "a / (b -", "criterion-4": "89", "worth-1": "1"]), as: nil,
            script
        ).text
        #expect(broken.contains("href=\"#formula\">สูตร: ตัวอักษรที่ 9: "))
        #expect(broken.contains("href=\"#criterion-4\"") && broken.contains("href=\"#worth-2\""))
        let half = catalogue.form(["variable-1-try": "5"])
        let unknown = await catalogue.send("/indicators/trial", half, as: nil, script)
        #expect(unknown.text.contains("ยังไม่มีค่าของ b"))
        let result = catalogue.form(["formula": "", "result-try": "97.5"])
        #expect(await catalogue.send("/indicators/trial", result, as: nil, script).text.contains("4.50000"))
        let english = await catalogue.send(
            "/indicators/trial", catalogue.form(["formula": "a /"]), as: nil,
            ["hx-request": "true", "cookie": "__Host-rabrong-language=en"])
        #expect(english.text.contains("Formula: At character 4: "))
        #expect(try await catalogue.count("indicators") == "0")
        #expect(try await catalogue.count("variables") == "0")
        #expect(
            try await catalogue.site.row(
                """
                SELECT count(*)
                FROM journal
                WHERE area_id = \(catalogue.site.area.id) AND action LIKE 'indicator%'
                """) == ["0"])
    }

    @Test func `is tried as a whole without script, with all that was typed`() async throws {
        let catalogue = try await CatalogueSite()
        let new = await catalogue.send(
            "/indicators/trial",
            catalogue.form([
                "formula": "a / c", "name": "ชื่อ <ที่พิมพ์>", "rounds": "c06", "variable-2-rounds": "q2",
                "definition": "บรรทัดหนึ่ง\nบรรทัดสอง", "collector-1-name": "ครูน้ำใจ", "variable-1-try": "7",
            ]))
        #expect(new.status == 200 && new.text.contains("<html"))
        #expect(new.problem(at: "formula")?.contains("ตัวอักษรที่ 5") == true)
        for kept in [
            "value=\"ชื่อ &lt;ที่พิมพ์&gt;\"", "บรรทัดหนึ่ง\nบรรทัดสอง", "value=\"ครูน้ำใจ\"", "value=\"7\"",
            "id=\"rounds-c06\" name=\"rounds\" value=\"c06\" checked",
            "name=\"variable-2-rounds\" value=\"q2\" checked", "action=\"/\(catalogue.site.area.code)/indicators\"",
        ] {
            #expect(new.text.contains(kept), "\(kept)")
        }
        let id = try await catalogue.indicator()
        let scored = await catalogue.send(
            "/indicators/trial",
            catalogue.form(["indicator": id, "version": "1", "variable-1-try": "281", "variable-2-try": "300"]),
            as: nil,
            catalogue.nextYear)
        #expect(scored.status == 200 && scored.text.contains("3.73333") && scored.text.contains("KRS คำรับรอง"))
        #expect(scored.text.contains("action=\"/\(catalogue.site.area.code)/indicators/\(id)\""))
        let lost = await catalogue.send("/indicators/trial", catalogue.form(["indicator": "999999999"]))
        #expect(lost.status == 404)
    }

    @Test func `knows the indicator's parts while it is typed`() async throws {
        let catalogue = try await CatalogueSite()
        let whole = try await catalogue.indicator()
        _ = try await catalogue.indicator(["number": "1.1", "parent": whole])
        let script: Headers = ["hx-request": "true"]
        let known = await catalogue.send(
            "/indicators/trial", catalogue.form(["indicator": whole, "formula": "[1.1] + a"]), as: nil, script)
        #expect(!known.text.contains("href=\"#formula\""))
        let other = try await CatalogueSite()
        let refused = await other.send(
            "/indicators/trial", other.form(["indicator": whole, "formula": "[1.1] + a"]), as: nil, script)
        #expect(refused.text.contains("href=\"#formula\""))
    }

    @Test func `hides no change of another's behind a mistake or a trial`() async throws {
        let catalogue = try await CatalogueSite()
        let id = try await catalogue.indicator(["variable-1-rounds": "c06"])
        let path = "/indicators/\(id)"
        let second = await send(
            ["version": "1", "variable-1-rounds": "c06", "variable-1-rounds": "c12", "weight": "90"], catalogue,
            to: path)
        #expect(second.status == 303)
        let tried = await catalogue.send(
            "/indicators/trial", catalogue.form(["indicator": id, "version": "1", "variable-1-rounds": "c06"]))
        #expect(tried.text.contains("name=\"version\" value=\"1\""))
        let refused = await send(
            ["version": "1", "variable-1-rounds": "c06", "criterion-4": "89"], catalogue, to: path)
        #expect(refused.problem(at: "criterion-4")?.contains("ต้องเพิ่มขึ้น") == true)
        #expect(refused.problem(at: "weight")?.contains("“90”") == true)
        #expect(refused.problem(at: "variable-1-rounds")?.contains("“c06, c12”") == true)
        #expect(refused.text.contains("name=\"version\" value=\"2\""))
    }
}
