import Documents
import Glibc
import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `Indicators in a spreadsheet` {
    private let year = FiscalYear(at: .now).number

    private func site() async throws -> (TestSite, TestMember) {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings, .create, .open)
        _ = await site.post("/years", ["year": "\(year)"], as: admin)
        return (site, admin)
    }

    private static let head = [
        "framework", "number", "name", "parent", "type", "weight", "criterion-1", "criterion-2", "criterion-3",
        "criterion-4", "criterion-5", "formula", "variables", "rounds", "assigned", "supervisors",
    ]
    private static let rows = [
        [
            "KRS", "1.10", "อ่านออกเขียนได้", "", "ร้อยละ ยิ่งมากยิ่งดี", "60", "80", "85", "90", "95", "100", "a/b*100",
            "a | อ่านออก | คน | | รอบ 6 เดือน\nb | ทั้งหมด \\| รวม | คน", "รอบ 6 เดือน, c12", "ทุกโรงเรียน",
            "นายกตัญญู | ผอ. | 08",
        ],
        ["KRS", "1.2", "รายงานการเงิน", "", "done", "๔๐", "", "", "", "", "", "", "", "ไตรมาส 1", "", ""],
        ["KRS", "1.2.1", "ย่อย", "1.2", "done", "0", "", "", "", "", "", "", "", "", "", ""],
    ]

    private func list(_ rows: [[String]] = rows, head: [String] = head) -> String {
        CSV.table(head: head, rows: rows).text
    }

    private func count(_ site: TestSite) async throws -> String {
        try await site.row("SELECT count(*) FROM indicators WHERE area_id = \(site.area.id)")[0]
    }

    private func send(_ list: String, _ path: String, _ site: TestSite, _ admin: TestMember) async -> Response {
        await site.post("/indicators/import\(path)", ["list": list], as: admin)
    }

    @Test func `come in whole: frameworks, parts, rounds and schools`() async throws {
        let (site, admin) = try await site()
        let preview = await send(list(), "", site, admin)
        #expect(preview.status == 200 && preview.text.contains("จะสร้างชุดใหม่: KRS"))
        #expect(preview.text.contains("พร้อมนำเข้า 3 ตัวชี้วัด"))
        #expect(try await count(site) == "0")
        #expect(await send(list(), "/applied", site, admin).status == 303)
        let stored = try await site.row(
            """
            SELECT i.number, i.weight, v.label, v.rounds::text AS due, i.state, p.name AS supervisor,
                (SELECT string_agg(r.round || ':' || r.assigned, ' ' ORDER BY r.round) FROM indicator_rounds r
                    WHERE r.area_id = i.area_id AND r.indicator_id = i.id) AS rounds,
                (SELECT w.number FROM indicators s JOIN indicators w ON w.area_id = s.area_id AND w.id = s.parent_id
                    WHERE s.area_id = i.area_id AND s.number = '1.2.1') AS whole
            FROM indicators i
            JOIN variables v ON v.area_id = i.area_id AND v.indicator_id = i.id AND v.place = 2
            JOIN indicator_people p ON p.area_id = i.area_id AND p.indicator_id = i.id
            WHERE i.area_id = \(site.area.id)
            """)
        #expect(stored == ["1.10", "60", "ทั้งหมด | รวม", "{}", "hidden", "นายกตัญญู", "c06:1 c12:1", "1.2"])
    }

    @Test func `that go out come in again unchanged`() async throws {
        let (site, admin) = try await site()
        _ = await send(list(), "/applied", site, admin)
        for language in ["th", "en"] {
            let out = await site.get("/indicators.csv", as: admin, ["cookie": "__Host-rabrong-language=\(language)"])
            #expect(out.status == 200)
            let preview = await send(out.text, "", site, admin)
            #expect(preview.text.components(of: "เหมือนเดิม") == 3, "\(out.text)")
        }
        let versions = try await site.row(
            "SELECT sum(version) FROM indicators WHERE area_id = \(site.area.id)")
        let out = await site.get("/indicators.csv", as: admin).text
        #expect(await send(out, "/applied", site, admin).status == 303)
        #expect(
            try await site.row("SELECT sum(version) FROM indicators WHERE area_id = \(site.area.id)") == versions)
    }

    @Test func `go out as a workbook that comes in again`() async throws {
        let (site, admin) = try await site()
        _ = await send(list(), "/applied", site, admin)
        let out = await site.get("/indicators.xlsx", as: admin)
        #expect(out.headers["content-disposition"] == "attachment; filename=\"indicators.xlsx\"")
        guard case .bytes(let bytes) = out.body else { throw Missing() }
        let preview = await site.upload(
            Array(bytes.bytes), named: "ตัวชี้วัด.xlsx", as: "file", to: "/indicators/import", as: admin)
        #expect(preview.status == 200)
        #expect(preview.text.components(of: "เหมือนเดิม") == 3)
    }

    @Test func `say each wrong cell with its place, and store nothing`() async throws {
        let (site, admin) = try await site()
        let rows = (1...100).map { number in
            ["KRS", "\(number)", "", "9.9.9", "อะไร", "๑.๒.๓", "90", "85", "", "", "", "", "", "รอบ 7 เดือน", "ไม่มี", ""]
        }
        let preview = await send(list(rows), "", site, admin)
        #expect(preview.text.contains("ต้องแก้ 700 ช่อง"))
        #expect(preview.text.contains("<b>F101</b>") && preview.text.contains("ที่ใส่มาคือ ๑.๒.๓"))
        #expect(await send(list(rows), "/applied", site, admin).status == 422)
        #expect(try await count(site) == "0")
        #expect(try await site.row("SELECT count(*) FROM frameworks WHERE area_id = \(site.area.id)") == ["0"])
    }

    @Test(arguments: [
        ("type", "อะไร"), ("weight", "1.2.3"), ("weight", "101"), ("criterion-3", "85"), ("formula", "a/c*100"),
        ("variables", "a"), ("variables", "a | ก | ข | ค | c06 | เกิน"), ("rounds", "รอบ 7 เดือน"), ("parent", "9"),
        ("parent", "1.10"), ("assigned", "โรงเรียนที่ไม่มี"), ("number", ""), ("number", "1.2"), ("name", ""),
        ("framework", ""), ("variables", "a | ก\na | ข\nb | ค"), ("variables", "a | ก | | ที่ไหน\nb | ข"),
    ])
    func `say what is wrong in a cell`(column: String, text: String) async throws {
        let (site, admin) = try await site()
        var rows = Self.rows
        let place = try #require(Self.head.firstIndex(of: column))
        rows[0][place] = text
        let preview = await send(list(rows), "", site, admin)
        #expect(!preview.text.contains("พร้อมนำเข้า"))
        #expect(preview.text.contains("<b>\(SpreadsheetReader.letters(ofColumn: place + 1))"), "\(column)")
        #expect(await send(list(rows), "/applied", site, admin).status == 422)
        #expect(try await count(site) == "0")
    }

    @Test func `come in with line breaks as a browser sends them`() async throws {
        let (site, admin) = try await site()
        let sent = list().split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(await send(sent, "/applied", site, admin).status == 303)
        #expect(try await site.row("SELECT count(*) FROM variables WHERE area_id = \(site.area.id)") == ["2"])
    }

    @Test func `come in with parts of parts, in any order`() async throws {
        let (site, admin) = try await site()
        let head = ["framework", "number", "name", "parent", "type", "weight"]
        let rows = [("1.1.1.1", "1.1.1"), ("1", ""), ("1.1.1", "1.1"), ("1.1", "1")].map { number, parent in
            ["KRS", number, "ชั้น \(number)", parent, "done", "0"]
        }
        #expect(await send(list(rows, head: head), "/applied", site, admin).status == 303)
        let chain = try await site.row(
            """
            SELECT a.number AS a, b.number AS b, c.number AS c, d.number AS d
            FROM indicators a
            JOIN indicators b ON b.area_id = a.area_id AND b.id = a.parent_id
            JOIN indicators c ON c.area_id = b.area_id AND c.id = b.parent_id
            JOIN indicators d ON d.area_id = c.area_id AND d.id = c.parent_id
            WHERE a.area_id = \(site.area.id)
            """)
        #expect(chain == ["1.1.1.1", "1.1.1", "1.1", "1"])
        let deeper = list([["KRS", "1.1.1.1.1", "ลึกเกิน", "1.1.1.1", "done", "0"]], head: head)
        #expect(await send(deeper, "", site, admin).text.contains("เกิน 4 ชั้น"))
    }

    @Test func `leave alone what the table doesn't have`() async throws {
        let (site, admin) = try await site()
        _ = await send(list(), "/applied", site, admin)
        let short = list([["KRS", "1.10", "ชื่อใหม่"]], head: ["framework", "number", "name"])
        #expect(await send(short, "/applied", site, admin).status == 303)
        #expect(
            try await site.row(
                """
                SELECT name, weight, formula, (SELECT count(*) FROM variables v WHERE v.area_id = i.area_id) AS n
                FROM indicators i
                WHERE area_id = \(site.area.id) AND number = '1.10'
                """) == ["ชื่อใหม่", "60", "a/b*100", "2"])
    }

    @Test func `are not stored over what changed since the preview`() async throws {
        let (site, admin) = try await site()
        _ = await send(list(), "/applied", site, admin)
        let preview = await send(list(), "", site, admin).text
        let seen = try #require(preview.firstMatch("name=\"seen\" value=\"", until: "\""))
        try await site.execute("UPDATE indicators SET version = version + 1 WHERE area_id = \(site.area.id)")
        let late = await site.post("/indicators/import/applied", ["list": list(), "seen": seen], as: admin)
        #expect(late.status == 422 && late.text.contains("มีผู้อื่นแก้ไข"))
    }

    @Test func `open rounds only for one who may`() async throws {
        let (site, admin) = try await site()
        let definer = try await site.member(holding: .create)
        let preview = await send(list(), "", site, definer)
        #expect(preview.text.contains("ต้องมีสิทธิ์ Open"))
        #expect(await send(list(), "/applied", site, definer).status == 422)
        _ = await send(list(), "/applied", site, admin)
        #expect(await send(list(), "/applied", site, definer).status == 303)
    }

    @Test func `of a closed year stay as they are`() async throws {
        let (site, admin) = try await site()
        _ = await site.post("/years/\(year)/closing", ["reason": "จบปี"], as: admin)
        #expect(await send(list(), "/applied", site, admin).status == 409)
    }

    @Test(arguments: ["", "ไม่มีหัว", "PK\u{3}\u{4} ไม่ใช่ตาราง"])
    func `that are no table are refused`(text: String) async throws {
        let (site, admin) = try await site()
        #expect(await send(text, "/applied", site, admin).status == 422)
        let file = await site.upload(
            Array(text.utf8), named: "ตาราง.xlsx", as: "file", to: "/indicators/import/applied", as: admin)
        #expect(file.status == 422)
    }

    @Test func `are refused when their workbook would unpack to 800 MB`() async throws {
        let (site, admin) = try await site()
        let refused = await site.upload(
            ZipBomb.archive(of: "xl/sharedStrings.xml"), named: "ตัวชี้วัด.xlsx", as: "file", to: "/indicators/import",
            as: admin)
        #expect(refused.status == 422 && refused.text.contains("ตารางใหญ่เกินไป"))
    }

    @Test func `come in through the API, as JSON or as a file`() async throws {
        let (site, admin) = try await site()
        let token = try await site.apiToken(of: admin, .create, .open)
        let body = JSON.object([.init(name: "list", value: .text(list()))]).text
        let sent = await site.api(.post, "/indicators/import/applied", token: token, body)
        #expect(sent.status == 201 && sent.text.contains("\"rows\":3"))
        let wrong = JSON.object([.init(name: "list", value: .text(list([["KRS"]], head: ["framework", "number"])))])
            .text
        let refused = await site.api(.post, "/indicators/import/applied", token: token, wrong)
        #expect(refused.status == 422 && refused.text.contains("row-2-number"))
    }

    @Test func `hidden ones go out only to those who define them`() async throws {
        let (site, admin) = try await site()
        _ = await send(list(), "/applied", site, admin)
        let teacher = try await site.member()
        #expect(await !site.get("/indicators.csv", as: teacher).text.contains("อ่านออก"))
        #expect(await site.get("/indicators.csv", as: admin).text.contains("อ่านออก"))
    }

    private struct Missing: Error {}
}

extension String {
    fileprivate func components(of word: String) -> Int {
        utf8.split(separator: Array(word.utf8), omittingEmptySubsequences: false).count - 1
    }

    fileprivate func firstMatch(_ start: String, until end: Character) -> String? {
        guard let range = firstRange(of: start) else { return nil }
        return String(self[range.upperBound...].prefix { $0 != end })
    }
}
