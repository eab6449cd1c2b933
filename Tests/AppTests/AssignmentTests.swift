import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `Who must report an indicator` {
    private let year = FiscalYear(at: .now).number

    /// A site with one indicator, open in the round of six months, and schools in two districts.
    private func site() async throws -> (TestSite, TestMember, path: String) {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings, .create, .open)
        _ = await site.post("/years", ["year": "\(year)"], as: admin)
        _ = await site.post("/frameworks", ["short-name": "KRS", "name": "คำรับรอง"], as: admin)
        let framework = try await site.row("SELECT id FROM frameworks WHERE area_id = \(site.area.id)")[0]
        let made = await site.post(
            "/indicators",
            [
                "number": "1", "name": "รายงานการเงิน", "framework": framework, "state": "open", "type": "done",
                "weight": "100", "below": "slope", "rounds": "c06", "rounds": "q1",
            ], as: admin)
        for (name, district) in [("บ้านน้ำใจ", "เมือง"), ("บ้านกตัญญู", "ปัว"), ("บ้านฐานะ", "ปัว")] {
            let unit = try await TestSite.makeUnit(name, in: site.area, site.database)
            try await site.database.transaction(in: site.area.id.rawValue) {
                try await $0.execute(
                    "UPDATE units SET district = \(district) WHERE area_id = \(site.area.id) AND id = \(unit)")
            }
        }
        return (
            site, admin,
            try #require(made.headers["location"], "\(made.text)").dropPrefix("/\(site.area.code)") + "/rounds/c06"
        )
    }

    private func counts(_ site: TestSite) async throws -> [String] {
        try await site.row(
            """
            SELECT r.assigned, (SELECT count(*) FROM assignments a WHERE a.area_id = r.area_id AND a.round = r.round)
            FROM indicator_rounds r
            WHERE r.area_id = \(site.area.id) AND r.round = 'c06'
            """)
    }

    @Test func `is chosen as all schools, by district, or one by one, and nobody twice`() async throws {
        let (site, admin, path) = try await site()
        #expect(await site.post("\(path)/assignments", ["districts": "ปัว"], as: admin).status == 303)
        #expect(try await counts(site) == ["2", "2"])
        _ = await site.post("\(path)/assignments", ["all-schools": "on", "units": "\(site.unit)"], as: admin)
        #expect(try await counts(site) == ["4", "4"])
        _ = await site.post("\(path)/assignments", ["officers": "\(admin.id)"], as: admin)
        #expect(try await counts(site) == ["5", "5"])
        #expect(await site.post("\(path)/assignments", ["districts": "ไม่มี"], as: admin).status == 422)
    }

    @Test func `is removed only while nothing was reported`() async throws {
        let (site, admin, path) = try await site()
        _ = await site.post("\(path)/assignments", ["districts": "เมือง"], as: admin)
        let id = try await site.row("SELECT id FROM assignments WHERE area_id = \(site.area.id)")[0]
        let area = site.area.id
        let report: @Sendable (String) async throws -> Void = { state in
            try await site.database.transaction(in: area.rawValue) {
                try await $0.execute("UPDATE assignments SET state = \(state) WHERE area_id = \(area)")
            }
        }
        try await report("draft")
        #expect(await site.get(path, as: admin).text.contains("มีการรายงานแล้ว"))
        #expect(await site.post("\(path)/removal", ["assignment": id], as: admin).status == 409)
        try await report("waiting")
        #expect(await site.post("\(path)/removal", ["assignment": id], as: admin).status == 303)
        #expect(try await counts(site) == ["0", "0"])
    }

    @Test func `may have longer than the others, with a reason`() async throws {
        let (site, admin, path) = try await site()
        _ = await site.post("\(path)/assignments", ["districts": "เมือง"], as: admin)
        let id = try await site.row("SELECT id FROM assignments WHERE area_id = \(site.area.id)")[0]
        let early = await site.post(
            "\(path)/extension", ["assignment": id, "until": "1/1/2560", "reason": "น้ำท่วม"], as: admin)
        #expect(early.status == 422 && early.text.contains("ต้องหลังวันครบกำหนด"))
        let none = await site.post("\(path)/extension", ["assignment": id, "until": "1/1/2600"], as: admin)
        #expect(none.text.contains("id=\"reason-\(id)-problem\"") && none.text.contains("value=\"1/1/2600\""))
        #expect(none.status == 422)
        // The dates of the round stay in their own form.
        #expect(none.text.contains("name=\"opens\" type=\"text\" value=\"1/3/"))
        let right = await site.post(
            "\(path)/extension", ["assignment": id, "until": "1/1/2600", "reason": "น้ำท่วม"], as: admin)
        #expect(right.status == 303)
        #expect(await site.get(path, as: admin).text.contains("น้ำท่วม"))
        // Due long ago, it is extended into what lies ahead, or not at all.
        _ = await site.post("\(path)/dates", ["opens": "1/1/2560", "due": "2/1/2560"], as: admin)
        let past = await site.post(
            "\(path)/extension", ["assignment": id, "until": "1/1/2561", "reason": "น้ำท่วม"], as: admin)
        #expect(past.status == 422 && past.text.contains("ต้องเป็นเวลาข้างหน้า"))
    }

    @Test func `stays when a round is unticked, and goes along to another indicator`() async throws {
        let (site, admin, path) = try await site()
        _ = await site.post("\(path)/assignments", ["all-schools": "on"], as: admin)
        let id = String(path.split(separator: "/")[1])
        let framework = try await site.row("SELECT id FROM frameworks WHERE area_id = \(site.area.id)")[0]
        let form: KeyValuePairs = [
            "number": "1", "name": "รายงานการเงิน", "framework": framework, "state": "open", "type": "done",
            "weight": "100", "below": "slope", "rounds-shown": "yes",
        ]
        let unticked = await site.post("/indicators/\(id)", form, as: admin)
        #expect(unticked.status == 422 && unticked.text.contains("มีผู้ต้องรายงานแล้ว"))
        let second = await site.post(
            "/indicators",
            [
                "number": "2", "name": "อีกตัวหนึ่ง", "framework": framework, "state": "open", "type": "done",
                "weight": "0", "below": "slope",
            ], as: admin)
        let other = String(try #require(second.headers["location"]).split(separator: "/").last ?? "")
        #expect(await site.post("\(path)/copies", ["indicators": other], as: admin).status == 303)
        #expect(
            try await site.row(
                "SELECT assigned FROM indicator_rounds WHERE area_id = \(site.area.id) AND indicator_id = \(Int(other) ?? 0)"
            )
                == ["4"])
    }

    @Test func `is set only while the round's year is open, with dates in order`() async throws {
        let (site, admin, path) = try await site()
        #expect(await site.post("\(path)/dates", ["opens": "5/4/2570", "due": "1/4/2570"], as: admin).status == 422)
        #expect(await site.post("\(path)/closing", as: admin).status == 422)
        #expect(await site.post("\(path)/closing", ["reason": "ครบแล้ว"], as: admin).status == 303)
        #expect(await site.post("\(path)/reopening", ["reason": "ขาดหนึ่งแห่ง"], as: admin).status == 303)
        _ = await site.post("/years/\(year)/closing", as: admin)
        #expect(await site.post("\(path)/assignments", ["all-schools": "on"], as: admin).status == 409)
    }

    @Test func `comes from a table, by number or by name`() async throws {
        let (site, admin, path) = try await site()
        try await site.execute(
            "UPDATE units SET number = '1055000001' WHERE area_id = \(site.area.id) AND name = 'บ้านฐานะ'")
        let table = "รหัสโรงเรียน\tหน่วยงาน\n1055000001\t\n\tบ้านกตัญญู\n"
        let preview = await site.post("\(path)/assignments/import", ["list": table], as: admin)
        #expect(preview.status == 200 && preview.text.contains("เพิ่ม"))
        #expect(try await counts(site).first == "0")
        let applied = "\(path)/assignments/import/applied"
        #expect(await site.post(applied, ["list": table], as: admin).status == 303)
        #expect(await site.post(applied, ["list": table], as: admin).status == 303)
        #expect(await site.get(path, as: admin).text.contains("ผู้ต้องรายงาน 2 แห่ง"))
        // What the round's own table says is there already.
        let own = await site.get("\(path)/assignments.xlsx", as: admin)
        let again = await site.post("\(path)/assignments/import", ["list": pasted(try own.workbookRows)], as: admin)
        #expect(again.text.contains("มีอยู่แล้ว") && !again.text.contains("class=\"bad"))
    }

    @Test func `with one unit that isn't there assigns nobody`() async throws {
        let (site, admin, path) = try await site()
        let applied = "\(path)/assignments/import/applied"
        for (row, reason) in [
            ("\tบ้านไม่มี", "ไม่พบหน่วยงานชื่อนี้"), ("999\t", "ไม่พบหน่วยงานรหัสนี้"), ("\t\tนายสมชาย", "ต้องกรอก"),
            ("\tบ้านน้ำใจ\tนายสมชาย", "ไม่พบเจ้าหน้าที่ชื่อนี้"),
        ] {
            let table = "รหัสโรงเรียน\tหน่วยงาน\tเจ้าหน้าที่\n\tบ้านกตัญญู\t\n\(row)\n"
            let refused = await site.post(applied, ["list": table], as: admin)
            #expect(refused.status == 422 && refused.text.contains(reason), "\(row)")
        }
        #expect(await site.get(path, as: admin).text.contains("ผู้ต้องรายงาน 0 แห่ง"))
        let template = try await site.get("\(path)/assignments/import/template", as: admin).workbookRows
        #expect(template.contains { $0.count > 1 && $0[1] == "บ้านกตัญญู" })
    }
}

extension String {
    fileprivate func dropPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
