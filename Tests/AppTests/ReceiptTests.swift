import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `Evidence is opened` {
    @Test func `under its Thai name of 255 bytes, whole or in parts`() async throws {
        let site = try await ReportSite()
        // 83 letters of three bytes, and six plain ones.
        let name = String(repeating: "ผ", count: 83) + "67.pdf"
        _ = await site.attach(named: name)
        let response = await site.site.get("\(site.report)/evidence/1", as: site.teacher)
        #expect(response.status == 200 && response.headers["content-type"] == "application/pdf")
        #expect(
            response.headers["content-disposition"]
                == "attachment; filename=\"file.pdf\"; filename*=UTF-8''\(String(repeating: "%E0%B8%9C", count: 83))67.pdf"
        )
        #expect(response.headers["content-security-policy"] == "default-src 'none'; sandbox")
        guard case .file(let stored, let range) = response.body else { throw NoFile() }
        #expect(try Disk.read(stored) == ReportSite.pdf && range.count == ReportSite.pdf.count)
        let part = await site.site.get("\(site.report)/evidence/1", as: site.teacher, ["range": "bytes=0-3"])
        #expect(part.status == 206 && part.headers["content-range"] == "bytes 0-3/\(ReportSite.pdf.count)")
    }

    @Test func `with a name that is longer than a disk takes, shortened before its ending`() async throws {
        let site = try await ReportSite()
        _ = await site.attach(named: String(repeating: "ผ", count: 84) + "67.pdf")
        #expect(
            try await site.evidence("name, octet_length(name)") == [String(repeating: "ผ", count: 83) + ".pdf", "253"])
    }

    struct NoFile: Error {}

    /// A picture of one dot.
    private static let gif = Array("GIF89a\u{1}\u{0}\u{1}\u{0}\u{0}\u{0}\u{0};".utf8)
    private static let inPlace =
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"

    @Test(arguments: [
        ("ผล.pdf", ReportSite.pdf, "inline", inPlace), ("ภาพ.gif", gif, "inline", inPlace + "; sandbox"),
        ("หมายเหตุ.txt", Array("ครบ".utf8), "attachment", "default-src 'none'; sandbox"),
        ("ข้อมูล.csv", Array("ก,ข\n1,2\n".utf8), "attachment", "default-src 'none'; sandbox"),
    ])
    func `in place only when it is a PDF or a picture`(
        name: String, bytes: [UInt8], disposition: String, policy: String
    ) async throws {
        let site = try await ReportSite()
        #expect(await site.attach(bytes, named: name).status == 303)
        let shown = await site.site.get("\(site.report)/evidence/1?show", as: site.checker)
        #expect(shown.status == 200)
        #expect(shown.headers["content-disposition"]?.hasPrefix("\(disposition);") == true)
        #expect(shown.headers["content-security-policy"] == policy)
        #expect(shown.headers["x-content-type-options"] == "nosniff")
    }

    @Test func `not by other schools, nor by those who only compare`() async throws {
        let site = try await ReportSite()
        _ = await site.attach(named: "ลับ.pdf", with: ["description-1": "ความลับ"])
        let path = "\(site.report)/evidence/1"
        let friend = try await site.site.member("ผู้เทียบ", holding: .compare)
        try await site.move(friend, to: site.office)
        _ = await site.site.post("\(site.report)/comments", ["comment": "คำลับ"], as: site.checker)
        let (neighbour, other) = (try await site.neighbour(), try await ReportSite())
        for member in [friend, neighbour] { #expect(await site.site.get(path, as: member).status == 404) }
        #expect(await other.site.get(path, as: other.checker).status == 404)
        let page = await site.site.get(site.report, as: friend)
        #expect(page.status == 200 && !page.text.contains("ลับ.pdf") && !page.text.contains("ความลับ"))
        let token = try await site.site.apiToken(of: friend, .compare)
        let program = await site.site.api(.get, site.report, token: token)
        #expect(program.status == 200 && !program.text.contains("ลับ"))
        #expect(await site.site.get(path, as: site.director).status == 200)
        #expect(await site.site.get(path, as: site.checker).status == 200)
    }

    @Test func `by one who only sees the site as a receiver does, which is not kept`() async throws {
        let site = try await ReportSite()
        _ = await site.attach()
        let admin = try await site.site.member(holding: .members)
        #expect(await site.site.post("/members/\(site.checker.id)/see-as", as: admin).status == 303)
        #expect(await site.site.get("\(site.report)/evidence/1", as: admin).status == 200)
        #expect(try await site.evidence("opener_name") == ["null"])
    }

    @Test func `first by one of the area, which is kept once`() async throws {
        let site = try await ReportSite()
        _ = await site.attach()
        let path = "\(site.report)/evidence/1"
        _ = await site.site.get(path, as: site.director)
        #expect(try await site.evidence("opener_name") == ["null"])
        _ = await site.site.get("\(path)?show", as: site.checker)
        let second = try await site.site.member("คนที่สอง", holding: .receive)
        _ = await site.site.get(path, as: second)
        #expect(try await site.evidence("opener_name") == [site.name(of: site.checker, "ตรวจการ")])
        _ = await site.save(["entry-a": "1"])
        #expect(await site.site.get(site.report, as: site.teacher).text.contains("เปิดดูแล้ว"))
    }
}

@Suite(.database) struct `Evidence is received` {
    /// With one piece of evidence in a report that is confirmed.
    private func site() async throws -> ReportSite {
        let site = try await ReportSite()
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        #expect(await site.confirm().status == 303)
        return site
    }

    @Test func `once, and its sender sees by whom`() async throws {
        let site = try await site()
        let path = "\(site.report)/evidence/1/receipt"
        let second = try await site.site.member("คนที่สอง", holding: .receive)
        #expect(
            await site.site.post(path, as: site.checker).headers["location"]?.hasSuffix("\(site.report)#evidence")
                == true)
        #expect(await site.site.post(path, as: second).status == 303)
        #expect(try await site.evidence("receiver_name") == [site.name(of: site.checker, "ตรวจการ")])
        #expect(try await site.recorded("evidence.received") == "1")
        let page = await site.site.get(site.report, as: site.teacher).text
        #expect(page.contains("รับแล้ว") && page.contains(site.name(of: site.checker, "ตรวจการ")))
    }

    @Test func `by those with the flag File, and only where there is something`() async throws {
        let site = try await site()
        let proof = try await site.site.member("ผู้ตรวจ", holding: .proof)
        #expect(await site.site.post("\(site.report)/evidence/1/receipt", as: proof).status == 403)
        #expect(await site.site.post("\(site.report)/evidence/1/receipt", as: site.director).status == 403)
        #expect(await site.site.post("\(site.report)/evidence/2/receipt", as: site.checker).status == 404)
        #expect(await site.site.post("\(site.report)/evidence/0/receipt", as: site.checker).status == 404)
        #expect(try await site.evidence("receiver_name") == ["null"])
    }

    @Test func `from a list of what was confirmed, that counts what is left`() async throws {
        let site = try await site()
        let path = "/indicators/\(site.indicator)/receipts"
        #expect(await site.site.get("/receipts", as: site.checker).text.contains("0/1 "))
        let list = await site.site.get(path, as: site.checker).text
        #expect(list.contains("1 ไฟล์ · รอรับ 1 ไฟล์") && list.contains("ผลสอบ") && list.contains("ส่งแล้ว รอรับ"))
        let received = await site.site.post(
            "\(site.report)/evidence/1/receipt", ["back": "list"], as: site.checker)
        #expect(received.headers["location"] == "/\(site.site.area.code)\(path)")
        #expect(await site.site.get("/receipts", as: site.checker).text.contains("รับครบ"))
        #expect(await site.site.get(path, as: site.checker).text.contains("1 ไฟล์ · รอรับ 0 ไฟล์"))
    }

    @Test func `not while it is a draft, and shown by round`() async throws {
        let site = try await site()
        #expect(await site.site.post("\(site.report)/withdrawal", as: site.director).status == 303)
        #expect(await site.site.get("/receipts", as: site.checker).text.contains("ปีนี้ยังไม่มีเอกสารส่งมา"))
        let path = "/indicators/\(site.indicator)/receipts"
        #expect(await site.site.get(path, as: site.checker).text.contains("0 ไฟล์ · รอรับ 0 ไฟล์"))
        _ = await site.confirm(["version": "3"])
        #expect(await site.site.get("\(path)?round=c06", as: site.checker).text.contains("1 ไฟล์ · รอรับ 1 ไฟล์"))
        #expect(await site.site.get("\(path)?round=c09", as: site.checker).text.contains("0 ไฟล์ · รอรับ 0 ไฟล์"))
    }

    @Test func `of indicators that aren't hidden`() async throws {
        let site = try await site()
        try await site.site.execute("UPDATE indicators SET state = 'hidden' WHERE area_id = \(site.area)")
        #expect(await site.site.get("/indicators/\(site.indicator)/receipts", as: site.checker).status == 404)
        #expect(await site.site.get("/receipts", as: site.checker).text.contains("ปีนี้ยังไม่มีเอกสารส่งมา"))
        #expect(await site.site.get("\(site.report)/evidence/1", as: site.checker).status == 404)
    }
}
