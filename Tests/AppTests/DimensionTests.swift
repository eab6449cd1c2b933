import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A dimension of indicators` {
    private let strategies = "ความปลอดภัย\nโอกาส\nคุณภาพ"

    private func save(
        _ values: String, named name: String = "ยุทธศาสตร์", axis: Int = 1, in catalogue: CatalogueSite,
        _ more: Headers = Headers()
    ) async -> Response {
        await catalogue.site.post("/dimensions/\(axis)", ["name": name, "values": values], as: catalogue.admin, more)
    }

    /// Each value as `name=id`, in its order.
    private func values(_ catalogue: CatalogueSite, axis: Int = 1) async throws -> [String: String] {
        let text = try await catalogue.site.row(
            """
            SELECT coalesce(string_agg(name || '=' || id, ';' ORDER BY place), '')
            FROM dimension_values
            WHERE area_id = \(catalogue.site.area.id) AND year = \(catalogue.year) AND axis = \(axis)
            """)[0]
        return Dictionary(
            uniqueKeysWithValues: text.split(separator: ";").map { pair in
                let parts = pair.split(separator: "=").map(String.init)
                return (parts[0], parts[1])
            })
    }

    private func order(_ catalogue: CatalogueSite) async throws -> String {
        try await catalogue.site.row(
            """
            SELECT string_agg(name, ' ' ORDER BY place)
            FROM dimension_values
            WHERE area_id = \(catalogue.site.area.id)
            """)[0]
    }

    @Test func `keeps its values in the order of its lines, without empty ones`() async throws {
        let catalogue = try await CatalogueSite()
        #expect(await save("  คุณภาพ \r\n\r\nความปลอดภัย\r\n", in: catalogue).status == 303)
        #expect(try await order(catalogue) == "คุณภาพ ความปลอดภัย")
        let page = await catalogue.site.get("/dimensions", as: catalogue.admin).text
        #expect(page.contains("D1 ยุทธศาสตร์"))
        let form = await catalogue.site.get("/dimensions/1", as: catalogue.admin).text
        #expect(form.contains(">\nคุณภาพ\nความปลอดภัย</textarea>"))
    }

    @Test func `lets lines change places, and every indicator keeps its value`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save(strategies, in: catalogue)
        let before = try await values(catalogue)
        let id = try await catalogue.indicator(["dimension-1": before["โอกาส"] ?? ""])
        #expect(await save("โอกาส\nความปลอดภัย\nคุณภาพ", in: catalogue).status == 303)
        #expect(try await values(catalogue) == before)
        #expect(try await order(catalogue) == "โอกาส ความปลอดภัย คุณภาพ")
        let form = await catalogue.site.get("/indicators/\(id)/form", as: catalogue.admin).text
        #expect(form.contains("<option value=\"\(before["โอกาส"] ?? "")\" selected>โอกาส</option>"))
    }

    @Test func `renames the line that was changed where it stands`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save(strategies, in: catalogue)
        let before = try await values(catalogue)
        _ = try await catalogue.indicator(["dimension-1": before["โอกาส"] ?? ""])
        #expect(await save("ใหม่\nความปลอดภัย\nความเสมอภาค\nคุณภาพ", in: catalogue).status == 303)
        let after = try await values(catalogue)
        #expect(after["ความเสมอภาค"] == before["โอกาส"] && after["คุณภาพ"] == before["คุณภาพ"])
        #expect(after.count == 4 && !before.values.contains(after["ใหม่"] ?? ""))
    }

    @Test func `never passes the indicators of a removed value on to a new one`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save(strategies, in: catalogue)
        let before = try await values(catalogue)
        _ = try await catalogue.indicator(["dimension-1": before["ความปลอดภัย"] ?? ""])
        let refused = await save("โอกาส\nคุณภาพ\nประสิทธิภาพ", in: catalogue)
        #expect(refused.status == 422)
        #expect(refused.problem(at: "values")?.contains("“ความปลอดภัย” ใช้อยู่ใน 1 ตัวชี้วัด") == true)
        #expect(try await values(catalogue) == before)
    }

    @Test func `gives up a value that no indicator bears, and says each that one does`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save(strategies, in: catalogue)
        let ids = try await values(catalogue)
        _ = try await catalogue.indicator(["dimension-1": ids["ความปลอดภัย"] ?? ""])
        _ = try await catalogue.indicator(["number": "2", "dimension-1": ids["โอกาส"] ?? ""])
        let refused = await save("คุณภาพ", in: catalogue)
        #expect(refused.status == 422)
        #expect(refused.text.contains("“ความปลอดภัย” ใช้อยู่") && refused.text.contains("“โอกาส” ใช้อยู่"))
        #expect(refused.text.contains(">\nคุณภาพ</textarea>"))
        #expect(await save("ความปลอดภัย\nโอกาส", in: catalogue).status == 303)
        #expect(try await order(catalogue) == "ความปลอดภัย โอกาส")
    }

    @Test func `is given up with its last value, and its name`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save(strategies, in: catalogue)
        #expect(await save("", named: "", in: catalogue).status == 303)
        #expect(try await catalogue.count("dimensions") == "0")
        #expect(try await catalogue.count("dimension_values") == "0")
    }

    @Test func `says at their fields everything that is wrong`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save(strategies, in: catalogue)
        let many = (1...61).map { "ค่าที่ \($0)" }.joined(separator: "\n") + "\nค่าที่ 7"
        let refused = await save(many, named: "", in: catalogue)
        #expect(refused.status == 422)
        #expect(refused.problem(at: "name")?.contains("ตั้งชื่อมิติก่อน") == true)
        #expect(refused.problem(at: "values")?.contains("ไม่เกิน 60 ค่า ที่ใส่มา 62") == true)
        #expect(refused.text.contains("มี “ค่าที่ 7” 2 บรรทัด") && refused.text.contains("3 จุดที่ต้องแก้"))
        #expect(refused.text.contains("ค่าที่ 61\n"))
        let long = await save(
            String(repeating: "ก", count: 201), named: String(repeating: "ข", count: 81), in: catalogue)
        #expect(long.problem(at: "values")?.contains("ยาวเกิน 200") == true)
        #expect(long.problem(at: "name")?.contains("ยาวเกิน 80") == true)
        #expect(try await order(catalogue) == "ความปลอดภัย โอกาส คุณภาพ")
    }

    @Test func `takes sixty of the longest values`() async throws {
        let catalogue = try await CatalogueSite()
        let names = (10...69).map { String(repeating: "ก", count: 198) + "\($0)" }
        #expect(await save(names.joined(separator: "\n"), in: catalogue).status == 303)
        #expect(try await catalogue.count("dimension_values") == "60")
    }

    @Test(arguments: ["0", "5", "๑", "1.0", "x"])
    func `is one of four`(axis: String) async throws {
        let catalogue = try await CatalogueSite()
        #expect(await catalogue.site.get("/dimensions/\(axis)", as: catalogue.admin).status == 404)
        let sent = await catalogue.site.post(
            "/dimensions/\(axis)", ["name": "ก", "values": "ข"], as: catalogue.admin)
        #expect(sent.status == 404)
        #expect(try await catalogue.count("dimensions") == "0")
    }

    @Test func `is the area's own, and the year's`() async throws {
        let (catalogue, other) = (try await CatalogueSite(), try await CatalogueSite())
        _ = await save(strategies, in: catalogue)
        #expect(await !other.site.get("/dimensions", as: other.admin).text.contains("ยุทธศาสตร์"))
        let next = await catalogue.site.get("/dimensions", as: catalogue.admin, catalogue.nextYear).text
        #expect(!next.contains("ยุทธศาสตร์"))
        #expect(await save("ก", in: catalogue, catalogue.nextYear).status == 409)
        _ = await catalogue.site.post("/years/\(catalogue.year)/closing", as: catalogue.admin)
        #expect(await save("ก", in: catalogue).status == 409)
        #expect(try await order(catalogue) == "ความปลอดภัย โอกาส คุณภาพ")
    }

    @Test func `is on the record with what it was`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save("ก\nข", named: "เดิม", in: catalogue)
        _ = await save("ข\nก", named: "ใหม่", in: catalogue)
        let entry = try await catalogue.site.row(
            """
            SELECT before ->> 'name' AS was, after ->> 'name' AS is, before ->> 'values' AS values_before,
                after ->> 'values' AS values_after
            FROM journal
            WHERE area_id = \(catalogue.site.area.id) AND action = 'dimension.saved'
            ORDER BY number DESC
            LIMIT 1
            """)
        #expect(entry == ["เดิม", "ใหม่", "[\"ก\", \"ข\"]", "[\"ข\", \"ก\"]"])
    }

    @Test func `gives an indicator only its own values, of its own year and area`() async throws {
        let (catalogue, other) = (try await CatalogueSite(), try await CatalogueSite())
        _ = await save(strategies, in: catalogue)
        _ = await save("นโยบาย", named: "กลุ่มงาน", axis: 2, in: catalogue)
        _ = await save("ของเขตอื่น", in: other)
        _ = await catalogue.site.post("/years", ["year": "\(catalogue.year + 1)"], as: catalogue.admin)
        _ = await save("ของปีหน้า", axis: 3, in: catalogue, catalogue.nextYear)
        let own = try await values(catalogue)["โอกาส"] ?? ""
        let group = try await values(catalogue, axis: 2)["นโยบาย"] ?? ""
        let foreign = try await values(other)["ของเขตอื่น"] ?? ""
        let later = try await catalogue.site.row(
            "SELECT id FROM dimension_values WHERE area_id = \(catalogue.site.area.id) AND axis = 3")[0]
        let refused = await catalogue.send(
            "/indicators",
            catalogue.form([
                "dimension-1": group, "dimension-2": foreign, "dimension-3": later, "dimension-4": "999999999",
                "parent": "999999999",
            ]))
        #expect(refused.status == 422)
        for field in ["dimension-1", "dimension-2", "parent"] {
            #expect(refused.problem(at: field)?.contains("เลือกจากรายการ") == true, "\(field)")
        }
        // What the area doesn't use has no field; the note on top says it.
        #expect(refused.text.contains("href=\"#dimension-3\"") && refused.text.contains("href=\"#dimension-4\""))
        let word = await catalogue.send("/indicators", catalogue.form(["dimension-1": "x"]))
        #expect(word.problem(at: "dimension-1") != nil)
        #expect(try await catalogue.count("indicators") == "0")
        let thai = own.map { $0.wholeNumberValue.map { String(UnicodeScalar(0x0E50 + $0)!) } ?? "" }.joined()
        _ = try await catalogue.indicator(["dimension-1": thai, "dimension-2": group])
        #expect(try await catalogue.count("indicator_dimensions") == "2")
    }

    @Test func `groups the list of indicators by its values, those without one at the end`() async throws {
        let catalogue = try await CatalogueSite()
        _ = await save(strategies, in: catalogue)
        let ids = try await values(catalogue)
        _ = try await catalogue.indicator(["number": "1.1", "dimension-1": ids["คุณภาพ"] ?? ""])
        _ = try await catalogue.indicator(["number": "1.2", "dimension-1": ids["ความปลอดภัย"] ?? ""])
        _ = try await catalogue.indicator(["number": "1.3"])
        let page = await catalogue.site.get("/indicators?by=1", as: catalogue.admin).text
        let places = [">ความปลอดภัย<", "<b>1.2</b>", ">คุณภาพ<", "<b>1.1</b>", "ไม่ระบุ", "<b>1.3</b>"].map { words in
            page.firstRange(of: words)?.lowerBound
        }
        #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
        #expect(!page.contains("id=\"group\(ids["โอกาส"] ?? "")\""))
        for query in ["by=5", "by=0", "by=x", "by="] {
            let plain = await catalogue.site.get("/indicators?\(query)", as: catalogue.admin)
            #expect(plain.status == 200 && plain.text.contains("KRS คำรับรอง"))
        }
        let english = await catalogue.site.get(
            "/indicators?by=1", as: catalogue.admin, ["cookie": "__Host-rabrong-language=en"])
        #expect(english.text.contains("Not said") && !english.text.contains("ไม่ระบุ"))
    }

    @Test func `is read and written by programs`() async throws {
        let catalogue = try await CatalogueSite()
        let token = try await catalogue.site.apiToken(of: catalogue.admin, .settings, .create)
        let body = #"{"name": "ยุทธศาสตร์", "values": "ความปลอดภัย\nโอกาส"}"#
        #expect(await catalogue.site.api(.post, "/dimensions/2", token: token, body).status == 200)
        let ids = try await values(catalogue, axis: 2)
        let wanted: JSON = [
            "axis": 2, "name": "ยุทธศาสตร์",
            "values": [
                ["id": .number(ids["ความปลอดภัย"] ?? ""), "name": "ความปลอดภัย"],
                ["id": .number(ids["โอกาส"] ?? ""), "name": "โอกาส"],
            ],
        ]
        let one = await catalogue.site.api(.get, "/dimensions/2", token: token).text
        #expect(try JSON(parsing: one.utf8) == wanted)
        let all = await catalogue.site.api(.get, "/dimensions", token: token).text
        #expect(try JSON(parsing: all.utf8)["items"]?.items.count == 4)
        #expect(try JSON(parsing: all.utf8)["items"]?.items[1] == wanted)
        let indicator = try await catalogue.indicator(["dimension-2": ids["โอกาส"] ?? ""])
        let shown = await catalogue.site.api(.get, "/indicators/\(indicator)", token: token).text
        #expect(try JSON(parsing: shown.utf8)["dimensions"] == [.null, .number(ids["โอกาส"] ?? ""), .null, .null])
        let refused = await catalogue.site.api(.post, "/dimensions/2", token: token, #"{"name": "", "values": "ก"}"#)
        #expect(refused.status == 422 && refused.text.contains("\"field\":\"name\""))
    }
}
