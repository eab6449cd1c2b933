import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `The area checks many reports at once` {
    /// With three that are confirmed: self-score 4, and 3.73333 by the figures.
    private func site() async throws -> (ReportSite, path: String) {
        let site = try await ReportSite()
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        #expect(await site.confirm().status == 303)
        for other in site.others { try await site.confirmOther(other) }
        return (site, "/indicators/\(site.indicator)/rounds/c06/checks")
    }

    private func all(_ site: ReportSite) -> String {
        ([site.report] + site.others).map { "\(site.id(of: $0))" }.joined(separator: ",")
    }

    @Test func `by what each gave itself`() async throws {
        let (site, path) = try await site()
        let done = await site.site.post(path, ["reports": all(site), "as": "self"], as: site.checker)
        #expect(done.status == 303)
        #expect(try await site.counts() == ["3", "3", "3", "12"])
        #expect(try await site.row("state, check_score::text, checked_by") == ["checked", "4", "\(site.checker.id)"])
        #expect(try await site.recorded("report.checked") == "1")
        #expect(await site.site.get(path, as: site.checker).text.contains("ไม่มีรายงานรอตรวจในรอบนี้"))
    }

    @Test func `by what the figures come to, with five decimals as everywhere`() async throws {
        let (site, path) = try await site()
        let id = "\(site.id(of: site.report))"
        let silent = await site.site.post(path, ["reports": id, "as": "figures"], as: site.checker)
        #expect(silent.status == 422 && silent.text.contains("ต่ำกว่าที่หน่วยงานประเมินตนเอง (4)"))
        let form: KeyValuePairs = ["reports": id, "as": "figures", "reason": "ตามตัวเลข"]
        #expect(await site.site.post(path, form, as: site.checker).status == 303)
        #expect(try await site.row("check_score::text") == ["3.73333"])
        #expect(try await site.counts() == ["3", "1", "3", "3.73333"])
    }

    @Test func `with those ticked that have evidence, and nothing unusual`() async throws {
        let (site, path) = try await site()
        let page = await site.site.get(path, as: site.checker).text
        #expect(page.contains("value=\"\(site.id(of: site.report)).2\" checked"))
        #expect(page.contains("value=\"\(site.id(of: site.others[0])).1\">"))
    }

    @Test func `or none, when one of them has changed or was checked meanwhile`() async throws {
        let (site, path) = try await site()
        let (first, second) = (site.id(of: site.report), site.id(of: site.others[0]))
        let behind = await site.site.post(
            path, ["reports": "\(second).1", "reports": "\(first).1", "as": "self"], as: site.checker)
        #expect(behind.status == 409 || behind.status == 422)
        #expect(behind.text.contains("เปลี่ยนไปหลังจากที่ท่านเปิดดู"))
        #expect(try await site.counts() == ["3", "0", "3", "0"])
        _ = await site.check()
        let late = await site.site.post(path, ["reports": all(site), "as": "self"], as: site.checker)
        #expect(late.status == 409 || late.status == 422)
        #expect(try await site.counts() == ["3", "1", "3", "4"])
    }

    @Test func `of that indicator and round only, with the flag Proof`() async throws {
        let (site, path) = try await site()
        let other = try await ReportSite()
        let foreign: KeyValuePairs = ["reports": "\(other.id(of: other.report))", "as": "self"]
        #expect(await site.site.post(path, foreign, as: site.checker).status == 404)
        let elsewhere = path.replacing("c06", with: "c09")
        let own: KeyValuePairs = ["reports": all(site), "as": "self"]
        #expect(await site.site.post(elsewhere, own, as: site.checker).status == 404)
        #expect(await site.site.post(path, own, as: site.director).status == 403)
        #expect(await site.site.post(path, ["as": "self"], as: site.checker).status == 422)
        #expect(await site.site.post(path, ["reports": all(site), "as": "5"], as: site.checker).status == 422)
        #expect(try await site.counts() == ["3", "0", "3", "0"])
    }
}

@Suite(.database) struct `A file that was sent before` {
    @Test func `is used again without sending it, at the first free place, and shows where it is used`() async throws {
        let site = try await ReportSite(rounds: ["c06", "c09"])
        _ = await site.attach(with: ["description-1": "ผลสอบ"])
        let file = try await site.evidence("f.id")[0]
        let later = try await site.texts(
            "id",
            """
            FROM assignments
            WHERE area_id = \(site.area) AND round = 'c09' AND unit_id = \(site.site.unit)
            """)[0]
        #expect(await site.site.get("/reports/\(later)", as: site.teacher).text.contains("เลือกจากไฟล์ที่เคยส่ง (1)"))
        let used = await site.site.post("/reports/\(later)/draft", ["reuse": file], as: site.teacher)
        #expect(used.status == 303)
        #expect(try await site.count("files") == "1")
        #expect(try await site.evidence("place, description, f.id") == ["1", "ผลสอบ", file])
        #expect(try await site.count("evidence") == "2")
        let page = await site.site.get(site.report, as: site.teacher).text
        #expect(page.contains("ใช้ใน ") && page.contains("/reports/\(later)\""))
        // Once is enough.
        #expect(await site.site.post("/reports/\(later)/draft", ["reuse": file], as: site.teacher).status == 303)
        #expect(try await site.count("evidence") == "2")
    }

    @Test func `is nobody else's to use`() async throws {
        let site = try await ReportSite()
        _ = await site.attach()
        let file = try await site.evidence("f.id")[0]
        let neighbour = try await site.neighbour()
        let path = "\(site.others[0])/draft"
        #expect(await site.site.post(path, ["reuse": file], as: neighbour).status == 404)
        #expect(await site.save(["reuse": file], as: site.director).status == 403)
        #expect(try await site.count("evidence") == "1")
    }
}
