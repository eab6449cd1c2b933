import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A year copied into a new one` {
    private let year = FiscalYear(at: .now).number

    /// A year with an indicator and its part, a dimension, a round with a weight of its own, two schools and an officer
    /// assigned, and a document.
    private func site() async throws -> (TestSite, TestMember) {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings, .create, .open, .upload)
        _ = await site.post("/years", ["year": "\(year)"], as: admin)
        _ = await site.post("/frameworks", ["short-name": "KRS", "name": "คำรับรอง"], as: admin)
        _ = await site.post("/dimensions/2", ["name": "กลุ่ม", "values": "แผน\nนิเทศ"], as: admin)
        let framework = try await site.row("SELECT id FROM frameworks WHERE area_id = \(site.area.id)")[0]
        let value = try await site.row(
            "SELECT id FROM dimension_values WHERE area_id = \(site.area.id) AND name = 'นิเทศ'")[0]
        let whole = await site.post(
            "/indicators",
            [
                "number": "1", "name": "อ่านออก", "framework": framework, "state": "open", "type": "percent",
                "weight": "100", "formula": "a / b * 100", "criterion-1": "80", "criterion-2": "85",
                "criterion-3": "90", "criterion-4": "95", "criterion-5": "100", "below": "slope",
                "worth-1": "0", "worth-2": "25", "worth-3": "50", "worth-4": "75", "worth-5": "100",
                "variable-1-name": "a", "variable-1-label": "อ่านออก", "variable-1-rounds": "c06",
                "variable-2-name": "b", "variable-2-label": "ทั้งหมด", "dimension-2": value, "rounds": "c06",
            ], as: admin)
        let path = try #require(whole.headers["location"], "\(whole.text)").dropFirst("/\(site.area.code)".count)
        let part = await site.post(
            "/indicators",
            [
                "number": "1.1", "name": "ย่อย", "framework": framework, "parent": "\(path.dropFirst(12))",
                "state": "open", "type": "done", "weight": "0", "below": "slope",
            ], as: admin)
        #expect(part.status == 303)
        let dates = await site.post(
            "\(path)/rounds/c06/dates",
            ["opens": "29/2/2567", "due": "31/3/2567 16.30", "weight": "60"], as: admin)
        #expect(dates.status == 303)
        for name in ["บ้านน้ำใจ", "บ้านฐานะ"] { _ = try await TestSite.makeUnit(name, in: site.area, site.database) }
        let assigned = await site.post(
            "\(path)/rounds/c06/assignments", ["all-schools": "on", "officers": "\(admin.id)"], as: admin)
        #expect(assigned.status == 303)
        let file = Array("นิยาม".utf8)
        #expect(await site.upload(file, named: "ก.txt", as: "file", to: "\(path)/documents/1", as: admin).status == 303)
        return (site, admin)
    }

    private let everything: KeyValuePairs<String, String> = [
        "year": "2580", "from": "\(FiscalYear(at: .now).number)", "rounds": "on", "assignments": "on",
        "documents": "on",
    ]

    /// Of the new year's indicator 1: what came along.
    private func counts(_ site: TestSite) async throws -> [String] {
        try await site.row(
            """
            SELECT
                (SELECT count(*) FROM variables v WHERE v.area_id = i.area_id AND v.indicator_id = i.id) AS variables,
                (SELECT count(*) FROM indicator_rounds r WHERE r.area_id = i.area_id AND r.indicator_id = i.id) AS rounds,
                (SELECT count(*) FROM assignments a WHERE a.area_id = i.area_id AND a.indicator_id = i.id) AS assigned,
                (SELECT count(*) FROM indicator_documents d WHERE d.area_id = i.area_id AND d.indicator_id = i.id)
                    AS documents,
                i.state, i.worths::text AS worths
            FROM indicators i
            WHERE i.area_id = \(site.area.id) AND i.year = 2580 AND i.number = '1'
            """)
    }

    @Test func `takes all along in one deed, hidden at first`() async throws {
        let (site, admin) = try await site()
        #expect(await site.post("/years", everything, as: admin).status == 303)
        #expect(try await counts(site) == ["2", "1", "4", "1", "hidden", "{0,25,50,75,100}"])
        let part = try await site.row(
            """
            SELECT p.number AS whole, v.name AS dimension, x.rounds::text AS due
            FROM indicators i
            JOIN indicators p ON p.area_id = i.area_id AND p.id = i.parent_id AND p.year = i.year
            JOIN indicator_dimensions d ON d.area_id = p.area_id AND d.indicator_id = p.id
            JOIN dimension_values v ON v.area_id = d.area_id AND v.id = d.value_id AND v.year = i.year
            JOIN variables x ON x.area_id = p.area_id AND x.indicator_id = p.id AND x.name = 'a'
            WHERE i.area_id = \(site.area.id) AND i.year = 2580 AND i.number = '1.1'
            """)
        #expect(part == ["1", "นิเทศ", "{c06}"])
    }

    @Test func `moves the dates on by Bangkok's clock, and keeps a round's weight`() async throws {
        let (site, admin) = try await site()
        #expect(await site.post("/years", everything, as: admin).status == 303)
        let round = try await site.row(
            """
            SELECT to_char(r.opens_on, 'YYYY-MM-DD') AS opens,
                to_char(r.due_at AT TIME ZONE 'Asia/Bangkok', 'MM-DD HH24:MI') AS due, r.weight, r.assigned
            FROM indicator_rounds r
            JOIN indicators i ON i.area_id = r.area_id AND i.id = r.indicator_id
            WHERE r.area_id = \(site.area.id) AND i.year = 2580
            """)
        // A year without a 29 February opens on the 28th.
        let opens = 2024 + 2580 - year
        let isLeap = opens % 4 == 0
        #expect(round == ["\(opens)-02-\(isLeap ? "29" : "28")", "03-31 16:30", "60", "4"])
    }

    @Test func `leaves behind what was not ticked`() async throws {
        let (site, admin) = try await site()
        _ = await site.post("/years", ["year": "2580", "from": "\(year)", "rounds": "on"], as: admin)
        #expect(try await counts(site)[...3] == ["2", "1", "0", "0"])
        _ = await site.post("/years", ["year": "2581", "from": "2580", "assignments": "on"], as: admin)
        #expect(
            try await site.row(
                """
                SELECT count(*)
                FROM indicator_rounds r
                JOIN indicators i ON i.area_id = r.area_id AND i.id = r.indicator_id
                WHERE r.area_id = \(site.area.id) AND i.year = 2581
                """) == ["0"])
    }

    @Test func `leaves out closed units and disabled officers, and says how many`() async throws {
        let (site, admin) = try await site()
        let clerk = try await site.member(holding: .settings)
        try await site.execute(
            "UPDATE units SET closed_at = now() WHERE area_id = \(site.area.id) AND name = 'บ้านน้ำใจ'")
        try await site.execute(
            "UPDATE members SET status = 'disabled' WHERE area_id = \(site.area.id) AND id = \(admin.id)")
        let preview = await site.get("/years/new?from=\(year)", as: clerk)
        #expect(preview.text.contains("ไม่คัดลอก 2 รายการ"))
        #expect(await site.post("/years", everything, as: clerk).status == 303)
        #expect(try await counts(site)[2] == "2")
    }

    @Test func `is shown before: the latest unless another is chosen`() async throws {
        let (site, admin) = try await site()
        let page = await site.get("/years/new", as: admin).text
        #expect(page.contains("KRS คำรับรอง") && page.contains("value=\"\(year + 1)\""))
        #expect(await site.get("/years/new?from=", as: admin).text.contains("เปิดปีว่าง"))
        #expect(await site.get("/years/new?from=2599", as: admin).text.contains("เปิดปีว่าง"))
        #expect(await site.get("/years/new?from=x&year=ก", as: admin).status == 200)
    }

    @Test func `must be there, and must be another`() async throws {
        let (site, admin) = try await site()
        for from in ["2599", "2580"] {
            let refused = await site.post("/years", ["year": "2580", "from": from], as: admin)
            #expect(refused.status == 422 && refused.text.contains("from-problem"))
        }
        #expect(try await site.row("SELECT count(*) FROM fiscal_years WHERE area_id = \(site.area.id)") == ["1"])
    }
}
