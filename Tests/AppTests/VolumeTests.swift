import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A bound volume` {
    private func order(_ site: ReportSite, _ round: String = "c06", as member: TestMember? = nil) async -> Response {
        let framework = try? await site.texts(
            "framework_id", "FROM indicators WHERE area_id = \(site.area) AND id = \(Int(site.indicator) ?? 0)")[0]
        return await site.site.post(
            "/reports/volumes", ["framework": framework ?? "", "round": round], as: member ?? site.teacher)
    }

    private func path(_ answer: Response, _ site: ReportSite) throws -> String {
        #expect(answer.status == 303, "\(answer.text)")
        return String(try #require(answer.headers["location"]).dropFirst("/\(site.site.area.code)".count))
    }

    private func work(_ site: ReportSite) async throws {
        let payload = try await site.texts(
            "payload::text", "FROM jobs WHERE area_id = \(site.area) AND kind = 'report-volume'")[0]
        try await site.site.run(job: "report-volume", JSON(parsing: payload.utf8))
    }

    /// Adds indicators of the same framework that all schools report.
    private func fill(_ site: ReportSite, upTo count: Int) async throws {
        try await site.site.execute(
            """
            WITH made AS (
                INSERT INTO indicators (
                    area_id, year, framework_id, number, number_order, name, measure, weight, value_type, criterion_1,
                    criterion_2, criterion_3, criterion_4, criterion_5, formula, state, search_text, created_at
                )
                SELECT area_id, year, framework_id, '9.' || n, '9.' || lpad(n::text, 5, '0'), 'ตัวชี้วัดลำดับที่ ' || n, measure,
                    weight, value_type, criterion_1, criterion_2, criterion_3, criterion_4, criterion_5, formula, state,
                    '', created_at
                FROM indicators, generate_series(2, \(count)::int) AS n
                WHERE area_id = \(site.area) AND id = \(Int(site.indicator) ?? 0)
                RETURNING area_id, id
            ), rounds AS (
                INSERT INTO indicator_rounds (area_id, indicator_id, round, opens_on, due_at)
                SELECT m.area_id, m.id, 'c06', r.opens_on, r.due_at
                FROM made m
                JOIN indicator_rounds r ON r.area_id = m.area_id AND r.indicator_id = \(Int(site.indicator) ?? 0)
                RETURNING area_id, indicator_id
            )
            INSERT INTO assignments (area_id, indicator_id, round, unit_id, created_at)
            SELECT area_id, indicator_id, 'c06', \(site.site.unit)::bigint, now()
            FROM rounds
            """)
    }

    @Test func `is ordered, made by a job that tells how far it is, and opened`() async throws {
        let site = try await ReportSite()
        try await fill(site, upTo: 12)
        let path = try path(await order(site), site)
        let before = await site.site.get(path, as: site.teacher).text
        #expect(before.contains("กำลังทำ") && before.contains("every 1s"))
        #expect(await site.site.get("\(path)/volume.pdf", as: site.teacher).status == 404)
        try await work(site)
        try await work(site)
        let after = await site.site.get(path, as: site.teacher, ["hx-request": "true"]).text
        #expect(after.contains("เสร็จแล้ว") && !after.contains("every 1s"))
        #expect(await site.site.get("/papers", as: site.teacher).text.contains(path))

        let opened = await site.site.get("\(path)/volume.pdf", as: site.teacher)
        #expect(opened.status == 200 && opened.headers["content-type"] == "application/pdf")
        guard case .file(let file, let range) = opened.body else { return }
        let bytes = try Disk.read(file)
        #expect(bytes.count == range.count)
        let reading = try PaperReading(bytes)
        #expect(after.contains("\(reading.pages) หน้า"))
        #expect(reading.pages > 12 && reading.text.contains("สารบัญ"))
        // Each stands on the page that the contents name.
        let pages = try PaperReading.pages(of: bytes)
        let contents = pages[1]
        for number in [2, 7, 12] {
            let name = PaperReading.composed("ตัวชี้วัดลำดับที่ \(thaiDigits("\(number)"))")
            let start = try #require(
                pages.indices.dropFirst(2).first {
                    pages[$0].contains(PaperReading.composed("๙.\(thaiDigits("\(number)"))") + ":")
                })
            #expect(contents.contains(name + thaiDigits("\(start + 1)")), "\(number) on \(start + 1)")
        }
    }

    @Test func `is seen and opened by nobody but who ordered it`() async throws {
        let site = try await ReportSite()
        let path = try path(await order(site), site)
        try await work(site)
        for member in [site.director, site.checker, try await site.neighbour()] {
            #expect(await site.site.get(path, as: member).status == 404)
            #expect(await site.site.get("\(path)/volume.pdf", as: member).status == 404)
            #expect(await !site.site.get("/papers", as: member).text.contains(path))
        }
    }

    @Test func `of nothing is refused, and of what is gone meanwhile fails and says so`() async throws {
        let site = try await ReportSite()
        #expect(await order(site, "c12").status == 422)
        #expect(await order(site, "nonsense").status == 422)
        let path = try path(await order(site), site)
        try await site.site.execute("UPDATE indicators SET state = 'hidden' WHERE area_id = \(site.area)")
        try await work(site)
        #expect(await site.site.get(path, as: site.teacher).text.contains("ทำเอกสารนี้ไม่สำเร็จ"))
    }

    @Test func `is forgotten after a week`() async throws {
        let site = try await ReportSite()
        _ = try path(await order(site), site)
        try await work(site)
        try await site.site.execute(
            "UPDATE long_papers SET asked_at = now() - interval '8 days' WHERE area_id = \(site.area)")
        _ = await order(site)
        #expect(try await site.site.row("SELECT count(*) FROM long_papers WHERE area_id = \(site.area)") == ["1"])
    }
}
