import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import Secrets
import TestSupport
import Testing

extension TheCentralOffice {
    @Suite(.database) struct `A certificate` {
        private func certified() async throws -> NationalSite {
            let site = try await NationalSite()
            #expect(try await site.confirm().status == 303)
            #expect(try await site.certify().status == 303)
            return site
        }

        private func row(_ columns: SQL, _ site: NationalSite) async throws -> [String] {
            try await site.area.row(
                """
                SELECT \(part: columns) FROM certificates
                WHERE area_id = \(site.area.area.id) ORDER BY number DESC LIMIT 1
                """)
        }

        private func path(_ site: NationalSite) async throws -> String {
            "/verify/"
                + (try await row("year || '-' || number || '-' || left(encode(sha256, 'hex'), 16)", site)[0])
        }

        @Test func `says what was certified, to anybody, with a code for the camera`() async throws {
            let site = try await certified()
            let page = await site.area.get(try await path(site))
            #expect(page.status == 200 && page.text.contains("มีผลอยู่"), "\(page.text)")
            for words in ["1.2.4 ร้อยละของนักเรียนที่อ่านออก", "3.73333", "93.6667", "เขตทดสอบ", "<svg class=\"qr\""] {
                #expect(page.text.contains(words), "\(words)")
            }
            // Nobody's name is on it.
            #expect(!page.text.contains("อำนวย") && !page.text.contains("ฐานะดี"))
            let own = await site.area.get(try await site.result(), as: site.director).text
            #expect(own.contains(try await path(site)))
        }

        @Test func `is known by the hash of its bytes`() async throws {
            let site = try await certified()
            let content = await site.area.get("\(try await path(site))/content").text
            #expect(Digest(of: content).hexadecimal == (try await row("encode(sha256, 'hex')", site)[0]))
            #expect(content.contains("\"score\" : \"3.73333\""))
            // Content that isn't what was hashed is found out.
            try await site.area.execute(
                """
                INSERT INTO certificates (area_id, year, number, content, sha256, issued_at)
                SELECT area_id, year + 1, 9, replace(content, '3.73333', '5.00000'), sha256, issued_at
                FROM certificates
                WHERE area_id = \(site.area.area.id)
                """)
            #expect(await site.area.get(try await path(site)).text.contains("เนื้อหาไม่ตรงกับที่รับรองไว้"))
        }

        @Test func `of another number, seal or area is none of ours`() async throws {
            let site = try await certified()
            let known = try await path(site)
            let wrong = String(known.dropLast()) + (known.last == "0" ? "1" : "0")
            #expect(await site.area.get(wrong).status == 404)
            let other = try await TestSite()
            #expect(await other.get(known).status == 404)
            for text in ["2570-0-0123456789abcdef", "x", "2570-99999999999-0123456789abcdef", "2570-1-"] {
                #expect(await site.area.get("/verify/\(text)").status == 404)
            }
            let typed = await site.area.get("/verify?certificate=\(wrong.dropFirst(8))")
            #expect(typed.status == 200 && typed.text.contains("ไม่พบใบรับรอง"))
            #expect(await site.area.get("/verify?certificate=\(known.dropFirst(8))").status == 303)
        }

        @Test func `says since when it no longer holds, and its number isn't given again`() async throws {
            let site = try await certified()
            let first = try await path(site)
            let reopened = await site.centre.post(
                "\(try await site.item())/reopening", ["reason": "พบข้อมูลซ้ำ"], as: site.office)
            #expect(reopened.status == 303, "\(reopened.text)")
            let page = await site.area.get(first).text
            #expect(page.contains("ไม่มีผลแล้ว") && page.contains("พบข้อมูลซ้ำ"))
            #expect(try await site.certify(after: site.decided()).status == 303)
            #expect(try await row("number, revoked_at IS NULL", site) == ["2", "true"])
            #expect(await site.area.get(first).text.contains("ไม่มีผลแล้ว"))
        }

        @Test func `comes also from the clock, and not from what isn't certified`() async throws {
            let site = try await NationalSite(rule: ["undecided": "certify"])
            #expect(try await site.confirm().status == 303)
            try await site.letTimePass(due: -7200, decide: -3600)
            try await site.strike()
            #expect(try await site.state() == "certified")
            #expect(await site.area.get(try await path(site)).text.contains("มีผลอยู่"))
            let refused = try await NationalSite()
            #expect(try await refused.confirm().status == 303)
            #expect(try await refused.refuse().status == 303)
            let count = try await refused.area.row(
                "SELECT count(*) FROM certificates WHERE area_id = \(refused.area.area.id)")
            #expect(count == ["0"])
        }
    }
}
