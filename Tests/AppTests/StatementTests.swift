import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

/// A query per row would not be noticed with the few rows of other tests.
@Suite(.database) struct `The number of a page's statements` {
    @Test(arguments: ["/", "/members", "/members.csv", "/units", "/journal", "/journal.csv"])
    func `is the same for one row and for 300`(page: String) async throws {
        let (site, neighbour) = (try await TestSite(), try await TestSite())
        let admin = try await site.member(holding: .members, .settings)
        try await fill(neighbour, "ชาวเขา", rows: 300)
        try await fill(site, "ชาวเรา", rows: 1)
        // The first request of a site looks up its area, which is then remembered.
        _ = await site.get(page, as: admin)
        let (few, shown) = await statements(site, page, admin)
        #expect(shown.contains("ชาวเรา 1"))
        try await fill(site, "พวกเรา", rows: 300)
        let (many, all) = await statements(site, page, admin)
        #expect(all.contains("พวกเรา") && !all.contains("ชาวเขา"))
        #expect(few == many)
        #expect((2...8).contains(few))
    }

    private func statements(_ site: TestSite, _ page: String, _ admin: TestMember) async -> (Int, String) {
        let before = await site.database.statementCount
        let text = await site.get(page, as: admin).text
        return (await site.database.statementCount - before, text)
    }

    /// Units, members who wait for approval, and entries of the record, all with the name.
    private func fill(_ site: TestSite, _ name: String, rows: Int) async throws {
        let area = site.area.id
        try await site.execute(
            """
            INSERT INTO units (area_id, kind, name, search_text)
            SELECT \(area)::int, 'school', \(name) || ' ' || n, ''
            FROM generate_series(1, \(rows)::int) AS n
            """)
        try await site.execute(
            """
            INSERT INTO members (area_id, username, first_name, last_name, unit_id, status, search_text, created_at)
            SELECT \(area)::int, \(name) || n, \(name) || ' ' || n, '', \(site.unit)::bigint, 'pending', '', now()
            FROM generate_series(1, \(rows)::int) AS n
            """)
        try await site.execute(
            """
            SELECT app.record(ROW(
                \(area)::int, NULL, now(), \(area)::int, NULL, \(name) || ' ' || n, NULL, '', 'settings.saved',
                'settings', '', '{}', '{}', NULL
            )::journal)
            FROM generate_series(1, \(rows)::int) AS n
            """)
    }
}
