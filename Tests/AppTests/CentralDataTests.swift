import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `Central data` {
        private static let central: KeyValuePairs = ["variable-2-source": "central"]

        private func supplier(_ site: NationalSite) async throws -> TestMember {
            try await site.centre.member("ผู้ส่งข้อมูล", holding: .supply)
        }

        private func send(_ list: String, _ site: NationalSite, as member: TestMember, applied: Bool = true) async
            -> Response
        {
            let path = "/central-data/\(site.indicator)/c06/import"
            return await site.centre.post(applied ? "\(path)/applied" : path, ["list": list], as: member)
        }

        private func table(_ site: NationalSite, _ value: String = "300", code: String? = nil) -> String {
            "code,value-b,source,as-of\n\(code ?? site.area.area.code),\(value),ทะเบียนนักเรียน,2026-11-10\n"
        }

        private func values(_ site: NationalSite) async throws -> String {
            try await site.area.row("SELECT count(*) FROM central_values WHERE area_id = \(site.area.area.id)")[0]
        }

        @Test func `is locked in the area, with its source, and makes the score`() async throws {
            let site = try await NationalSite(Self.central)
            let member = try await supplier(site)
            let before = try await site.confirm(["entry-a": "281", "words": ""])
            // It can be sent without, and has no score then.
            #expect(before.status == 303)
            #expect(try await site.row("state, score IS NULL") == ["waiting", "true"])
            #expect(await send(table(site), site, as: member).status == 303)
            try await site.deliver(from: site.centre)
            // Both sides see by difference what it made of what was sent.
            #expect(try await site.row("state, number::text, round(score, 5)::text") == ["waiting", "2", "3.73333"])
            let page = await site.area.get(try await site.result(), as: site.director).text
            #expect(page.contains("ทะเบียนนักเรียน") && page.contains("ข้อมูลส่วนกลาง"))
            #expect(try await site.recorded("central-data.came") == "1")
        }

        @Test func `comes with a template of all its areas`() async throws {
            let site = try await NationalSite(Self.central)
            let member = try await supplier(site)
            #expect(await site.centre.get("/central-data", as: member).text.contains("1.2.4"))
            let path = "/central-data/\(site.indicator)/c06/import"
            #expect(await site.centre.get("\(path)/template", as: member).status == 200)
            let shown = await send(table(site), site, as: member, applied: false)
            #expect(shown.status == 200 && shown.text.contains("ทะเบียนนักเรียน"))
            #expect(try await values(site) == "0")
        }

        @Test(arguments: [
            ("nowhere", "300", "ไม่พบเขตรหัสนี้"), ("", "สามร้อย", "ใส่ตัวเลข"), ("", "", "ต้องกรอก"),
        ])
        func `with one wrong cell changes nothing`(code: String, value: String, reason: String) async throws {
            let site = try await NationalSite(Self.central)
            let member = try await supplier(site)
            let rows = table(site) + "\(code.isEmpty ? site.area.area.code : code),\(value),ทะเบียน,2026-11-10\n"
            let refused = await send(rows, site, as: member)
            #expect(refused.status == 422 && refused.text.contains(reason), "\(refused.text)")
            try await site.deliver(from: site.centre)
            #expect(try await values(site) == "0")
        }

        @Test func `twice for one area, for one it doesn't concern, or for what is certified, is refused`() async throws
        {
            let site = try await NationalSite(Self.central)
            let member = try await supplier(site)
            let twice = table(site) + "\(site.area.area.code),1,ก,2026-11-10\n"
            #expect(await send(twice, site, as: member).text.contains("มีในตารางแล้ว"))
            let other = try await TestSite()
            #expect(await send(table(site, code: other.area.code), site, as: member).text.contains("ไม่ใช้กับเขตนี้"))
            #expect(await send(table(site), site, as: member).status == 303)
            try await site.deliver(from: site.centre)
            #expect(try await site.confirm(["entry-a": "281", "words": ""]).status == 303)
            #expect(try await site.certify().status == 303)
            #expect(await send(table(site, "310"), site, as: member).text.contains("รับรองแล้ว"))
        }

        @Test func `of a round that is past due is locked`() async throws {
            let site = try await NationalSite(Self.central)
            let member = try await supplier(site)
            try await site.letTimePass(due: -60)
            let refused = await send(table(site), site, as: member)
            #expect(refused.status == 422 && refused.text.contains("ล็อก"))
        }

        @Test func `brought late or twice leaves the newer in its place`() async throws {
            let site = try await NationalSite(Self.central)
            let member = try await supplier(site)
            #expect(await send(table(site, "300"), site, as: member).status == 303)
            #expect(await send(table(site, "400"), site, as: member).status == 303)
            let numbers = try await site.centre.row(
                "SELECT string_agg(number::text, ' ' ORDER BY number DESC) FROM deliveries WHERE area_id = 0 AND delivered_at IS NULL"
            )[0]
            for number in numbers.split(separator: " ").compactMap({ Int($0) }) {
                try await site.centre.run(job: "delivery", ["number": JSON(number)])
            }
            let value = try await site.area.row(
                "SELECT value::text FROM central_values WHERE area_id = \(site.area.area.id)")
            #expect(value == ["400"])
        }

        @Test func `is disputed by the area, told to the bureau, and answered`() async throws {
            let site = try await NationalSite(Self.central)
            let member = try await supplier(site)
            #expect(await send(table(site), site, as: member).status == 303)
            try await site.deliver(from: site.centre)
            let result = try await site.result()
            let fields: KeyValuePairs = ["variable": "b", "dispute": "ทะเบียนมี 310 คน"]
            #expect(
                await site.area.post("\(result)/disputes", ["variable": "z", "dispute": "ก"], as: site.director).status
                    == 404)
            #expect(await site.area.post("\(result)/disputes", fields, as: site.director).status == 303)
            try await site.deliver(from: site.area)
            #expect(try await site.recorded("central-data.disputed", in: site.centre) != "0")
            #expect(try await site.confirm(["entry-a": "281", "words": ""]).status == 303)
            let desk = await site.centre.get(
                "/desk/indicators/\(site.indicator)/c06?show=disputed", as: site.certifier
            ).text
            #expect(desk.contains("ทะเบียนมี 310 คน"))
            let answer: KeyValuePairs = ["variable": "b", "answer": "แก้ไขในรอบถัดไป"]
            #expect(
                await site.centre.post("\(try await site.item())/answers", answer, as: site.certifier).status == 303)
            #expect(await site.area.get(result, as: site.director).text.contains("แก้ไขในรอบถัดไป"))
        }

        @Test func `of which all of an indicator is made sends itself`() async throws {
            let site = try await NationalSite(["variable-1-source": "central", "variable-2-source": "central"])
            let member = try await supplier(site)
            let list = "code,value-a,value-b,source,as-of\n\(site.area.area.code),281,300,ทะเบียน,2026-11-10\n"
            #expect(await send(list, site, as: member).status == 303)
            try await site.deliver(from: site.centre)
            #expect(try await site.row("state, round(score, 5)::text") == ["waiting", "3.73333"])
            #expect(try await site.certify().status == 303)
        }
    }
}
