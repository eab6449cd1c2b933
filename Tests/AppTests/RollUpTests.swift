import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `A number from the schools` {
        /// A national indicator whose numbers all come from two schools, who report them; and who is there to do it.
        private struct Schools {
            let site: NationalSite
            let maker: TestMember
            let teacher: TestMember
            let checker: TestMember
            /// `/reports/7`, of each.
            let reports: [String]

            init(_ source: String = "sum") async throws {
                site = try await NationalSite(["variable-1-source": source, "variable-2-source": source])
                let area = site.area
                maker = try await area.member("ผู้ตั้ง", holding: .settings, .create, .open, .owner)
                teacher = try await area.member("ครู", holding: .school, .selfAssess)
                checker = try await area.member("ผู้ตรวจ", holding: .proof)
                let office = try await TestSite.makeUnit("กลุ่มนิเทศ", "group", in: area.area, area.database)
                _ = try await TestSite.makeUnit("โรงเรียนที่สอง", in: area.area, area.database)
                try await area.execute(
                    "UPDATE members SET unit_id = \(office) WHERE area_id = \(area.area.id) AND id = \(checker.id)")
                _ = await area.post("/years", ["year": "\(FiscalYear(at: .now).number)"], as: maker)
                let made = await area.post("\(try await site.result())/schools/indicator", as: maker)
                #expect(made.status == 303, "\(made.text)")
                reports = try await area.row(
                    """
                    SELECT string_agg(a.id::text, ' ' ORDER BY a.unit_id)
                    FROM assignments a
                    JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
                    WHERE a.area_id = \(area.area.id) AND i.feeds = \(Int(site.indicator))
                    """)[0].split(separator: " ").map { "/reports/\($0)" }
            }

            func confirm(_ place: Int, _ a: String, of b: String) async throws {
                let area = site.area
                try await area.execute(
                    """
                    UPDATE members SET unit_id = a.unit_id
                    FROM assignments a
                    WHERE members.area_id = \(area.area.id) AND members.id = \(teacher.id) AND a.area_id = members.area_id
                        AND a.id = \(Int(reports[place].split(separator: "/")[1]))
                    """)
                let sent = await area.post(
                    "\(reports[place])/confirmation", ["entry-a": a, "entry-b": b, "self-score": "4"], as: teacher)
                #expect(sent.status == 303, "\(sent.text)")
            }

            func check(_ place: Int) async {
                let checked = await site.area.post(
                    "\(reports[place])/check", ["check-score": "4"], as: checker)
                #expect(checked.status == 303, "\(checked.text)")
            }

            func page(_ rest: String = "") async throws -> String {
                await site.area.get(try await site.result() + rest, as: site.director).text
            }
        }

        @Test func `counts once the area has checked it, by itself`() async throws {
            let schools = try await Schools()
            #expect(schools.reports.count == 2)
            try await schools.confirm(0, "100", of: "120")
            #expect(try await schools.page().contains("นับรวมแล้ว 0 จาก 2 แห่ง · รอตรวจ 1 แห่ง"))
            await schools.check(0)
            try await schools.confirm(1, "181", of: "180")
            await schools.check(1)
            let page = try await schools.page()
            #expect(page.contains("value=\"281\"") && page.contains("value=\"300\"") && page.contains("3.73333"))
            // Down to the school.
            let list = try await schools.page("/schools")
            #expect(list.contains("โรงเรียนที่สอง") && list.contains(">181<") && list.contains(">281<"))
            #expect(try await schools.site.confirm([:]).status == 303)
            #expect(try await schools.site.row("round(score, 5)::text") == ["3.73333"])
        }

        @Test func `is sent with each school's, which the bureau opens by difference`() async throws {
            let schools = try await Schools()
            let site = schools.site
            try await schools.confirm(0, "100", of: "120")
            await schools.check(0)
            #expect(try await site.confirm([:]).status == 303)
            let path = try await site.item()
            let item = await site.centre.get("/desk-items/" + path.split(separator: "/")[2], as: site.certifier)
            let desk = await site.centre.get(
                String(item.headers["location"]?.dropFirst("/central".count) ?? ""), as: site.certifier)
            #expect(desk.text.contains("ตัวเลขรายโรงเรียน 1 จาก 2 แห่ง"), "\(desk.text)")
            #expect(await site.centre.get("\(path)/schools", as: site.certifier).text.contains(">100<"))
            #expect(try await site.refuse().status == 303)
            _ = await site.area.post("\(schools.reports[0])/check/undoing", as: schools.checker)
            _ = await site.area.post(
                "\(schools.reports[0])/return",
                ["comment": "นับใหม่", "correct-by": (Instant.now + 86_400).text], as: schools.checker)
            try await schools.confirm(0, "110", of: "120")
            await schools.check(0)
            #expect(try await site.confirm([:]).status == 303)
            let again = await site.centre.get("\(path)/schools", as: site.certifier).text
            #expect(again.contains("<del>100</del>") && again.contains("<ins>110</ins>"), "\(again)")
        }

        @Test func `that has changed since it was seen isn't sent unseen`() async throws {
            let schools = try await Schools()
            try await schools.confirm(0, "100", of: "120")
            await schools.check(0)
            let seen: KeyValuePairs = ["rolled-up": "100 120", "version": "0"]
            try await schools.confirm(1, "181", of: "180")
            await schools.check(1)
            let refused = try await schools.site.confirm(seen)
            #expect(refused.status == 422 && refused.problem(at: "entry-a")?.contains("เปลี่ยนไปแล้ว") == true)
            #expect(try await schools.site.state() == "unreported")
            #expect(try await schools.site.confirm(["rolled-up": "281 300"]).status == 303)
            // What is checked after it was sent is shown, and changes nothing that was sent.
            _ = await schools.site.area.post("\(schools.reports[1])/check/undoing", as: schools.checker)
            #expect(try await schools.page().contains("เปลี่ยนไปหลังส่ง"))
            #expect(try await schools.site.row("round(score, 5)::text") == ["3.73333"])
        }

        @Test func `that isn't there yet keeps the result from being sent`() async throws {
            let schools = try await Schools()
            let refused = try await schools.site.confirm(["version": "0"])
            #expect(refused.status == 422 && refused.problem(at: "entry-a")?.contains("ยังไม่มีรายงาน") == true)
            // Nobody types it in.
            _ = try await schools.site.confirm(["entry-a": "281", "entry-b": "300"])
            #expect(try await schools.site.state() == "unreported")
        }

        @Test(arguments: [
            ("mean", "140.5", "150"), ("count", "2", "2"), ("share", "100", "100"), ("sum", "281", "300"),
        ])
        func `is what its kind says`(kind: String, a: String, b: String) async throws {
            let schools = try await Schools(kind)
            for (place, numbers) in [("100", "120"), ("181", "180")].enumerated() {
                try await schools.confirm(place, numbers.0, of: numbers.1)
                await schools.check(place)
            }
            let page = try await schools.page()
            #expect(page.contains("value=\"\(a)\"") && page.contains("value=\"\(b)\""))
        }

        @Test func `comes from another indicator, or none, by one who defines them`() async throws {
            let schools = try await Schools()
            let (site, path) = (schools.site, "\(try await schools.site.result())/schools/source")
            #expect(await site.area.post(path, ["indicator": ""], as: site.director).status == 403)
            #expect(await site.area.post(path, ["indicator": "1"], as: schools.maker).status == 422)
            #expect(await site.area.post(path, ["indicator": ""], as: schools.maker).status == 303)
            #expect(try await schools.page().contains("ยังไม่ได้เลือกว่าโรงเรียนรายงานที่ตัวชี้วัดใด"))
            // Made twice, it would have the same number.
            let again = await site.area.post("\(try await site.result())/schools/indicator", as: schools.maker)
            #expect(again.status == 422 && again.text.contains("ชุดนี้มีตัวชี้วัดเลขนี้แล้ว"))
            let known = try await site.area.row("SELECT id FROM indicators WHERE area_id = \(site.area.area.id)")[0]
            #expect(await site.area.post(path, ["indicator": known], as: schools.maker).status == 303)
            #expect(try await schools.page("/schools").contains("โรงเรียนที่สอง"))
            #expect(try await site.recorded("result.roll-up") == "3")
        }

        @Test func `of no other area is opened`() async throws {
            let schools = try await Schools()
            let other = try await NationalSite(["variable-1-source": "sum"])
            let path = "\(try await schools.site.result())/schools"
            #expect(await other.area.get(path, as: other.director).status == 404)
            let maker = try await other.area.member("ผู้ตั้ง", holding: .create)
            #expect(await other.area.post("\(path)/indicator", as: maker).status == 404)
        }
    }
}
