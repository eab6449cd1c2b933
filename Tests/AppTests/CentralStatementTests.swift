import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `The number of the statements of results` {
        @Test(arguments: [
            "/", "/desk", "/desk/QUEUE", "/desk/QUEUE/many?show=all", "/overall?framework=FRAMEWORK", "/central-data",
        ])
        func `is the same for one area and for 40`(page: String) async throws {
            let site = try await NationalSite(["variable-2-source": "central"])
            let page = page.replacing("QUEUE", with: "indicators/\(site.indicator)/c06").replacing(
                "FRAMEWORK", with: site.framework)
            let member = try await site.centre.member(holding: .certify, .publish, .supply)
            let (few, shown) = await site.centre.statements(of: page, as: member)
            var codes = [site.area.area.code]
            for _ in 1..<40 { codes.append(try await TestSite().area.code) }
            try await site.setRule(["areas": codes.joined(separator: ",")])
            try await site.publish()
            let (many, all) = await site.centre.statements(of: page, as: member)
            #expect(page == "/" || page == "/desk" || page == "/central-data" || all.utf8.count > shown.utf8.count)
            #expect(few == many, "\(page)")
            #expect((2...20).contains(few))
        }

        @Test(arguments: ["/results", "RESULT", "RESULT/schools"])
        func `is the same for one school and for 300`(page: String) async throws {
            let site = try await NationalSite(["variable-1-source": "sum"])
            let area = site.area
            let maker = try await area.member(holding: .create, .open, .owner, .settings)
            _ = await area.post("/years", ["year": "\(FiscalYear(at: .now).number)"], as: maker)
            let result = try await site.result()
            #expect(await area.post("\(result)/schools/indicator", as: maker).status == 303)
            let page = page.replacing("RESULT", with: result)
            let (few, shown) = await area.statements(of: page, as: maker)
            try await area.execute(
                """
                INSERT INTO units (area_id, kind, name, search_text)
                SELECT \(area.area.id)::int, 'school', 'โรงเรียนที่ ' || n, ''
                FROM generate_series(1, 300) AS n
                """)
            try await area.execute(
                """
                INSERT INTO assignments (
                    area_id, indicator_id, round, unit_id, state, created_at, entries, self_score, saved_at, confirmed_at,
                    confirmed_name, check_score, checked_at, checked_name
                )
                SELECT u.area_id, i.id, 'c06', u.id, 'checked', now(), '{"a": "1", "b": "2"}', 4, now(), now(), '',
                    4, now(), ''
                FROM units u
                JOIN indicators i ON i.area_id = u.area_id
                WHERE u.area_id = \(area.area.id) AND u.kind = 'school'
                ON CONFLICT ON CONSTRAINT assignments_once DO NOTHING
                """)
            let (many, all) = await area.statements(of: page, as: maker)
            #expect(page == "/results" || all.contains("300") && all != shown)
            #expect(few == many, "\(page)")
            #expect((2...20).contains(few))
        }
    }
}
