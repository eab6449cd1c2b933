import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A school confirms its report` {
    @Test func `with the result and the score of its figures, and is counted at once`() async throws {
        let site = try await ReportSite()
        #expect(await site.confirm().headers["location"] == "/\(site.site.area.code)\(site.report)")
        #expect(
            try await site.row(
                "state, round(result, 4)::text, round(score, 5)::text, self_score, basis ->> 'formula', confirmed_by")
                == ["confirmed", "93.6667", "3.73333", "4", "a / b * 100", "\(site.director.id)"])
        #expect(try await site.counts() == ["1", "0", "3", "0"])
        let page = await site.site.get(site.report, as: site.teacher).text
        #expect(page.contains("3.73333") && page.contains("93.6667") && page.contains("รอตรวจ"))
        let list = await site.site.get("/indicators", as: site.checker).text
        #expect(list.contains("ยืนยัน 1 ตรวจ 0 ทั้งหมด 3"))
    }

    @Test func `and is told everything that is missing at once, with what was typed kept as a draft`() async throws {
        let site = try await ReportSite()
        #expect(await site.attach().status == 303)
        let refused = await site.confirm(["entry-a": "281", "description-3": "ภาพ", "words": "ครบ"])
        #expect(refused.status == 422)
        for field in ["entry-b", "self-score", "description-1", "file-3"] {
            #expect(refused.problem(at: field) != nil, "\(field)")
        }
        #expect(refused.problem(at: "entry-a") == nil && refused.problem(at: "description-2") == nil)
        #expect(try await site.row("state, entries ->> 'a', words") == ["draft", "281", "ครบ"])
        #expect(try await site.counts() == ["0", "0", "3", "0"])
        #expect(try await site.recorded("report.confirmed") == "0")
    }

    @Test func `only with figures that are numbers, which become plain`() async throws {
        let site = try await ReportSite()
        let wrong = await site.confirm(["entry-a": "28x", "entry-b": "300", "self-score": "4"])
        #expect(wrong.status == 422 && wrong.problem(at: "entry-a") != nil)
        #expect(try await site.state() == "draft")
        #expect(await site.confirm(["entry-a": "๒๘๑", "entry-b": "1,300.50", "self-score": "4"]).status == 303)
        #expect(try await site.row("entries::text") == ["{\"a\": \"281\", \"b\": \"1300.5\"}"])
    }

    @Test func `also where its figures give no score`() async throws {
        let site = try await ReportSite()
        #expect(await site.confirm(["entry-a": "1", "entry-b": "0", "self-score": "1"]).status == 303)
        #expect(try await site.row("state, result, score") == ["confirmed", "null", "null"])
    }

    @Test(arguments: ["281", "๒๘๑"])
    func `once, however often the button is pressed`(figure: String) async throws {
        let site = try await ReportSite()
        let form: KeyValuePairs = ["version": "0", "entry-a": figure, "entry-b": "300", "self-score": "4"]
        for _ in 1...2 { #expect(await site.confirm(form).status == 303) }
        #expect(try await site.row("version, state") == ["1", "confirmed"])
        #expect(try await site.recorded("report.confirmed") == "1")
        #expect(try await site.counts() == ["1", "0", "3", "0"])
    }

    @Test func `once, also when files come with the button that is pressed twice`() async throws {
        let site = try await ReportSite()
        let head = try await site.site.member("ครูใหญ่", holding: .school, .selfAssess, .upload)
        let form = ["entry-a": "281", "entry-b": "300", "self-score": "4", "description-1": "ผลสอบ", "seen-1": "0"]
        func press(_ form: [String: String], _ bytes: [UInt8] = ReportSite.pdf) async -> Response {
            await site.site.upload(
                bytes, named: "ผล.pdf", as: "file-1", to: "\(site.report)/confirmation", form, as: head)
        }
        for _ in 1...2 { #expect(await press(form).status == 303) }
        #expect(try await site.row("version, state") == ["1", "confirmed"])
        #expect(try await site.recorded("report.confirmed") == "1")
        #expect(try await site.count("files") == "1")
        // Another file, or other words, is no second click.
        #expect(await press(form, ReportSite.pdf + [32]).status == 422)
        #expect(await press(form.merging(["description-1": "ภาพ"]) { $1 }).status == 422)
        #expect(await press(form.merging(["self-score": "9"]) { $1 }).status == 422)
        #expect(try await site.evidence("description") == ["ผลสอบ"])
    }

    @Test func `and changes nothing of it afterwards without withdrawing`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        for step in ["draft", "confirmation"] {
            let refused = await site.site.post("\(site.report)/\(step)", ["entry-a": "299"], as: site.director)
            #expect(refused.status == 422 && refused.text.contains("ยืนยันแล้ว ถอนคืนก่อนจึงแก้ไขได้"))
            #expect(refused.text.contains("สิ่งที่พิมพ์ไว้ ยังไม่ได้บันทึก") && refused.text.contains("299"))
        }
        #expect(try await site.row("entries ->> 'a', version") == ["281", "1"])
    }

    @Test func `by one with the flag SA, of that school`() async throws {
        let site = try await ReportSite()
        let refused = await site.confirm(as: site.teacher)
        #expect(refused.status == 403 && refused.text.contains("SA"))
        #expect(await site.confirm(as: try await site.neighbour()).status == 404)
        #expect(try await site.row("state, version") == ["waiting", "0"])
    }

    @Test func `by one who may not fill it in, as others have filled it in`() async throws {
        let site = try await ReportSite()
        let principal = try await site.site.member("ผู้อำนวยการ", holding: .selfAssess)
        #expect(await site.save(["entry-a": "1"], as: principal).status == 403)
        #expect(await site.confirm(as: principal).status == 422)
        _ = await site.save(ReportSite.sound)
        let page = await site.site.get(site.report, as: principal).text
        #expect(page.contains("\(site.report)/confirmation\"") && !page.contains("name=\"entry-a\""))
        #expect(await site.confirm(["version": "1", "entry-a": "9", "self-score": "1"], as: principal).status == 303)
        #expect(
            try await site.row("state, entries ->> 'a', self_score, confirmed_by")
                == ["confirmed", "281", "4", "\(principal.id)"])
    }

    @Test func `not as another has changed it since the page was opened`() async throws {
        let site = try await ReportSite()
        let principal = try await site.site.member("ผู้อำนวยการ", holding: .selfAssess)
        _ = await site.save(ReportSite.sound)
        _ = await site.save(["entry-a": "100"])
        #expect(await site.confirm(["version": "1"], as: principal).status == 422)
        #expect(try await site.state() == "draft")
    }

    @Test(arguments: ["before", "late", "closed", "hidden", "year"])
    func `or saves it only while it is open, and sees again what was typed`(moment: String) async throws {
        let site = try await ReportSite()
        let reason =
            switch moment {
            case "before": "ยังไม่เปิดรับ"
            case "late": "เลยกำหนดส่งแล้ว"
            default: "ปิดรับรายงานแล้ว"
            }
        switch moment {
        case "before": try await site.setDates(opened: 1, due: 2 * 86_400)
        case "late": try await site.setDates(opened: -10, due: -1)
        case "closed":
            try await site.site.execute("UPDATE indicator_rounds SET closed_at = now() WHERE area_id = \(site.area)")
        case "year":
            try await site.site.execute("UPDATE fiscal_years SET closed_at = now() WHERE area_id = \(site.area)")
        default: try await site.site.execute("UPDATE indicators SET state = 'closed' WHERE area_id = \(site.area)")
        }
        for step in ["draft", "confirmation"] {
            let refused = await site.site.post("\(site.report)/\(step)", ReportSite.sound, as: site.director)
            #expect(refused.status == 422 && refused.text.contains(reason))
            #expect(refused.text.contains("สิ่งที่พิมพ์ไว้ ยังไม่ได้บันทึก") && refused.text.contains("<dd>281</dd>"))
        }
        #expect(try await site.row("state, entries::text, version") == ["waiting", "{}", "0"])
    }
}

@Suite(.database) struct `A school withdraws its report` {
    @Test func `until it is checked, and goes on with the draft`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        #expect(await site.site.post("\(site.report)/withdrawal", as: site.teacher).status == 403)
        #expect(await site.site.post("\(site.report)/withdrawal", as: site.director).status == 303)
        #expect(
            try await site.row("state, confirmed_at, confirmed_by, confirmed_name, result, score, entries ->> 'a'")
                == ["draft", "null", "null", "null", "null", "null", "281"])
        #expect(try await site.counts() == ["0", "0", "3", "0"])
        #expect(try await site.recorded("report.withdrawn") == "1")
        #expect(await site.confirm().status == 303)
        _ = await site.check()
        let refused = await site.site.post("\(site.report)/withdrawal", as: site.director)
        #expect(refused.status == 409 && refused.text.contains("เขตตรวจแล้ว"))
        #expect(try await site.state() == "checked")
    }

    @Test func `not after the deadline, when it would be missed`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        try await site.setDates(opened: -10, due: -1)
        let refused = await site.site.post("\(site.report)/withdrawal", as: site.director)
        #expect(refused.status == 409 && refused.text.contains("ถ้าถอนคืนจะเป็นขาดส่ง"))
        #expect(try await site.state() == "confirmed")
        #expect(!(await site.site.get(site.report, as: site.director).text.contains("/withdrawal")))
    }

    @Test func `once, and only what it has confirmed`() async throws {
        let site = try await ReportSite()
        #expect(await site.site.post("\(site.report)/withdrawal", as: site.director).status == 409)
        #expect(await site.site.post("\(site.report)/withdrawal", as: try await site.neighbour()).status == 404)
        #expect(try await site.row("state, version") == ["waiting", "0"])
    }
}
