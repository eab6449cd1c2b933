import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A table of check scores` {
    /// With three that are confirmed: self-score 4, and 3.73333 by the figures.
    private func site() async throws -> (ReportSite, path: String, rows: [[String]]) {
        let site = try await ReportSite()
        #expect(await site.confirm().status == 303)
        for other in site.others { try await site.confirmOther(other) }
        let path = "/indicators/\(site.indicator)/rounds/c06/checks/import"
        let template = await site.site.get("\(path)/template", as: site.checker)
        return (site, path, try template.workbookRows)
    }

    private func send(_ rows: [[String]], _ site: ReportSite, to path: String) async -> Response {
        await site.site.post(path, ["list": pasted(rows)], as: site.checker)
    }

    private func scored(_ rows: [[String]], _ scores: [(String, String)]) -> [[String]] {
        [rows[0]] + zip(rows.dropFirst(), scores).map { Array($0.prefix(4)) + [$1.0, $1.1] }
    }

    @Test func `has all that wait, and gives each its own`() async throws {
        let (site, path, rows) = try await site()
        #expect(rows.count == 4 && rows[1][2...3] == ["4", "3.73333"])
        let filled = scored(rows, [("4", ""), ("3.5", "ขาดหลักฐานชั้น ป.3"), ("", "")])
        let preview = await send(filled, site, to: path).text
        #expect(preview.contains("ให้คะแนน") && preview.contains("ยังไม่ตรวจ"))
        #expect(try await site.counts() == ["3", "0", "3", "0"])
        #expect(await send(filled, site, to: "\(path)/applied").status == 303)
        #expect(try await site.counts() == ["3", "2", "3", "7.5"])
        // The same table again is of what has changed since.
        let again = await send(filled, site, to: "\(path)/applied")
        #expect(again.status == 422 && again.text.contains("เปลี่ยนไปหลังจากดาวน์โหลด"))
    }

    @Test func `as it was downloaded changes nothing`() async throws {
        let (site, path, rows) = try await site()
        #expect(await send(rows, site, to: "\(path)/applied").status == 303)
        #expect(try await site.counts() == ["3", "0", "3", "0"])
    }

    @Test(arguments: [
        ("6", "", "E2", "1 ถึง 5"), ("สี่", "", "E2", "1 ถึง 5"), ("3", "", "F2", "บอกเหตุผล"),
        ("4.123456", "", "E2", "1 ถึง 5"),
    ])
    func `with one wrong cell gives nobody a score`(
        score: String, reason: String, cell: String, says: String
    ) async throws {
        let (site, path, rows) = try await site()
        let filled = scored(rows, [(score, reason), ("4", ""), ("4", "")])
        let refused = await send(filled, site, to: "\(path)/applied")
        #expect(refused.status == 422 && refused.text.contains(cell) && refused.text.contains(says))
        #expect(try await site.counts() == ["3", "0", "3", "0"])
    }

    @Test func `of another indicator's reports, or with one twice, is refused`() async throws {
        let (site, path, rows) = try await site()
        let other = try await ReportSite()
        #expect(await other.confirm().status == 303)
        var strange = scored(rows, [("4", "")])
        strange[1][0] = "R\(other.id(of: other.report))-1"
        #expect(await send(strange, site, to: "\(path)/applied").status == 422)
        let twice = [rows[0], rows[1], rows[1]].map { $0 }
        #expect(await send(twice, site, to: path).text.contains("มีในตารางแล้ว"))
    }
}

extension TheCentralOffice {
    @Suite(.database) struct `A table of decisions` {
        private func play(_ rule: KeyValuePairs<String, String> = [:]) async throws -> (
            NationalSite, path: String, rows: [[String]]
        ) {
            let site = try await NationalSite(rule: rule)
            #expect(try await site.confirm().status == 303)
            let path = "/desk/indicators/\(site.indicator)/c06/import"
            return (site, path, try await site.centre.get("\(path)/template", as: site.certifier).workbookRows)
        }

        private func send(_ rows: [[String]], _ site: NationalSite, to path: String) async -> Response {
            await site.centre.post(path, ["list": pasted(rows)], as: site.certifier)
        }

        private func decided(_ rows: [[String]], _ decision: String, _ comment: String = "", _ day: String = "")
            -> [[String]]
        {
            [rows[0], Array(rows[1].prefix(4)) + [decision, comment, day]]
        }

        @Test func `certifies`() async throws {
            let (site, path, rows) = try await play()
            #expect(rows.count == 2 && rows[1][1] == site.area.area.shortName && rows[1][3] == "3.73333")
            let filled = decided(rows, "รับรอง")
            #expect(await send(filled, site, to: path).status == 200)
            #expect(try await site.state() == "waiting")
            #expect(await send(filled, site, to: "\(path)/applied").status == 303)
            #expect(try await site.state() == "certified")
            #expect(await send(filled, site, to: "\(path)/applied").status == 422)
        }

        @Test func `doesn't certify, and says why`() async throws {
            let (site, path, rows) = try await play()
            let silent = await send(decided(rows, "ไม่รับรอง"), site, to: "\(path)/applied")
            #expect(silent.status == 422 && silent.text.contains("F2") && silent.text.contains("บอกเขตว่าเหตุใด"))
            let unknown = await send(decided(rows, "อาจจะ"), site, to: "\(path)/applied")
            #expect(unknown.status == 422 && unknown.text.contains("E2"))
            let past = decided(rows, "ไม่รับรอง", "จำนวนไม่ตรง", "1/1/2560 16.30")
            #expect(await send(past, site, to: "\(path)/applied").text.contains("ต้องเป็นเวลาข้างหน้า"))
            #expect(try await site.state() == "waiting")
            #expect(await send(decided(rows, "ไม่รับรอง", "จำนวนไม่ตรง"), site, to: "\(path)/applied").status == 303)
            #expect(try await site.row("state, comment") == ["refused", "จำนวนไม่ตรง"])
        }

        @Test func `doesn't certify what has no score`() async throws {
            let (site, path, rows) = try await play()
            try await site.area.execute(
                "UPDATE area_results SET score = NULL WHERE area_id = \(site.area.area.id)")
            let refused = await send(decided(rows, "รับรอง"), site, to: "\(path)/applied")
            #expect(refused.status == 422 && refused.text.contains("E2") && refused.text.contains("ไม่มีคะแนน"))
            #expect(try await site.state() == "waiting")
        }

        @Test func `as it was downloaded decides nothing`() async throws {
            let (site, path, rows) = try await play()
            #expect(await send(rows, site, to: "\(path)/applied").status == 303)
            #expect(try await site.state() == "waiting")
        }

        @Test func `of a sending that was withdrawn is refused`() async throws {
            let (site, path, rows) = try await play()
            #expect(await site.area.post("\(try await site.result())/withdrawal", as: site.director).status == 303)
            #expect(try await site.confirm().status == 303)
            let late = await send(decided(rows, "รับรอง"), site, to: "\(path)/applied")
            #expect(late.status == 422 && late.text.contains("เปลี่ยนไปหลังจากดาวน์โหลด"))
            #expect(try await site.state() == "waiting")
        }

        @Test func `is another bureau's to bring in only for its own`() async throws {
            let (site, path, rows) = try await play()
            let stranger = try await site.centre.member("สำนักอื่น", holding: .certify)
            let unit = try await TestSite.makeUnit("สำนักอื่น", "bureau", in: site.centre.area, site.centre.database)
            try await site.centre.execute(
                "UPDATE members SET unit_id = \(unit) WHERE area_id = 0 AND id = \(stranger.id)")
            let answer = await site.centre.post(
                "\(path)/applied", ["list": pasted(decided(rows, "รับรอง"))], as: stranger)
            #expect(answer.status == 303)
            #expect(try await site.state() == "waiting")
        }
    }
}
