import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `What is new about a result` {
        @Test func `stays new until somebody of the area acknowledges it, by name`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(try await site.certify().status == 303)
            let result = try await site.result()
            for _ in 1...2 {
                #expect(await site.area.get(result, as: site.director).text.contains("มีข้อมูลใหม่"))
            }
            #expect(await site.area.post("\(result)/acknowledgement", as: site.director).status == 303)
            let page = await site.area.get(result, as: site.director).text
            #expect(!page.contains("มีข้อมูลใหม่") && page.contains("รับทราบแล้ว") && page.contains("อำนวย"))
            #expect(try await site.recorded("result.acknowledged") == "1")
        }

        @Test func `is told to the bureau, once, and acknowledged there`() async throws {
            let site = try await NationalSite()
            let clerk = try await site.area.member("ผู้ตอบ", holding: .reply)
            let sent = await site.area.post("\(try await site.result())/messages", ["message": "ขอหารือเกณฑ์"], as: clerk)
            #expect(sent.status == 303, "\(sent.text)")
            try await site.deliver(from: site.area)
            try await site.area.execute(
                "UPDATE deliveries SET delivered_at = NULL WHERE area_id = \(site.area.area.id)")
            try await site.deliver(from: site.area)
            try await site.centre.run(job: "news")
            let notices = await site.centre.get("/notices", as: site.certifier).text
            #expect(notices.ranges(of: "ขอหารือเกณฑ์").count == 1)
            let key = try await site.item().replacing("/desk/items/", with: "")
            let way = await site.centre.get("/desk-items/\(key)", as: site.certifier)
            #expect(way.status == 303)
            let desk = await site.centre.get(
                "/desk/indicators/\(site.indicator)/c06?show=all&item=\(key)", as: site.certifier
            ).text
            #expect(desk.contains("ขอหารือเกณฑ์") && desk.contains("มีข้อมูลใหม่"))
            #expect(
                await site.centre.post("\(try await site.item())/acknowledgement", as: site.certifier).status == 303)
            #expect(try await site.row("centre_seen_name IS NOT NULL") == ["true"])
            let page = await site.area.get(try await site.result(), as: site.director).text
            #expect(page.contains("รับทราบแล้ว"))
        }

        @Test func `comes with a file that only the two sides open`() async throws {
            let site = try await NationalSite()
            let certifier = try await site.centre.member("ผู้แนบ", holding: .certify, .upload)
            let sent = await site.centre.upload(
                ReportSite.pdf, named: "แนวทาง.pdf", as: "file", to: "\(try await site.item())/messages",
                ["message": "ดูแนวทางที่แนบ"], as: certifier)
            #expect(sent.status == 303, "\(sent.text)")
            let file = try await site.area.row("SELECT id FROM files WHERE area_id = \(site.area.area.id)")[0]
            let result = try await site.result()
            #expect(await site.area.get("\(result)/files/\(file)", as: site.director).status == 200)
            #expect(await site.centre.get("\(try await site.item())/files/\(file)", as: certifier).status == 200)
            let other = try await NationalSite()
            #expect(await other.area.get("\(try await other.result())/files/\(file)", as: other.director).status == 404)
        }

        @Test func `is no other bureau's to write`() async throws {
            let site = try await NationalSite()
            let stranger = try await site.centre.member("ต่างสำนัก", holding: .certify)
            let unit = try await TestSite.makeUnit(
                "สำนักไกล \(site.area.area.code)", "bureau", in: site.centre.area, site.centre.database)
            try await site.centre.execute(
                "UPDATE members SET unit_id = \(unit) WHERE area_id = 0 AND id = \(stranger.id)")
            let refused = await site.centre.post("\(try await site.item())/messages", ["message": "ก"], as: stranger)
            #expect(refused.status == 409)
            #expect(try await site.recorded("result.message") == "0")
        }
    }

    @Suite(.database) struct `The indicator office` {
        @Test func `gives an area that was cut more time, with its reason`() async throws {
            let site = try await NationalSite()
            try await site.letTimePass(due: -60)
            try await site.strike()
            let until = (Day(inBangkok: .now) + 5).instant(hour: 16, minute: 30).text
            let fields: KeyValuePairs = ["until": until, "reason": "น้ำท่วม"]
            let path = "\(try await site.item())/extension"
            #expect(await site.centre.post(path, fields, as: site.certifier).status == 403)
            #expect(
                await site.centre.post(path, ["until": "2020-01-01", "reason": "ก"], as: site.office).status == 422)
            #expect(await site.centre.post(path, fields, as: site.office).status == 303)
            let page = await site.area.get(try await site.result(), as: site.director).text
            #expect(page.contains("น้ำท่วม") && page.contains("ขยายเวลาถึง"))
            #expect(try await site.confirm().status == 303)
            #expect(try await site.row("state, cut_at IS NULL") == ["waiting", "true"])
        }

        @Test func `opens again what was certified, on the record`() async throws {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            let path = "\(try await site.item())/reopening"
            #expect(await site.centre.post(path, ["reason": "ก"], as: site.office).status == 409)
            #expect(try await site.certify().status == 303)
            #expect(await site.centre.post(path, ["reason": "พบข้อมูลซ้ำ"], as: site.office).status == 303)
            #expect(try await site.row("state, official") == ["waiting", "1"])
            #expect(try await site.recorded("result.reopened") == "1")
            #expect(try await site.certify().status == 303)
        }
    }
}
