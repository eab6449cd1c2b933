import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

/// An area whose statistics are counted when a test wants them to be.
private func count(_ site: TestSite) async throws { try await site.run(job: "statistics") }

extension TheCentralOffice {
    @Suite(.database) struct `Statistics of results` {
        /// The figures that programs get, of the area or of the country.
        private func figures(_ site: TestSite) async throws -> JSON {
            let answer = await site.api(.get, "/statistics", token: nil)
            #expect(answer.status == 200 && answer.headers["access-control-allow-origin"] == "*")
            return try JSON(parsing: answer.text.utf8)
        }

        @Test func `follow a result from the report to the certificate`() async throws {
            let play = try await NationalSite()
            let area = play.area
            try await count(area)
            let before = try await figures(area)
            #expect(before["frameworks"]?.items.first?["unreported"]?.text == "1")
            #expect(before["score"] == .null && before["rank"] == .null)
            #expect(try await play.confirm().status == 303)
            try await count(area)
            // Who has signed in gets what is true now.
            #expect(await area.get("/statistics", as: play.director).text.contains("ยังรอผลอีก 1 รายการ"))
            #expect(try await play.certify().status == 303)
            try await count(area)
            let page = await area.get("/statistics", as: play.director).text
            // 281 of 300 by rising criteria is 3.73333.
            #expect(page.contains(">3.73<") && page.contains(">100%<") && page.contains("1 จาก 1 ผล"))
            let ranking = await area.get("/statistics/areas.csv").text
            #expect(ranking.contains("\(area.area.code),\(area.area.shortName)") && ranking.contains("3.73333"))
        }

        @Test func `are not counted again while nothing happens`() async throws {
            let play = try await NationalSite()
            try await count(play.area)
            let counted: SQL =
                "SELECT counted_at FROM statistics_counts WHERE area_id = \(play.area.area.id)"
            let first = try await play.area.row(counted)
            try await count(play.area)
            #expect(try await play.area.row(counted) == first)
            #expect(try await play.confirm().status == 303)
            try await count(play.area)
            #expect(try await play.area.row(counted) != first)
        }

        @Test func `forget what isn't wanted any more, and keep years from before our time`() async throws {
            let play = try await NationalSite()
            let area = play.area
            _ = await area.post(
                "/years", ["year": "\(FiscalYear(at: .now).number)"], as: try await area.member(holding: .settings))
            try await area.execute(
                """
                INSERT INTO result_statistics
                SELECT \(area.area.id)::int, y, 'OLD', 'c12', 'OLD', 1, 0, 0, 0, 4, 0, 100, 400, 4, 4, now()
                FROM unnest(ARRAY[2560, \(FiscalYear(at: .now).number)::int]) AS y
                """)
            try await count(area)
            let left = try await area.row(
                """
                SELECT string_agg(year || framework, ' ' ORDER BY year)
                FROM result_statistics
                WHERE area_id = \(area.area.id)
                """)
            let year = FiscalYear(at: .now).number
            #expect(left[0].hasPrefix("2560OLD \(year)KRS") && !left[0].contains("\(year)OLD"))
            // A year from before can be looked at.
            let past = await area.get("/statistics?fy=2560").text
            #expect(past.contains(">4.00<") && past.contains("รอบ 12 เดือน"))
        }

        @Test func `rank who is complete, the same for equal scores`() async throws {
            var areas: [TestSite] = []
            // Settled with 4, with 4, with 5; and one with 5 that isn't complete.
            for (weighted, unsettled) in [(400, 0), (400, 0), (500, 0), (500, 1)] {
                let site = try await TestSite()
                try await site.execute(
                    """
                    INSERT INTO result_statistics
                    VALUES (\(site.area.id), 2555, 'KRS', 'c12', 'KRS', 1, 0, 0, 0, 4, \(unsettled), 100, \(weighted), 4, 4, now())
                    """)
                areas.append(site)
            }
            let csv = await areas[0].get("/statistics/areas.csv?fy=2555").text.split(separator: "\r\n").map(String.init)
            func rank(_ site: TestSite) -> Substring? {
                csv.first { $0.contains(",\(site.area.code),") }?.prefix { $0 != "," }
            }
            #expect(areas.map(rank) == ["2", "2", "1", ""])
        }

        @Test(arguments: [
            "?fy=abc", "?fy=-1", "?fy=99999999999999999999", "?round=zz", "?framework=%3Cscript%3E", "?region=moon",
            "?kind=central", "?area=nowhere", "?fy=2555&fy=2556&round=&framework=&x=y", "?chart=none&language=xx",
        ])
        func `asked for with nonsense show what there is, and say so`(query: String) async throws {
            let play = try await NationalSite()
            try await count(play.area)
            let decoded = query.replacing("%3C", with: "<").replacing("%3E", with: ">")
            for path in ["/statistics", "/statistics/areas", "/statistics/embed"] {
                let answer = await play.area.get(path + decoded)
                #expect(answer.status == 200, "\(path)\(query)")
                #expect(!answer.text.contains("<script>"))
            }
            let page = await play.area.get("/statistics" + decoded).text
            #expect(page.contains("จึงแสดงสิ่งที่มีแทน") == !query.contains("chart"))
            #expect(await play.area.get("/statistics/charts/nothing.svg").status == 404)
            #expect(await play.area.get("/statistics/charts/progress.exe").status == 404)
            #expect(await play.area.get("/statistics/charts/progress").status == 404)
        }

        @Test func `go to another area, or to the country, with what else was chosen`() async throws {
            let play = try await NationalSite()
            try await count(play.area)
            let other = try await TestSite()
            let there = await play.area.get("/statistics?area=\(other.area.code)&fy=2555")
            #expect(there.status == 303 && there.headers["location"] == "/\(other.area.code)/statistics?fy=2555")
            let country = await play.area.get("/statistics?area=&fy=2555")
            #expect(country.headers["location"] == "/statistics?fy=2555")
        }

        @Test func `are for everybody, framed only where they are made for it`() async throws {
            let play = try await NationalSite()
            try await count(play.area)
            let page = await play.area.get("/statistics")
            #expect(page.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
            // Nothing of a visitor's is on what all visitors get.
            #expect(page.headers["set-cookie"] == nil && !page.text.contains("form-token"))
            let framed = await play.area.get("/statistics/embed?chart=trend&language=en")
            #expect(framed.headers["content-security-policy"]?.contains("frame-ancestors *") == true)
            #expect(framed.headers["cross-origin-resource-policy"] == "cross-origin")
            #expect(framed.text.contains("Trend over") && framed.text.contains("<html lang=\"en\""))
        }

        @Test func `are made once a minute, and not sent to who has them`() async throws {
            let play = try await NationalSite()
            try await count(play.area)
            let first = await play.area.get("/statistics")
            let tag = try #require(first.headers["etag"])
            #expect(first.headers["cache-control"] == "public, max-age=60")
            let (asked, again) = await play.area.statements(of: "/statistics", as: nil)
            #expect(asked == 0 && again == first.text)
            let known = await play.area.get("/statistics", as: nil, ["if-none-match": tag])
            #expect(known.status == 304 && known.text.isEmpty && known.headers["etag"] == tag)
            let english = await play.area.get("/statistics", as: nil, ["cookie": "__Host-rabrong-language=en"])
            #expect(english.text.contains("Performance statistics") && english.headers["etag"] != tag)
            // With another choice it is another page; and who has signed in gets their own.
            #expect(await play.area.get("/statistics?fy=2555").headers["etag"] != tag)
            let inside = await play.area.get("/statistics", as: play.director)
            #expect(inside.headers["etag"] == nil && inside.headers["cache-control"] == "no-store")
            #expect(inside.text.contains("mainnav") && !first.text.contains("mainnav"))
        }

        @Test(arguments: ["progress", "spread", "trend", "provinces", "regions"])
        func `are drawn as files of their own`(chart: String) async throws {
            let play = try await NationalSite()
            _ = try await play.confirm()
            _ = try await play.certify()
            try await count(play.area)
            let drawn = await play.centre.get("/statistics/charts/\(chart).svg")
            #expect(drawn.status == 200 && drawn.headers["content-type"] == "image/svg+xml")
            #expect(drawn.text.hasPrefix("<svg xmlns=") && drawn.text.hasSuffix("</svg>"))
            #expect(drawn.text.contains("<title>") && drawn.text.contains("<desc>"))
            #expect(await play.centre.get("/statistics/charts/\(chart).xlsx").status == 200)
        }
    }
}

@Suite(.database) struct `Statistics of schools' reports` {
    @Test func `count who has sent, in time, and how good it is`() async throws {
        let site = try await ReportSite()
        try await count(site.site)
        let flags = site.checker
        #expect(await site.site.get("/statistics/units.csv", as: flags).text.contains("1,0,0,0,0"))
        #expect(await site.confirm().status == 303)
        #expect(await site.check().status == 303)
        try await count(site.site)
        let lines = await site.site.get("/statistics/units.csv", as: flags).text.split(separator: "\r\n")
        // The best first; who has nothing that was checked has no rank.
        #expect(lines[1].hasPrefix("1,โรงเรียน"))
        #expect(lines[1].hasSuffix(",4.00000,1,1,1,0,1"))
        #expect(lines[2].hasPrefix(",") && lines[2].hasSuffix(",1,0,0,0,0"))
        let page = await site.site.get("/statistics").text
        #expect(page.contains("ส่งแล้ว 1 จาก 3 ฉบับ") && page.contains("ตรวจแล้ว 1 รอตรวจ 0"))
    }

    @Test func `rank units, the same for equal means`() async throws {
        let site = try await ReportSite()
        try await count(site.site)
        try await site.site.execute(
            """
            UPDATE unit_statistics s
            SET checked = 3, score_sum = CASE WHEN s.unit_id = \(site.site.unit) THEN 10 ELSE 11 END
            WHERE s.area_id = \(site.area)
            """)
        let lines = await site.site.get("/statistics/units.csv", as: site.checker).text.split(separator: "\r\n")
        #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["1", "1", "3"])
    }

    @Test func `call late what was sent by an extension, and missed what wasn't`() async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -10, due: -3600)
        try await site.site.execute(
            """
            UPDATE assignments
            SET extended_until = now() + interval '1 day', extension_reason = 'น้ำท่วม'
            WHERE area_id = \(site.area) AND id = \(Int(site.report.split(separator: "/").last ?? ""))
            """)
        #expect(await site.confirm().status == 303)
        try await site.site.run(job: "deadline")
        try await count(site.site)
        let sums = try await site.site.row(
            "SELECT assigned, sent, missed, due, in_time FROM school_statistics WHERE area_id = \(site.area)")
        #expect(sums == ["3", "1", "2", "3", "0"])
    }

    @Test func `by unit are for those who see the units' results`() async throws {
        let site = try await ReportSite()
        try await count(site.site)
        #expect(await site.site.get("/statistics/units", as: site.teacher).status == 403)
        #expect(!(await site.site.get("/statistics", as: site.teacher).text.contains("/statistics/units")))
        #expect(await site.site.get("/statistics", as: site.checker).text.contains("/statistics/units"))
        let page = await site.site.get("/statistics/units", as: site.checker)
        #expect(page.status == 200 && page.text.contains("โรงเรียนบ้านปัว"))
        let paper = await site.site.get("/statistics/units.pdf", as: site.checker)
        #expect(paper.headers["content-type"] == "application/pdf")
    }

    @Test func `of a new area say that there are none`() async throws {
        let site = try await TestSite()
        try await count(site)
        let page = await site.get("/statistics")
        #expect(page.status == 200 && page.text.contains("ยังไม่มีสถิติ"))
        #expect(await site.get("/statistics/charts/trend.svg").status == 404)
        #expect(await site.get("/statistics/embed").text.contains("ยังไม่มีสถิติ"))
    }
}
