import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `Whom a national indicator reaches` {
        private func results(of site: TestSite) async throws -> String {
            try await site.row("SELECT count(*) FROM area_results WHERE area_id = \(site.area.id)")[0]
        }

        @Test func `is told where an area has joined since, and it is sent there`() async throws {
            let site = try await NationalSite(rule: ["scope": "all"])
            let path = "/publications/\(site.framework)"
            #expect(!(await site.centre.get(path, as: site.office).text.contains("ยังไม่ถึง")))
            let newcomer = try await TestSite()
            let page = await site.centre.get(path, as: site.office).text
            #expect(page.contains("ยังไม่ถึง 1 เขต") && page.contains(newcomer.area.shortName))
            try await site.publish()
            #expect(try await results(of: newcomer) == "1")
            let again = await site.centre.post(path, as: site.office)
            #expect(again.status == 409)
        }

        @Test func `keeps what was begun where it need no longer be reported, and counts it no more`() async throws {
            let site = try await NationalSite()
            let result = try await site.result()
            let saved = await site.area.post(
                "\(result)/draft", ["entry-a": "281", "words": "กตัญญู"], as: site.director)
            #expect(saved.status == 303)
            let other = try await TestSite()
            try await site.setRule(["areas": other.area.code])
            try await site.publish()
            #expect(await site.area.get(result, as: site.director).status == 404)
            #expect(!(await site.area.get("/results", as: site.director).text.contains("1.2.4")))
            #expect(try await totals(of: site) == ["0", "0"])
            try await site.letTimePass(due: -60)
            try await site.strike()
            #expect(try await site.row("cut_at IS NULL") == ["true"])
            try await site.letTimePass(due: 86_400)
            try await site.setRule()
            try await site.publish()
            #expect(await site.area.get(result, as: site.director).text.contains("กตัญญู"))
            #expect(try await totals(of: site) == ["1", "100"])
        }

        private func totals(of site: NationalSite) async throws -> [String] {
            try await site.area.row(
                "SELECT unreported, weight FROM area_totals WHERE area_id = \(site.area.area.id)")
        }

        @Test func `is told why there is no score, in one's own language`() async throws {
            let site = try await NationalSite(["variable-2-source": "central"])
            #expect(try await site.confirm(["entry-a": "281"]).status == 303)
            let desk = "/desk/indicators/\(site.indicator)/c06"
            #expect(await site.centre.get(desk, as: site.certifier).text.contains("ขาด “ทั้งหมด”"))
            let english: Headers = ["cookie": "__Host-rabrong-language=en"]
            #expect(await site.centre.get(desk, as: site.certifier, english).text.contains("“ทั้งหมด” is missing"))
        }
    }
}
