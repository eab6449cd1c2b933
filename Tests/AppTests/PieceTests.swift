import HTTP
import Kernel
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

@Suite(.database) struct `A file that comes in pieces` {
    private let whole = Array("%PDF-1.7\n".utf8) + (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }

    private var name: String { String(Digest(of: whole).hexadecimal.prefix(32)) }

    /// The piece from a byte on, as the page's script sends it.
    private func send(
        from start: Int, _ count: Int = 1_048_576, of size: Int? = nil, to site: ReportSite,
        as member: TestMember? = nil
    ) async -> Response {
        await site.site.upload(
            Array(whole.dropFirst(max(0, start)).prefix(count)), named: "piece", as: "piece", to: "/uploads/\(name)",
            ["start": "\(start)", "length": "\(size ?? whole.count)"], as: member ?? site.teacher)
    }

    private func attach(to site: ReportSite, named file: String = "ผล.pdf", as member: TestMember? = nil) async
        -> Response
    {
        await site.site.post(
            "\(site.report)/evidence/1", ["upload-1": name, "name-1": file, "description-1": "ผลสอบ"],
            as: member ?? site.teacher)
    }

    private func received(_ response: Response) throws -> Int? {
        try JSON(parsing: Array(response.text.utf8))["received"].flatMap { Int($0.text) }
    }

    @Test func `is the same file in the end, and its pieces are forgotten`() async throws {
        let site = try await ReportSite()
        for start in [0, 1_048_576, 2_097_152] {
            let sent = await send(from: start, to: site)
            #expect(sent.status == 200, "\(sent.text)")
            #expect(try received(sent) == min(start + 1_048_576, whole.count))
        }
        let attached = await attach(to: site)
        #expect(attached.status == 303, "\(attached.problem(at: "file-1") ?? attached.text)")
        #expect(try await site.evidence("place, description, name") == ["1", "ผลสอบ", "ผล.pdf"])
        #expect(
            try await site.texts("encode(sha256, 'hex'), size, kind", "FROM files WHERE area_id = \(site.area)")
                == [Digest(of: whole).hexadecimal, "\(whole.count)", "pdf"])
        #expect(try await site.count("upload_pieces") == "0")
    }

    @Test func `goes on from what is here, whatever the sender thinks`() async throws {
        let site = try await ReportSite()
        func here() async throws -> Int? {
            try received(await site.site.get("/uploads/\(name)", as: site.teacher))
        }
        #expect(try await here() == 0)
        _ = await send(from: 0, to: site)
        #expect(try await here() == 1_048_576)
        // Its answer was lost, so it is sent again; another comes before its turn.
        #expect(try received(await send(from: 0, to: site)) == 1_048_576)
        #expect(try received(await send(from: 2_097_152, to: site)) == 1_048_576)
        #expect(try await site.count("upload_pieces") == "1")
    }

    @Test func `is its sender's alone`() async throws {
        let site = try await ReportSite()
        _ = await send(from: 0, 1000, of: 1000, to: site)
        let other = try await site.site.member("เพื่อน", holding: .school, .upload)
        #expect(try received(await site.site.get("/uploads/\(name)", as: other)) == 0)
        // Of nothing there is no file.
        #expect(await attach(to: site, as: other).status == 422)
        #expect(try await site.count("files") == "0")
    }

    @Test func `is refused at its field when it isn't what its name says, though it came whole`() async throws {
        let site = try await ReportSite()
        for start in [0, 1_048_576, 2_097_152] { _ = await send(from: start, to: site) }
        let refused = await attach(to: site, named: "ภาพ.png")
        #expect(refused.status == 422)
        #expect(refused.problem(at: "file-1")?.contains("เนื้อในไม่ตรงกับนามสกุล") == true)
    }

    @Test func `is refused before it comes when it would be too large`() async throws {
        let site = try await ReportSite()
        let refused = await send(from: 0, 1000, of: 20_000_001, to: site)
        #expect(refused.status == 422 && refused.text.contains("ไฟล์ใหญ่เกิน 20 MB"))
        #expect(try await site.count("upload_pieces") == "0")
    }

    @Test func `is refused where a piece can't be one`() async throws {
        let site = try await ReportSite()
        for (start, count, size) in [(0, 0, 10), (0, 1_200_000, 2_000_000), (5, 10, 14), (-1, 5, 10)] {
            #expect(await send(from: start, count, of: size, to: site).status == 422, "\(start) \(count) \(size)")
        }
        #expect(try await site.count("upload_pieces") == "0")
        for name in ["x", "00112233445566778899aabbccddeef", "../../../../../../../../etc/passwd", "%5Cx00"] {
            #expect(await site.site.get("/uploads/\(name)", as: site.teacher).status == 404, "\(name)")
        }
    }

    @Test func `has its limit for all that one member has half sent`() async throws {
        let site = try await ReportSite()
        try await site.site.execute(
            """
            INSERT INTO upload_pieces (area_id, member_id, upload, start, size, sha256, sent_at)
            VALUES (\(site.area), \(site.teacher.id), 'other', 0, 499999500, sha256('x'), \(Instant.now))
            """)
        #expect(await send(from: 0, 500, to: site).status == 200)
        #expect(await send(from: 500, 1, to: site).status == 429)
    }
}
