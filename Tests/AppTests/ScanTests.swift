import Glibc
import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

/// Over a real clamd, which the gate starts.
@Suite(.database, .enabled(if: getenv("TEST_CLAMD") != nil)) struct `Files that come with a virus scanner in place` {
    /// In two parts, so that no scanner takes this file for it.
    private static let eicar = #"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-"# + "ANTIVIRUS-TEST-FILE!$H+H*"

    private func clamd() throws -> String { String(cString: try #require(getenv("TEST_CLAMD"))) }

    private func send(_ text: String, to site: ReportSite, over program: TestSite) async -> Response {
        await program.upload(
            Array(text.utf8), named: "หลักฐาน.txt", as: "file-1", to: "\(site.report)/draft", ["description-1": "ภาพ"],
            as: site.teacher)
    }

    @Test func `are refused at their field when a virus is found, and all else is kept`() async throws {
        let site = try await ReportSite()
        let program = try site.site.with(["RABRONG_CLAMD": clamd()])
        let refused = await send(Self.eicar, to: site, over: program)
        #expect(refused.status == 422 && refused.text.contains("พบไวรัสในไฟล์นี้"))
        #expect(refused.text.contains("value=\"ภาพ\""))
        #expect(try await site.site.row("SELECT count(*) FROM files WHERE area_id = \(site.area)") == ["0"])
        #expect(await send("น้ำใจ", to: site, over: program).status == 303)
        #expect(try await site.site.row("SELECT quarantined FROM files WHERE area_id = \(site.area)") == ["false"])
    }

    @Test func `wait where nobody opens them while the scanner doesn't answer`() async throws {
        let site = try await ReportSite()
        let silent = try site.site.with(["RABRONG_CLAMD": "unix:/nowhere/clamd.sock"])
        #expect(await send(Self.eicar, to: site, over: silent).status == 303)
        #expect(await site.site.get("\(site.report)/evidence/1", as: site.teacher).status == 409)
        #expect(await site.site.get(site.report, as: site.teacher).text.contains("กำลังตรวจไฟล์"))
        let job = try await site.texts("payload", "FROM jobs WHERE area_id = \(site.area) AND kind = 'scan'")
        let payload = try JSON(parsing: job[0].utf8)
        await #expect(throws: (any Error).self) { try await silent.run(job: "scan", payload) }
        try await site.site.with(["RABRONG_CLAMD": clamd()]).run(job: "scan", payload)
        #expect(await site.site.get("\(site.report)/evidence/1", as: site.teacher).status == 409)
        #expect(await site.site.get(site.report, as: site.teacher).text.contains("พบไวรัส"))
    }
}
