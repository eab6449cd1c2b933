import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `An indicator's documents` {
    private static let pdf = Array("%PDF-1.7\n% นิยามของตัวชี้วัด\n".utf8)
    private static let name = "นิยาม ที่ผู้กตัญญู.pdf"

    private func site() async throws -> (TestSite, TestMember, path: String) {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings, .create, .upload)
        _ = await site.post("/years", ["year": "\(FiscalYear(at: .now).number)"], as: admin)
        _ = await site.post("/frameworks", ["short-name": "KRS", "name": "คำรับรอง"], as: admin)
        let framework = try await site.row("SELECT id FROM frameworks WHERE area_id = \(site.area.id)")[0]
        let made = await site.post(
            "/indicators",
            [
                "number": "1", "name": "รายงานการเงิน", "framework": framework, "state": "open", "type": "done",
                "weight": "100", "below": "slope",
            ], as: admin)
        let location = try #require(made.headers["location"], "\(made.text)")
        return (site, admin, String(location.dropFirst("/\(site.area.code)".count)) + "/documents")
    }

    private func count(_ site: TestSite) async throws -> String {
        try await site.row("SELECT count(*) FROM indicator_documents WHERE area_id = \(site.area.id)")[0]
    }

    @Test func `are sent, and downloaded by every member under their Thai name`() async throws {
        let (site, admin, path) = try await site()
        let sent = await site.upload(Self.pdf, named: Self.name, as: "file", to: "\(path)/1", ["seen": "0"], as: admin)
        #expect(sent.status == 303)
        let teacher = try await site.member()
        #expect(await site.get(String(path.dropLast(10)), as: teacher).text.contains(Self.name))
        let response = await site.get("\(path)/1", as: teacher)
        #expect(response.status == 200 && response.headers["content-type"] == "application/pdf")
        #expect(
            response.headers["content-disposition"]
                == "attachment; filename=\"file.pdf\"; filename*=UTF-8''\(percentEncoded(Self.name))")
        #expect(response.headers["content-security-policy"]?.contains("sandbox") == true)
        guard case .file(let stored, let range) = response.body else { throw Missing() }
        #expect(try Disk.read(stored) == Self.pdf && range.count == Self.pdf.count)
    }

    @Test func `come in parts when a part is asked for`() async throws {
        let (site, admin, path) = try await site()
        _ = await site.upload(Self.pdf, named: Self.name, as: "file", to: "\(path)/1", as: admin)
        let part = await site.get("\(path)/1", as: admin, ["range": "bytes=0-3"])
        #expect(part.status == 206 && part.headers["content-range"] == "bytes 0-3/\(Self.pdf.count)")
    }

    @Test func `are replaced and removed, and the record keeps what they were`() async throws {
        let (site, admin, path) = try await site()
        let title = ["title": "คู่มือ"]
        _ = await site.upload(Self.pdf, named: "ก.pdf", as: "file", to: "\(path)/3", title, as: admin)
        let text = Array("แก้แล้ว".utf8)
        #expect(await site.upload(text, named: "ข.txt", as: "file", to: "\(path)/3", title, as: admin).status == 303)
        #expect(try await count(site) == "1")
        #expect(await site.get("\(path)/3", as: admin).headers["content-type"] == "text/plain")
        #expect(await site.post("\(path)/3/removal", as: admin).status == 303)
        #expect(await site.get("\(path)/3", as: admin).status == 404)
        #expect(
            try await site.row(
                """
                SELECT before ->> 'file' AS was, length(before ->> 'sha256') AS digits
                FROM journal
                WHERE area_id = \(site.area.id) AND action = 'document.removed'
                """) == ["ข.txt", "64"])
    }

    @Test func `are renamed without sending them again`() async throws {
        let (site, admin, path) = try await site()
        _ = await site.upload(Self.pdf, named: "ก.pdf", as: "file", to: "\(path)/4", ["title": "คู่มือ"], as: admin)
        let file = try await site.row("SELECT file_id FROM indicator_documents WHERE area_id = \(site.area.id)")[0]
        #expect(await site.post("\(path)/4", ["title": "แบบเก็บข้อมูล", "seen": "\(file)"], as: admin).status == 303)
        #expect(await site.get(path, as: admin).text.contains("แบบเก็บข้อมูล"))
        #expect(try await count(site) == "1")
    }

    @Test(arguments: [
        ("โปรแกรม.pdf", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] as [UInt8]), ("หน้า.html", Array("<html></html>".utf8)),
        ("ว่าง.pdf", []),
    ])
    func `are refused at their field, and nothing is stored`(name: String, bytes: [UInt8]) async throws {
        let (site, admin, path) = try await site()
        let refused = await site.upload(
            bytes, named: name, as: "file", to: "\(path)/3", ["title": "ของเดิม", "place": "3"], as: admin)
        #expect(refused.status == 422)
        #expect(refused.text.contains("id=\"file-3-problem\""))
        #expect(refused.text.contains("value=\"ของเดิม\""))
        #expect(try await count(site) == "0")
    }

    @Test func `that are too large are refused at their field`() async throws {
        let (site, admin, path) = try await site()
        let large = Self.pdf + [UInt8](repeating: 32, count: 50_000_000)
        let refused = await site.upload(large, named: "ก.pdf", as: "file", to: "\(path)/1", ["place": "1"], as: admin)
        #expect(refused.status == 422 && refused.text.contains("50 MB"))
    }

    @Test func `say everything that is wrong at once`() async throws {
        let (site, admin, path) = try await site()
        let refused = await site.post("\(path)/3", ["place": "3", "title": ""], as: admin)
        #expect(refused.status == 422)
        #expect(refused.text.contains("title-3-problem") && refused.text.contains("file-3-problem"))
        #expect(await site.post("\(path)/12", ["title": "ก"], as: admin).status == 422)
        #expect(
            await site.upload(Self.pdf, named: "ก.pdf", as: "file", to: "\(path)/12", ["title": "ก"], as: admin).status
                == 404)
    }

    @Test func `are not replaced by one who has not seen the newest`() async throws {
        let (site, admin, path) = try await site()
        _ = await site.upload(Self.pdf, named: "ก.pdf", as: "file", to: "\(path)/1", ["seen": "0"], as: admin)
        let late = await site.upload(
            Array("อื่น".utf8), named: "ข.txt", as: "file", to: "\(path)/1", ["seen": "0"], as: admin)
        #expect(late.status == 409)
        #expect(await site.post("\(path)/1/removal", ["seen": "987654321"], as: admin).status == 409)
        #expect(await site.get("\(path)/1", as: admin).headers["content-type"] == "application/pdf")
    }

    @Test func `take the flag Upload beside Create, and an open year`() async throws {
        let (site, admin, path) = try await site()
        let definer = try await site.member(holding: .create)
        let refused = await site.upload(Self.pdf, named: "ก.pdf", as: "file", to: "\(path)/1", as: definer)
        #expect(refused.status == 403 && refused.text.contains("Upload"))
        let year = FiscalYear(at: .now).number
        #expect(await site.post("/years/\(year)/closing", ["reason": "จบปี"], as: admin).status == 303)
        #expect(await site.upload(Self.pdf, named: "ก.pdf", as: "file", to: "\(path)/1", as: admin).status == 409)
    }

    @Test func `of a hidden indicator are there only for those who define it`() async throws {
        let (site, admin, path) = try await site()
        _ = await site.upload(Self.pdf, named: "ก.pdf", as: "file", to: "\(path)/1", as: admin)
        try await site.execute("UPDATE indicators SET state = 'hidden' WHERE area_id = \(site.area.id)")
        let teacher = try await site.member()
        #expect(await site.get("\(path)/1", as: teacher).status == 404)
        #expect(await site.get("\(path)/1", as: admin).status == 200)
    }

    private struct Missing: Error {}
}
