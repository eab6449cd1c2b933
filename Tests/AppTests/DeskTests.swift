import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `A desk with many items` {
        @Test func `certifies at once what has nothing unusual, after listing it`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            let path = "/desk/indicators/\(site.indicator)/c06/many"
            #expect(await site.centre.get(path, as: site.certifier).text.contains(site.area.area.shortName))
            let key = try await site.item().replacing("/desk/items/", with: "")
            #expect(await site.centre.post(path, ["items": ""], as: site.certifier).status == 422)
            #expect(await site.centre.post(path, ["items": "\(key).1"], as: site.certifier).status == 303)
            #expect(try await site.state() == "certified")
        }

        @Test func `leaves what has changed since it was listed`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(await site.area.post("\(try await site.result())/withdrawal", as: site.director).status == 303)
            #expect(try await site.confirm().status == 303)
            let key = try await site.item().replacing("/desk/items/", with: "")
            let path = "/desk/indicators/\(site.indicator)/c06/many"
            let answer = await site.centre.post(path, ["items": "\(key).1"], as: site.certifier)
            #expect(answer.status == 303)
            #expect(try await site.state() == "waiting")
        }

        @Test func `tells who has an item open, and whose work it is`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            let colleague = try await site.centre.member("เพื่อนร่วมงาน", holding: .certify)
            let item = try await site.item()
            #expect(await site.centre.post("\(item)/look", as: colleague).status == 204)
            let desk = "/desk/indicators/\(site.indicator)/c06"
            #expect(await site.centre.get(desk, as: site.certifier).text.contains("กำลังดูรายการนี้อยู่"))
            #expect(!(await site.centre.get(desk, as: colleague).text.contains("กำลังดูรายการนี้อยู่")))
            let key = item.replacing("/desk/items/", with: "")
            let given = await site.centre.post(
                "\(desk)/assignees", ["items": key, "assignee": "\(colleague.id)"], as: site.certifier)
            #expect(given.status == 303, "\(given.text)")
            #expect(await site.centre.get("\(desk)?show=mine", as: colleague).text.contains(site.area.area.shortName))
            #expect(
                !(await site.centre.get("\(desk)?show=mine", as: site.certifier).text.contains("class=\"num\">93.6667"))
            )
        }

        @Test func `decides by two people where the indicator needs them`() async throws {
            let site = try await NationalSite(rule: ["needs-second": "on"])
            let colleague = try await site.centre.member("คนที่สอง", holding: .certify)
            #expect(try await site.confirm().status == 303)
            #expect(try await site.certify().status == 303)
            #expect(try await site.row("state, proposal") == ["waiting", "certify"])
            #expect(try await site.certify().status == 409)
            #expect(try await site.certify(as: colleague).status == 303)
            #expect(try await site.row("state, proposal IS NULL") == ["certified", "true"])
        }

        @Test func `lets nobody alone certify over what two refused`() async throws {
            let site = try await NationalSite(rule: ["needs-second": "on"])
            let colleague = try await site.centre.member("คนที่สอง", holding: .certify)
            #expect(try await site.confirm().status == 303)
            #expect(try await site.refuse().status == 303)
            #expect(try await site.row("state, proposed_comment") == ["waiting", "จำนวนไม่ตรงทะเบียน"])
            let desk = await site.centre.get("/desk/indicators/\(site.indicator)/c06", as: colleague).text
            #expect(desk.contains("จำนวนไม่ตรงทะเบียน"))
            let second = await site.centre.post(
                "\(try await site.item())/refusal", ["comment": "เห็นด้วย", "number": "1"], as: colleague)
            #expect(second.status == 303)
            #expect(try await site.state() == "refused")
            #expect(try await site.certify(after: try await site.decided()).status == 409)
        }

        @Test func `keeps a comment to be used again`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            let item = try await site.item()
            let first = await site.centre.post(
                "\(item)/refusal",
                [
                    "comment": "ขอเอกสารที่ลงนาม", "keep": "on", "number": "1", "correct-by": "2600-01-01T00:00:00Z",
                ], as: site.certifier)
            #expect(first.status == 303)
            let long = String(repeating: "ก", count: 501)
            #expect(try await site.confirm().status == 303)
            let refused = await site.centre.post(
                "\(item)/refusal", ["comment": long, "keep": "on", "number": "2"], as: site.certifier)
            #expect(refused.status == 422)
            let desk = await site.centre.get("/desk/indicators/\(site.indicator)/c06?show=all", as: site.certifier).text
            #expect(desk.contains("<option value=\"ขอเอกสารที่ลงนาม\""))
            #expect(
                try await site.centre.row(
                    "SELECT words FROM canned_comments WHERE area_id = 0 AND words = 'ขอเอกสารที่ลงนาม' AND unit_id = \(site.centre.unit)"
                ) == ["ขอเอกสารที่ลงนาม"])
        }
    }
}
