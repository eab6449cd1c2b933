import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A report's form` {
    @Test func `keeps a number as it was typed also when it is none, says so there, and stores all else`() async throws
    {
        let site = try await ReportSite()
        let saved = await site.save(["entry-a": "28x", "entry-b": "300", "self-score": "4", "words": "ครบ"])
        #expect(saved.status == 422)
        #expect(saved.problem(at: "entry-a")?.contains("ใส่ตัวเลข ที่ใส่มาคือ “28x”") == true)
        #expect(saved.problem(at: "entry-b") == nil && saved.problem(at: "words") == nil)
        #expect(saved.text.contains("name=\"entry-a\"") && saved.text.contains("value=\"28x\""))
        #expect(
            try await site.row("state, entries ->> 'a', entries ->> 'b', words, self_score, version, saved_name")
                == ["draft", "28x", "300", "ครบ", "4", "1", "กตัญญู ฐานะดี \(site.teacher.username.dropFirst(4))"])
        let again = await site.site.get(site.report, as: site.director)
        #expect(again.text.contains("value=\"28x\"") && again.text.contains("value=\"300\""))
    }

    @Test(arguments: ["6", "0", "-1", "4.5", "สี่"])
    func `takes a self-score from 1 to 5 only, and stores all else`(score: String) async throws {
        let site = try await ReportSite()
        let saved = await site.save(["entry-a": "281", "self-score": score, "words": "ครบ"])
        #expect(saved.status == 422)
        #expect(saved.problem(at: "self-score")?.contains("ใส่คะแนน 1 ถึง 5 ที่ใส่มาคือ \(score)") == true)
        #expect(try await site.row("entries ->> 'a', words, self_score") == ["281", "ครบ", "null"])
    }

    @Test func `takes a self-score in Thai digits, and none again`() async throws {
        let site = try await ReportSite()
        #expect(await site.save(["self-score": "๕"]).status == 303)
        #expect(try await site.row("self_score") == ["5"])
        #expect(await site.save(["self-score": ""]).status == 303)
        #expect(try await site.row("self_score") == ["null"])
    }

    @Test func `shows words that are too long again, and stores all else`() async throws {
        let site = try await ReportSite()
        #expect(await site.save(["words": "สั้น"]).status == 303)
        let long = String(repeating: "ก", count: 4001)
        let saved = await site.save(["entry-a": "281", "words": long])
        #expect(saved.status == 422)
        #expect(saved.problem(at: "words")?.contains("ยาวเกิน 4000 ตัวอักษร ที่ใส่มายาว 4001") == true)
        #expect(saved.text.contains("\(long)</textarea>"))
        #expect(try await site.row("entries ->> 'a', words") == ["281", "สั้น"])
        #expect(await site.save(["words": String(repeating: "ก", count: 4000)]).status == 303)
    }

    @Test(arguments: ["entry-a", "words", "description-1"])
    func `refuses what no text can hold, at its field`(field: String) async throws {
        let site = try await ReportSite()
        let saved = await site.site.post(
            "\(site.report)/draft", [field: "ก\u{0}ข", "entry-b": "300"], as: site.teacher)
        #expect(saved.status == 422)
        #expect(saved.problem(at: field) != nil)
        #expect(try await site.row("entries ->> 'b', words") == ["300", ""])
    }

    @Test func `leaves what isn't sent as it was, and takes away what was emptied`() async throws {
        let site = try await ReportSite()
        _ = await site.save(["entry-a": "281", "entry-b": "300", "self-score": "4", "words": "ครบ"])
        #expect(await site.save(["entry-b": "310"]).status == 303)
        #expect(await site.save(["entry-a": ""]).status == 303)
        #expect(try await site.row("entries::text, words, self_score") == ["{\"b\": \"310\"}", "ครบ", "4"])
        // What isn't of the indicator goes nowhere.
        #expect(await site.save(["entry-z": "5"]).status == 303)
        #expect(try await site.row("entries::text") == ["{\"b\": \"310\"}"])
    }

    @Test func `sent again just so changes nothing, nor is it on the record twice`() async throws {
        let site = try await ReportSite()
        for _ in 1...2 { #expect(await site.save(["version": "0", "entry-a": "281"]).status == 303) }
        #expect(try await site.row("version") == ["1"])
        #expect(try await site.recorded("report.saved") == "1")
    }

    @Test func `that is behind is told field by field what it is now, and then decides`() async throws {
        let site = try await ReportSite()
        _ = await site.save(["version": "0", "entry-a": "281", "entry-b": "300", "words": "ครู", "self-score": "3"])
        let late: KeyValuePairs = [
            "version": "0", "entry-a": "290", "entry-b": "300", "words": "ผอ.", "self-score": "4",
        ]
        let refused = await site.save(late, as: site.director)
        #expect(refused.status == 422)
        #expect(refused.problem(at: "entry-a")?.contains("ค่าขณะนี้คือ “281”") == true)
        #expect(refused.problem(at: "words")?.contains("ค่าขณะนี้คือ “ครู”") == true)
        #expect(refused.problem(at: "self-score")?.contains("ค่าขณะนี้คือ “3”") == true)
        #expect(refused.problem(at: "entry-b") == nil)
        #expect(refused.text.contains("value=\"290\"") && refused.text.contains("name=\"version\" value=\"1\""))
        #expect(try await site.row("entries ->> 'a', words, version") == ["281", "ครู", "1"])
        let again: KeyValuePairs = ["version": "1", "entry-a": "290", "words": "ผอ."]
        #expect(await site.save(again, as: site.director).status == 303)
        #expect(try await site.row("entries ->> 'a', words, version") == ["290", "ผอ.", "2"])
    }

    @Test func `that is behind does not empty what another has filled in`() async throws {
        let site = try await ReportSite()
        _ = await site.save(["version": "0", "entry-a": "281"])
        let refused = await site.save(["version": "0", "entry-a": "", "entry-b": "300"], as: site.director)
        #expect(refused.status == 422 && refused.problem(at: "entry-a")?.contains("“281”") == true)
        let onlyEmptied = await site.save(["version": "0", "entry-a": ""], as: site.director)
        #expect(onlyEmptied.status == 422)
        #expect(try await site.row("entries ->> 'a', version") == ["281", "1"])
    }

    /// What the form shows in each field, as it says itself.
    private func shown(_ text: String) throws -> String {
        let start = try #require(text.firstRange(of: "name=\"shown-values\" value=\""))
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    @Test func `that two fill in keeps what each has typed, and asks nobody about what the other has`() async throws {
        let site = try await ReportSite()
        let seen = try shown(await site.site.get(site.report, as: site.director).text)
        _ = await site.save(["version": "0", "shown-values": seen, "entry-a": "281", "words": ""])
        let mine: KeyValuePairs = [
            "version": "0", "shown-values": seen, "entry-a": "", "entry-b": "300", "words": "", "self-score": "4",
        ]
        #expect(await site.save(mine, as: site.director).status == 303)
        #expect(
            try await site.row("entries ->> 'a', entries ->> 'b', self_score::text, version")
                == ["281", "300", "4", "2"])
        // What both have changed is asked about as ever.
        let both = await site.save(["version": "0", "shown-values": seen, "entry-a": "290"], as: site.director)
        #expect(both.status == 422 && both.problem(at: "entry-a")?.contains("“281”") == true)
        #expect(both.problem(at: "entry-b") == nil)
    }

    @Test func `that is left open keeps another's word, however often it saves by itself`() async throws {
        let site = try await ReportSite()
        var seen = try shown(await site.site.get(site.report, as: site.director).text)
        _ = await site.save(["version": "0", "entry-a": "281"])
        for (version, b) in [("0", "30"), ("2", "300")] {
            let form: KeyValuePairs = ["version": version, "shown-values": seen, "entry-a": "", "entry-b": b]
            let part = await site.site.post(
                "\(site.report)/draft", form, as: site.director, ["hx-request": "true"])
            #expect(part.headers["x-draft"] == "saved", "\(part.text)")
            seen = try shown(part.text)
        }
        #expect(try await site.row("entries ->> 'a', entries ->> 'b'") == ["281", "300"])
        // Where two have typed, each is on the record.
        #expect(try await site.recorded("report.saved") == "2")
    }

    @Test func `doesn't confirm what another has changed and its sender hasn't seen`() async throws {
        let site = try await ReportSite()
        _ = await site.save(["version": "0", "entry-a": "281", "entry-b": "300", "self-score": "4", "words": "ครบ"])
        let seen = try shown(await site.site.get(site.report, as: site.director).text)
        _ = await site.save(["version": "1", "entry-a": "28"])
        let form: KeyValuePairs = [
            "version": "1", "shown-values": seen, "entry-a": "281", "entry-b": "300", "self-score": "4", "words": "ครบ",
        ]
        let refused = await site.confirm(form)
        #expect(refused.status == 422 && refused.problem(at: "entry-a")?.contains("“28”") == true)
        #expect(refused.problem(at: "entry-b") == nil)
        #expect(try await site.state() == "draft")
        let again = try shown(refused.text)
        let chosen: KeyValuePairs = [
            "version": "2", "shown-values": again, "entry-a": "281", "entry-b": "300", "self-score": "4",
            "words": "ครบ",
        ]
        #expect(await site.confirm(chosen).status == 303)
        #expect(try await site.row("entries ->> 'a', state") == ["281", "confirmed"])
    }

    @Test func `that saves while it is typed gets only what follows the typing`() async throws {
        let site = try await ReportSite()
        let part = await site.site.post(
            "\(site.report)/draft", ["version": "0", "entry-a": "281", "entry-b": "300"], as: site.teacher,
            ["hx-request": "true"])
        #expect(part.status == 200 && !part.text.contains("<html"))
        #expect(part.text.contains("id=\"result\"") && part.text.contains("3.73333"))
        #expect(part.text.contains("id=\"saved\"") && part.text.contains("บันทึกสิ่งที่พิมพ์ไว้แล้ว"))
        #expect(part.text.contains("id=\"version\" name=\"version\" value=\"1\""))
        #expect(try await site.row("entries ->> 'a', state") == ["281", "draft"])
    }

    @Test func `that can't save while it is typed says so and leaves the fields alone`() async throws {
        let site = try await ReportSite()
        try await site.setDates(opened: -10, due: -60)
        let part = await site.site.post(
            "\(site.report)/draft", ["entry-a": "281"], as: site.teacher, ["hx-request": "true"])
        #expect(part.headers["hx-reswap"] == "none")
        #expect(part.text.contains("ยังไม่ได้บันทึก") && part.text.contains("เลยกำหนดส่งแล้ว"))
        #expect(!part.text.contains("id=\"result\""))
        #expect(try await site.row("entries::text, state") == ["{}", "waiting"])
    }

    @Test func `that is behind while it is typed names the field that another has changed`() async throws {
        let site = try await ReportSite()
        _ = await site.save(["version": "0", "words": "ครู"])
        let part = await site.site.post(
            "\(site.report)/draft", ["version": "0", "words": "ผอ."], as: site.director, ["hx-request": "true"])
        #expect(part.text.contains("คำชี้แจงการดำเนินงานและมาตรการ: มีผู้อื่นแก้ไขระหว่างนี้ ค่าขณะนี้คือ “ครู”"))
    }

    @Test func `of programs takes and gives the same`() async throws {
        let site = try await ReportSite()
        let token = try await site.site.apiToken(of: site.teacher, .school)
        let path = site.report
        let saved = await site.site.api(.post, "\(path)/draft", token: token, "{\"entry-a\": 281, \"self-score\": 4}")
        #expect(saved.status == 200 && saved.text == "{\"state\":\"draft\",\"version\":1}")
        let read = try JSON(parsing: Array(await site.site.api(.get, path, token: token).text.utf8))
        #expect(read["entries"] == ["a": "281"] && read["state"] == "draft" && read["version"] == 1)
        let wrong = await site.site.api(.post, "\(path)/draft", token: token, "{\"entry-b\": \"x\"}")
        #expect(wrong.status == 422 && wrong.text.contains("\"field\":\"entry-b\""))
        try await site.setDates(opened: 1, due: 86_400 * 2)
        #expect(await site.site.api(.post, "\(path)/draft", token: token, "{\"entry-a\": 1}").status == 409)
    }
}

@Suite(.database) struct `A report's form by kind of indicator` {
    @Test func `ticks steps, and counts those without a gap`() async throws {
        let site = try await ReportSite([
            "type": "steps", "formula": "", "variable-1-name": "", "variable-1-label": "", "variable-2-name": "",
            "variable-2-label": "", "step-1": "ตั้งคณะทำงาน", "step-2": "วางแผน", "step-3": "ทำ", "step-4": "สรุป",
            "step-5": "เผยแพร่",
        ])
        let ticked: KeyValuePairs = ["shown": "1", "entry-step-1": "1", "entry-step-2": "1", "entry-step-4": "1"]
        #expect(await site.save(ticked).status == 303)
        #expect(
            try await site.row("entries::text") == ["{\"step-1\": \"1\", \"step-2\": \"1\", \"step-4\": \"1\"}"])
        #expect(await site.save(["shown": "1", "entry-step-1": "1", "entry-step-2": "1"]).status == 303)
        #expect(try await site.row("entries::text") == ["{\"step-1\": \"1\", \"step-2\": \"1\"}"])
        // A form that doesn't show the steps leaves them.
        #expect(await site.confirm(["self-score": "2"]).status == 303)
        #expect(try await site.row("result::text, score::text, state") == ["2", "2", "confirmed"])
    }

    @Test(arguments: [("1", "5"), ("0", "1")])
    func `asks whether it is done`(entry: String, score: String) async throws {
        let site = try await ReportSite([
            "type": "done", "formula": "", "variable-1-name": "", "variable-1-label": "", "variable-2-name": "",
            "variable-2-label": "",
        ])
        let missing = await site.confirm(["self-score": "5", "entry-value": "maybe"])
        #expect(missing.status == 422 && missing.problem(at: "entry-value") != nil)
        #expect(await site.confirm(["self-score": "5", "entry-value": entry]).status == 303)
        #expect(try await site.row("result::text, score::text") == [entry, score])
    }

    @Test func `carries what isn't due in the round from the round before`() async throws {
        let site = try await ReportSite(["variable-2-rounds": "c06"], rounds: ["c06", "c09"])
        #expect(await site.confirm().status == 303)
        let later = try await site.site.row(
            """
            SELECT id
            FROM assignments
            WHERE area_id = \(site.area) AND round = 'c09' AND unit_id = \(site.site.unit)
            """)[0]
        let page = await site.site.get("/reports/\(later)", as: site.director).text
        #expect(page.contains("name=\"entry-b\"") && page.contains("value=\"300\" disabled"))
        #expect(page.contains("ไม่ต้องกรอกในรอบนี้ ใช้ค่าจากรอบก่อน"))
        // What isn't asked for isn't taken either.
        let sent = await site.site.post(
            "/reports/\(later)/confirmation", ["entry-a": "300", "entry-b": "9", "self-score": "5"], as: site.director)
        #expect(sent.status == 303)
        #expect(
            try await site.row("entries::text, result::text, score::text, basis -> 'values' ->> 'b'", of: "/\(later)")
                == ["{\"a\": \"300\"}", "100", "5", "300"])
    }
}
