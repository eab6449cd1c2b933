import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

/// A query per row would not be noticed with the few rows of other tests.
@Suite(.database) struct `The number of a page's statements` {
    @Test(arguments: ["/", "/members", "/members.csv", "/members/requests", "/units", "/journal", "/journal.csv"])
    func `is the same for one row and for 300`(page: String) async throws {
        let (site, neighbour) = (try await TestSite(), try await TestSite())
        let admin = try await site.member(holding: .members, .settings)
        try await fill(neighbour, "ชาวเขา", rows: 300)
        try await fill(site, "ชาวเรา", rows: 1)
        let (few, shown) = await site.statements(of: page, as: admin)
        #expect(shown.contains("ชาวเรา 1"))
        try await fill(site, "พวกเรา", rows: 300)
        let (many, all) = await site.statements(of: page, as: admin)
        #expect(all.contains("พวกเรา") && !all.contains("ชาวเขา"))
        #expect(few == many)
        #expect((2...12).contains(few))
    }

    @Test(arguments: ["/reports", "/indicators/INDICATOR/matrix", "/receipts", "/indicators/INDICATOR/receipts", "/"])
    func `about reports is the same for one and for 300`(page: String) async throws {
        let site = try await ReportSite()
        let page = page.replacing("INDICATOR", with: site.indicator)
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        #expect(await site.confirm().status == 303)
        // Holds every flag that has a task, and belongs to the school.
        let member = try await site.site.member(holding: .school, .selfAssess, .proof, .receive, .owner)
        let (few, shown) = await site.site.statements(of: page, as: member)
        #expect(shown.contains("ร้อยละของนักเรียนที่อ่านออก"))
        try await fill(site, reports: 300)
        let (many, all) = await site.site.statements(of: page, as: member)
        #expect(all.utf8.count > shown.utf8.count)
        #expect(few == many)
        #expect((2...12).contains(few))
    }

    /// Schools that have confirmed with evidence, and as many indicators that the first school has confirmed.
    private func fill(_ site: ReportSite, reports: Int) async throws {
        let (area, unit, indicator) = (site.area, site.site.unit, Int(site.indicator))
        try await fill(site.site, "โรงเรียน", rows: reports)
        let columns: SQL = "self_score, confirmed_at, confirmed_name, saved_at"
        let values: SQL = "4, now(), 'ผู้อำนวยการ', now()"
        try await site.site.execute(
            """
            INSERT INTO indicators (
                area_id, framework_id, year, number, number_order, name, state, value_type, search_text, created_at
            )
            SELECT area_id, framework_id, year, n::text, n::text, name || ' ' || n, 'open', 'number', '', now()
            FROM indicators, generate_series(2, \(reports)::int) AS n
            WHERE area_id = \(area)
            """)
        try await site.site.execute(
            """
            INSERT INTO indicator_rounds (area_id, indicator_id, round, opens_on, due_at, assigned, confirmed)
            SELECT r.area_id, i.id, r.round, r.opens_on, r.due_at, 1, 1
            FROM indicator_rounds r, indicators i
            WHERE r.area_id = \(area) AND i.area_id = \(area) AND i.id <> r.indicator_id
            """)
        try await site.site.execute(
            """
            INSERT INTO assignments (
                area_id, indicator_id, round, unit_id, state, created_at, \(part: columns)
            )
            SELECT area_id, \(indicator)::bigint, 'c06', id, 'confirmed', now(), \(part: values)
            FROM units
            WHERE area_id = \(area) AND kind = 'school'
            ON CONFLICT ON CONSTRAINT assignments_once DO NOTHING
            """)
        try await site.site.execute(
            """
            INSERT INTO assignments (
                area_id, indicator_id, round, unit_id, state, created_at, \(part: columns)
            )
            SELECT area_id, id, 'c06', \(unit)::bigint, 'confirmed', now(), \(part: values)
            FROM indicators
            WHERE area_id = \(area)
            ON CONFLICT ON CONSTRAINT assignments_once DO NOTHING
            """)
        try await site.site.execute(
            """
            INSERT INTO evidence (area_id, assignment_id, place, file_id, sent_at, sender_name)
            SELECT a.area_id, a.id, 1, f.id, now(), 'ครู'
            FROM assignments a, files f
            WHERE a.area_id = \(area) AND f.area_id = \(area) AND a.state = 'confirmed'
            ON CONFLICT DO NOTHING
            """)
    }

    /// Units, members, people who ask to join, and entries of the record, all with the name.
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
            INSERT INTO account_requests (
                area_id, kind, title, first_name, last_name, title_en, first_name_en, last_name_en, employment, position,
                phone, mobile, unit_id, replaces, replaces_because, reason, channel, channel_address, username, password_hash, citizen_sealed,
                citizen_hash, created_at
            )
            SELECT \(area)::int, 'join', '', \(name) || ' ' || n, '', '', '', '', 'official', '', '', '', \(site.unit)::bigint,
                '', '', '', '', '', \(name) || n, '', '', '', now()
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
