import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `A national indicator` {
        @Test func `stands in the area once it is published`() async throws {
            let site = try await NationalSite(published: false)
            #expect(await site.area.get("/results", as: site.director).text.contains("ยังไม่มีตัวชี้วัดจากส่วนกลาง"))
            let before = await site.centre.get("/publications/\(site.framework)", as: site.office).text
            #expect(before.contains("เผยแพร่ 1 ตัวชี้วัด"))
            try await site.publish()
            let list = await site.area.get("/results", as: site.director).text
            #expect(list.contains("1.2.4 ร้อยละของนักเรียนที่อ่านออก") && list.contains("ยังไม่รายงาน"))
            let page = await site.area.get(try await site.result(), as: site.director).text
            #expect(page.contains("อ่านออก") && page.contains("ยืนยันผล"))
            #expect(try await site.recorded("national.published") == "1")
        }

        @Test func `brought twice takes effect once`() async throws {
            let site = try await NationalSite()
            try await site.centre.execute("UPDATE deliveries SET delivered_at = NULL WHERE area_id = 0")
            try await site.deliver(from: site.centre)
            #expect(try await site.recorded("national.published") == "1")
            #expect(
                try await site.area.row("SELECT count(*) FROM area_results WHERE area_id = \(site.area.area.id)") == [
                    "1"
                ])
        }

        @Test func `isn't for other areas`() async throws {
            let site = try await NationalSite()
            let other = try await TestSite()
            let stranger = try await other.member(holding: .owner, .selfAssess)
            #expect(await other.get(try await site.result(), as: stranger).status == 404)
            #expect(!(await other.get("/results", as: stranger).text.contains("1.2.4")))
        }

        @Test func `is refused while its weights aren't 100`() async throws {
            let site = try await NationalSite(["weight": "60"], published: false)
            let refused = await site.centre.post("/publications/\(site.framework)", as: site.office)
            #expect(refused.status == 409 && refused.text.contains("60.00"))
            #expect(
                try await site.centre.row(
                    "SELECT count(*) FROM national_indicators WHERE id = \(Int(site.indicator))") == ["0"])
        }

        @Test func `is refused without a bureau`() async throws {
            let site = try await NationalSite(["owner-unit": ""], published: false)
            let refused = await site.centre.post("/publications/\(site.framework)", as: site.office)
            #expect(refused.status == 409 && refused.text.contains("ยังไม่ระบุสำนัก"))
        }

        @Test func `changed after publication shows who is affected, and has a new version`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            try await site.centre.execute(
                "UPDATE indicators SET name = 'ชื่อใหม่' WHERE area_id = 0 AND id = \(Int(site.indicator))")
            let page = await site.centre.get("/publications/\(site.framework)", as: site.office).text
            #expect(page.contains("รายงานแล้ว 1") && page.contains("รุ่นที่ 2"))
            try await site.publish()
            #expect(
                try await site.centre.row(
                    "SELECT version, name FROM national_indicators WHERE id = \(Int(site.indicator))") == [
                        "2", "ชื่อใหม่",
                    ])
            #expect(
                try await site.centre.row(
                    "SELECT count(*) FROM national_versions WHERE indicator_id = \(Int(site.indicator))") == ["2"])
        }

        @Test func `that has results can't be withdrawn`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            let other = try await TestSite()
            try await site.setRule(["areas": other.area.code])
            let refused = await site.centre.post("/publications/\(site.framework)", as: site.office)
            #expect(refused.status == 409 && refused.text.contains(site.area.area.shortName))
        }
    }

    @Suite(.database) struct `An area's result` {
        @Test func `is filled in, confirmed, and certified with the score of its figures`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(try await site.row("state, round(score, 5)::text, official::text") == ["waiting", "3.73333", "1"])
            let desk = await site.centre.get("/desk/indicators/\(site.indicator)/c06", as: site.certifier).text
            #expect(desk.contains(site.area.area.shortName) && desk.contains("93.6667") && desk.contains("3.73333"))
            let certified = try await site.certify()
            #expect(certified.status == 303, "\(certified.text)")
            let page = await site.area.get(try await site.result(), as: site.director).text
            #expect(page.contains("รับรองแล้ว") && page.contains("3.73333"))
            #expect(try await site.recorded("result.certified") == "1")
        }

        @Test func `that isn't certified says why, is corrected and decided by difference`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(try await site.refuse("", having: 1).status == 422)
            #expect(try await site.refuse().status == 303)
            let told = await site.area.get(try await site.result(), as: site.director).text
            #expect(told.contains("จำนวนไม่ตรงทะเบียน") && told.contains("แก้ไขภายใน"))
            #expect(try await site.row("state, official") == ["refused", "1"])
            #expect(try await site.confirm(["entry-a": "270", "entry-b": "300", "words": "แก้แล้ว"]).status == 303)
            let desk = await site.centre.get("/desk/indicators/\(site.indicator)/c06", as: site.certifier).text
            #expect(desk.contains("<del>281</del>") && desk.contains("<ins>270</ins>") && desk.contains("−11"))
            #expect(try await site.certify(having: 2).status == 303)
            #expect(try await site.row("state, round(official, 5)::text") == ["certified", "3.00000"])
        }

        @Test func `withdrawn a second ago can't be certified`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(await site.area.post("\(try await site.result())/withdrawal", as: site.director).status == 303)
            let refused = try await site.certify()
            #expect(refused.status == 409 && refused.text.contains("ถอนคืน"))
            #expect(try await site.row("state, official") == ["unreported", "1"])
        }

        @Test func `corrected and withdrawn again can't be certified, also by one who saw the correction`() async throws
        {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(try await site.refuse().status == 303)
            let refused = try await site.decided()
            #expect(try await site.confirm(["entry-a": "300", "entry-b": "300", "words": ""]).status == 303)
            #expect(await site.area.post("\(try await site.result())/withdrawal", as: site.director).status == 303)
            #expect(try await site.row("state, number::text") == ["refused", "2"])
            #expect(try await site.certify(having: 2, after: refused).status == 409)
            #expect(try await site.row("state, official::text") == ["refused", "1"])
        }

        @Test func `without a score isn't certified, and stops no clock`() async throws {
            let site = try await NationalSite(rule: ["undecided": "certify"])
            #expect(try await site.confirm(["entry-a": "1", "entry-b": "0", "words": ""]).status == 303)
            #expect(try await site.certify().status == 409)
            try await site.letTimePass(due: -120, decide: -60)
            try await site.strike()
            #expect(try await site.row("state, escalated_at IS NOT NULL") == ["waiting", "true"])
        }

        @Test func `not to be corrected isn't, whatever the form says`() async throws {
            let site = try await NationalSite(rule: ["may-correct": ""])
            #expect(try await site.confirm().status == 303)
            #expect(try await site.refuse().status == 303)
            #expect(try await site.row("correct_by IS NULL") == ["true"])
            #expect(try await site.confirm().status == 422)
        }

        @Test func `tells a certifier with script why nothing was decided`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            let fields: KeyValuePairs = ["number": "7", "in": "/desk/indicators/\(site.indicator)/c06", "show": "all"]
            let part = await site.centre.post(
                "\(try await site.item())/certification", fields, as: site.certifier, ["hx-request": "true"])
            #expect(part.status == 200 && part.text.contains("ส่งใหม่หลังจากที่ท่านเปิดดู"))
            #expect(try await site.state() == "waiting")
            let unsaid = await site.centre.post(
                "\(try await site.item())/refusal", fields, as: site.certifier, ["hx-request": "true"])
            #expect(unsaid.status == 200 && unsaid.text.contains("บอกเขตว่าเหตุใด"))
        }

        @Test func `sent anew since it was seen must be seen again`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(await site.area.post("\(try await site.result())/withdrawal", as: site.director).status == 303)
            #expect(try await site.confirm(["entry-a": "10", "entry-b": "300", "words": ""]).status == 303)
            let refused = try await site.certify(having: 1)
            #expect(refused.status == 409 && refused.text.contains("ส่งใหม่"))
            #expect(try await site.state() == "waiting")
        }

        @Test func `is decided once, and who was first is named to the second`() async throws {
            let site = try await NationalSite()
            let colleague = try await site.centre.member("เพื่อนร่วมสำนัก", holding: .certify)
            #expect(try await site.confirm().status == 303)
            #expect(try await site.certify().status == 303)
            let second = try await site.certify(as: colleague)
            #expect(second.status == 409 && second.text.contains("สำนัก"))
            #expect(try await site.recorded("result.certified") == "1")
        }

        @Test func `is no other bureau's to decide`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            let stranger = try await site.centre.member("ต่างสำนัก", holding: .certify)
            let unit = try await TestSite.makeUnit(
                "สำนักอื่น \(site.area.area.code)", "bureau", in: site.centre.area, site.centre.database)
            try await site.centre.execute(
                "UPDATE members SET unit_id = \(unit) WHERE area_id = 0 AND id = \(stranger.id)")
            let refused = try await site.certify(as: stranger)
            #expect(refused.status == 409 && refused.text.contains("สำนักอื่นตัดสินไม่ได้"))
            #expect(try await site.state() == "waiting")
        }

        @Test func `not sent by the deadline is cut by itself, once`() async throws {
            let site = try await NationalSite()
            try await site.letTimePass(due: -60)
            try await site.strike()
            try await site.strike()
            #expect(try await site.row("state, official, cut_at IS NOT NULL") == ["unreported", "1", "true"])
            #expect(try await site.recorded("result.cut") == "1")
            let late = try await site.confirm()
            #expect(late.status == 422 && late.text.contains("เลยกำหนด"))
        }

        @Test(arguments: [
            ("escalate", "waiting", "1.00000"), ("certify", "certified", "3.73333"), ("refuse", "refused", "1.00000"),
        ])
        func `that the bureau doesn't decide in time follows its rule`(rule: String, state: String, official: String)
            async throws
        {
            let site = try await NationalSite(rule: ["undecided": rule])
            #expect(try await site.confirm().status == 303)
            try await site.letTimePass(due: -120, decide: -60)
            try await site.strike()
            #expect(try await site.row("state, round(official, 5)::text") == [state, official])
            guard rule == "escalate" else { return }
            let late = try await site.certify()
            #expect(late.status == 409 && late.text.contains("กพร."))
            #expect(try await site.certify(as: site.office).status == 303)
            #expect(try await site.state() == "certified")
        }
    }
}
