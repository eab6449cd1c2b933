import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A report's evidence` {
    @Test func `is sent with the form, with what it shows, and what was typed beside it`() async throws {
        let site = try await ReportSite()
        let form = ["entry-a": "281", "description-1": "ผลสอบ", "version": "0"]
        let sent = await site.site.upload(
            ReportSite.pdf, named: "ผล.pdf", as: "file-1", to: "\(site.report)/draft", form, as: site.teacher)
        #expect(sent.status == 303)
        #expect(
            try await site.evidence("place, description, name, kind, size, sender_name")
                == ["1", "ผลสอบ", "ผล.pdf", "pdf", "\(ReportSite.pdf.count)", site.name(of: site.teacher, "กตัญญู")])
        #expect(try await site.row("entries::text, state") == ["{\"a\": \"281\"}", "draft"])
        #expect(try await site.recorded("evidence.sent") == "1")
        let page = await site.site.get(site.report, as: site.teacher).text
        #expect(page.contains("value=\"ผลสอบ\"") && page.contains("ส่งแล้ว รอรับ"))
    }

    @Test func `is sent by itself, which begins the draft`() async throws {
        let site = try await ReportSite()
        #expect(await site.attach(at: 10, with: ["description-10": " ภาพกิจกรรม "]).status == 303)
        #expect(try await site.evidence("place, description") == ["10", "ภาพกิจกรรม"])
        #expect(try await site.row("state, version") == ["draft", "1"])
        #expect(await site.attach(at: 11).status == 422)
    }

    @Test func `keeps the description that waited for it`() async throws {
        let site = try await ReportSite()
        _ = await site.save(["description-1": "ผลสอบ"])
        #expect(await site.site.get(site.report, as: site.teacher).text.contains("value=\"ผลสอบ\""))
        #expect(await site.attach().status == 303)
        #expect(try await site.evidence("description") == ["ผลสอบ"])
        // Once the file is taken away, its description doesn't come back from before.
        #expect(await site.save(["remove": "1", "description-1": "ผลสอบ"]).status == 303)
        #expect(try await site.row("entries::text") == ["{}"])
    }

    @Test func `keeps its description when only its file is sent with the form`() async throws {
        let site = try await ReportSite()
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        let sent = await site.site.upload(
            Array("แก้แล้ว".utf8), named: "ข.txt", as: "file-1", to: "\(site.report)/draft", as: site.teacher)
        #expect(sent.status == 303)
        #expect(try await site.evidence("description, name") == ["ผลสอบ", "ข.txt"])
    }

    @Test func `is replaced, and the earlier one stays behind`() async throws {
        let site = try await ReportSite()
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        #expect(await site.attach(Array("แก้แล้ว".utf8), named: "ข.txt").status == 303)
        #expect(try await site.evidence("description, name") == ["ผลสอบ", "ข.txt"])
        #expect(try await site.count("evidence") == "2")
        #expect(try await site.count("evidence WHERE removed_at IS NOT NULL") == "1")
        // The form shows it to nobody who fills in; who reads does.
        let page = await site.site.get(site.report, as: site.checker).text
        #expect(page.contains("ไฟล์ก่อนหน้า 1 ไฟล์") && page.contains("ผล.pdf"))
        #expect(
            try await site.texts(
                "before ->> 'file', length(before ->> 'sha256'), after ->> 'file'",
                "FROM journal WHERE area_id = \(site.area) AND action = 'evidence.sent' ORDER BY number DESC")
                == ["ผล.pdf", "64", "ข.txt"])
    }

    @Test func `described anew is on the record, and told to one who has not seen it`() async throws {
        let site = try await ReportSite()
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        #expect(await site.save(["version": "1", "description-1": "ผลสอบ ป.1"]).status == 303)
        #expect(
            try await site.texts(
                "after", "FROM journal WHERE area_id = \(site.area) AND action = 'report.saved' ORDER BY number DESC")
                == ["{\"description-1\":\"ผลสอบ ป.1\"}"])
        let late = await site.save(["version": "1", "description-1": "ภาพ", "entry-a": "281"], as: site.director)
        #expect(late.status == 422 && late.problem(at: "description-1")?.contains("“ผลสอบ ป.1”") == true)
        #expect(try await site.evidence("description") == ["ผลสอบ ป.1"])
        _ = await site.save(["version": "2", "description-2": "ภาพ"])
        let empty = await site.save(["version": "2", "description-2": "", "entry-b": "300"], as: site.director)
        #expect(empty.status == 422 && empty.problem(at: "description-2")?.contains("“ภาพ”") == true)
        #expect(try await site.row("entries ->> 'description-2'") == ["ภาพ"])
    }

    @Test func `is taken away, and what was typed is saved with that`() async throws {
        let site = try await ReportSite()
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        let saved = await site.save(["remove": "1", "description-1": "ผลสอบ", "entry-a": "281", "version": "1"])
        #expect(saved.status == 303)
        #expect(try await site.count("evidence WHERE removed_at IS NULL") == "0")
        #expect(try await site.row("entries::text") == ["{\"a\": \"281\"}"])
        #expect(try await site.recorded("evidence.removed") == "1")
        #expect(await site.site.get("\(site.report)/evidence/1", as: site.teacher).status == 404)
    }

    @Test func `is not replaced by one who has not seen the newest`() async throws {
        let site = try await ReportSite()
        _ = await site.attach()
        let late = await site.attach(Array("อื่น".utf8), named: "ข.txt", with: ["seen-1": "0"])
        #expect(late.status == 409)
        let form = await site.site.upload(
            Array("อื่น".utf8), named: "ข.txt", as: "file-1", to: "\(site.report)/draft",
            ["seen-1": "0", "entry-a": "281"], as: site.teacher)
        #expect(form.status == 422 && form.problem(at: "file-1")?.contains("มีผู้อื่นส่งไฟล์ที่ช่องนี้ระหว่างนี้") == true)
        #expect(try await site.evidence("name") == ["ผล.pdf"])
        #expect(try await site.row("entries ->> 'a'") == ["281"])
    }

    @Test func `is the same piece when the same file is sent there twice`() async throws {
        let site = try await ReportSite()
        for _ in 1...2 { #expect(await site.attach(with: ["description-1": "ผลสอบ"]).status == 303) }
        let form = await site.site.upload(
            ReportSite.pdf, named: "ผล.pdf", as: "file-1", to: "\(site.report)/draft", ["description-1": "ผลสอบ ป.1"],
            as: site.teacher)
        #expect(form.status == 303)
        #expect(try await site.count("evidence") == "1")
        #expect(try await site.count("files") == "1")
        #expect(try await site.evidence("description") == ["ผลสอบ ป.1"])
        #expect(try await site.recorded("evidence.sent") == "1")
        #expect(await site.attach(with: ["description-1": "ผลสอบ ป.2"]).status == 303)
        #expect(try await site.evidence("description") == ["ผลสอบ ป.2"])
        // Elsewhere it is evidence of its own.
        #expect(await site.attach(at: 2).status == 303)
        #expect(try await site.count("evidence") == "2")
    }

    @Test(arguments: [
        ("โปรแกรม.pdf", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] as [UInt8], "เนื้อในไม่ตรงกับนามสกุล"),
        ("หน้า.html", Array("<html></html>".utf8), "ไม่ใช่ไฟล์ชนิดที่รับ"), ("ว่าง.pdf", [], "ไฟล์ว่างเปล่า"),
    ])
    func `is refused at its field when it isn't sound, and all else is stored`(
        name: String, bytes: [UInt8], reason: String
    ) async throws {
        let site = try await ReportSite()
        let form = ["entry-a": "281", "description-1": "ผลสอบ", "words": "ครบ"]
        let refused = await site.site.upload(
            bytes, named: name, as: "file-1", to: "\(site.report)/draft", form, as: site.teacher)
        #expect(refused.status == 422 && refused.problem(at: "file-1")?.contains(reason) == true)
        #expect(refused.text.contains("value=\"ผลสอบ\""))
        #expect(try await site.count("evidence") == "0")
        #expect(
            try await site.row("entries ->> 'a', entries ->> 'description-1', words") == ["281", "ผลสอบ", "ครบ"])
        let alone = await site.attach(bytes, named: name)
        #expect(alone.status == 422 && alone.problem(at: "file-1")?.contains(reason) == true)
    }

    @Test func `that is refused alone says so at its place, beside what was typed there`() async throws {
        let site = try await ReportSite()
        let refused = await site.attachInPage(named: "หน้า.html", with: ["description-1": "ผลสอบ"])
        #expect(refused.status == 200 && refused.problem(at: "file-1")?.contains("ไม่ใช่ไฟล์ชนิดที่รับ") == true)
        #expect(refused.text.contains("value=\"ผลสอบ\"") && !refused.text.contains("<html"))
        _ = await site.attach()
        let late = await site.attachInPage(named: "ข.txt", with: ["seen-1": "0"])
        #expect(late.status == 200 && late.problem(at: "file-1")?.contains("มีผู้อื่นส่งไฟล์ที่ช่องนี้ระหว่างนี้") == true)
        let neighbour = try await site.neighbour()
        #expect(await site.attachInPage(named: "หน้า.html", as: neighbour).status == 404)
        _ = await site.confirm(["entry-a": "281", "entry-b": "300", "self-score": "4", "description-1": "ผลสอบ"])
        let closed = await site.attachInPage(named: "ข.txt", with: [:])
        #expect(closed.status == 200 && closed.problem(at: "file-1")?.contains("ยืนยันแล้ว") == true)
        #expect(try await site.evidence("name") == ["ผล.pdf"])
    }

    @Test func `that begins the draft tells its page the version, so that its words are nobody else's`() async throws {
        let site = try await ReportSite()
        let sent = await site.attachInPage(named: "ข.txt", with: ["description-1": ""])
        #expect(sent.headers["x-version"] == "0 1")
        #expect(await site.save(["version": "1", "description-1": "ผลสอบ"]).status == 303)
        #expect(try await site.evidence("description") == ["ผลสอบ"])
        #expect(await site.attachInPage(named: "ค.csv").headers["x-version"] == nil)
    }

    @Test func `is refused at its field when it is larger than 20 MB, and all else is stored`() async throws {
        let site = try await ReportSite()
        let large = ReportSite.pdf + [UInt8](repeating: 32, count: 20_000_000)
        let refused = await site.site.upload(
            large, named: "ผล.pdf", as: "file-1", to: "\(site.report)/draft", ["entry-a": "281"], as: site.teacher)
        #expect(refused.status == 422 && refused.problem(at: "file-1")?.contains("20 MB") == true)
        #expect(try await site.row("entries ->> 'a'") == ["281"])
        #expect(await site.attach(large).status == 422)
        #expect(try await site.count("evidence") == "0")
    }

    @Test(arguments: [
        (String(repeating: "ก", count: 83) + "ab.pdf", String(repeating: "ก", count: 83) + "ab.pdf"),
        (String(repeating: "ก", count: 2000) + ".pdf", String(repeating: "ก", count: 83) + ".pdf"),
        (String(repeating: "x", count: 300) + ".pdf", String(repeating: "x", count: 251) + ".pdf"),
        ("../../โฟลเดอร์/ผล.pdf", "ผล.pdf"),
    ])
    func `keeps its name, up to 255 bytes and with its ending`(sent: String, kept: String) async throws {
        let site = try await ReportSite()
        #expect(await site.attach(named: sent).status == 303)
        #expect(try await site.evidence("name") == [kept])
        let file = await site.site.get("\(site.report)/evidence/1", as: site.teacher)
        #expect(file.headers["content-disposition"]?.hasSuffix("''\(percentEncoded(kept))") == true)
    }

    @Test(arguments: [
        String(repeating: "ก", count: 85), String(repeating: "ก", count: 2000),
        "a." + String(repeating: "x", count: 300), "." + String(repeating: "ก", count: 100),
    ])
    func `is refused like any other when its long name has no ending of ours`(name: String) async throws {
        let site = try await ReportSite()
        #expect(await site.attach(named: name).problem(at: "file-1")?.contains("ไม่ใช่ไฟล์ชนิดที่รับ") == true)
        #expect(try await site.count("files") == "0")
    }

    @Test(arguments: [
        ("ภาพ.zip", "ภาพ.xml"), ("แบบ.docx", "word/document.xml"), ("ตาราง.xlsx", "xl/sharedStrings.xml"),
    ])
    func `is kept as it came, and not unpacked, when it would become 800 MB`(name: String, member: String) async throws
    {
        let site = try await ReportSite()
        let archive = ZipBomb.archive(of: member)
        #expect(await site.attach(archive, named: name).status == 303)
        #expect(try await site.evidence("size::text") == ["\(archive.count)"] && archive.count < 10_000_000)
    }

    @Test func `is refused after the deadline, and no row names it`() async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -10, due: -1)
        let refused = await site.attach()
        #expect(refused.status == 409 && refused.text.contains("เลยกำหนดส่งแล้ว"))
        #expect(try await site.count("files") == "0")
        #expect(try await site.row("state, version") == ["waiting", "0"])
    }

    @Test func `is described in at most 500 characters, however it is sent`() async throws {
        let site = try await ReportSite()
        let long = String(repeating: "ก", count: 501)
        #expect(await site.attach(with: ["description-1": long]).problem(at: "description-1") != nil)
        #expect(await site.attach(with: ["description-1": "ก\u{0}"]).problem(at: "description-1") != nil)
        #expect(try await site.count("evidence") == "0")
        let saved = await site.save(["description-1": long, "entry-a": "281"])
        #expect(saved.status == 422 && saved.problem(at: "description-1") != nil)
        #expect(try await site.row("entries::text") == ["{\"a\": \"281\"}"])
        #expect(await site.attach(with: ["description-1": String(long.dropLast())]).status == 303)
    }

    @Test func `is sent only with the flag Upload, of that school, while the report is open`() async throws {
        let site = try await ReportSite()
        let refused = await site.site.upload(
            ReportSite.pdf, named: "ผล.pdf", as: "file-1", to: "\(site.report)/draft", ["entry-a": "281"],
            as: site.director)
        #expect(refused.status == 403 && refused.text.contains("Upload"))
        #expect(await site.attach(as: site.director).status == 403)
        let clerk = try await site.site.member("ธุรการ", holding: .upload)
        #expect(await site.attach(as: clerk).status == 403)
        #expect(await site.attach(as: try await site.neighbour()).status == 404)
        #expect(!(await site.site.get(site.report, as: site.director).text.contains("type=\"file\"")))
        _ = await site.confirm()
        #expect(await site.attach().status == 409)
        #expect(try await site.count("evidence") == "0")
    }
}

extension ReportSite {
    /// Some columns of the evidence that is there, with its file's.
    func evidence(_ columns: SQL) async throws -> [String] {
        try await texts(
            columns,
            """
            FROM evidence e
            JOIN files f ON f.area_id = e.area_id AND f.id = e.file_id
            WHERE e.area_id = \(area) AND e.removed_at IS NULL
            ORDER BY e.id DESC
            """)
    }

    /// Rows of a table, in which the area's column is asked for last.
    func count(_ table: SQL) async throws -> String {
        try await texts("count(*)", "FROM (SELECT * FROM \(part: table)) t WHERE area_id = \(area)")[0]
    }

    /// As a page with script sends it.
    func attachInPage(
        named name: String, with fields: [String: String] = [:], as member: TestMember? = nil
    ) async -> Response {
        await site.upload(
            Array("ก ข \(name)".utf8), named: name, as: "file-1", to: "\(report)/evidence/1", fields,
            as: member ?? teacher, ["hx-request": "true"])
    }

    func name(of member: TestMember, _ firstName: String) -> String {
        "\(firstName) ฐานะดี \(member.username.dropFirst(4))"
    }
}
