import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `Somebody is invited` {
    private func fields(_ play: JoinSite, _ role: String = "") -> KeyValuePairs<String, String> {
        [
            "title": "นาย", "first-name": "ปัญญา", "last-name": "ทองดี", "username": "panya", "unit": "\(play.site.unit)",
            "position": "ครู", "role": role,
        ]
    }

    private func link(_ play: JoinSite) async throws -> String {
        let page = await play.site.get("/members/invitations", as: play.admin).text
        let address = try #require(page.firstMatch(of: /http:\/\/[^<]+\/invitations\/[^<]+/)).0
        return String(address.dropFirst("http://\(TestSite.host)/\(play.site.area.code)".count))
    }

    private func accept(_ link: String, _ play: JoinSite, _ changes: [String: String] = [:]) async -> Response {
        await play.site.post(
            link,
            [
                "citizen": changes["citizen"] ?? JoinSite.citizen(1), "password": JoinSite.password,
                "again": changes["again"] ?? JoinSite.password,
            ])
    }

    @Test func `chooses a password by the link, and has the role's flags`() async throws {
        let play = try await JoinSite()
        let role = try await play.role("School", "Upload")
        #expect(await play.site.post("/members/invitations", fields(play, role), as: play.admin).status == 303)
        #expect(await play.signIn("panya", "").status == 422)
        let link = try await link(play)
        #expect(await play.site.get(link).text.contains("panya"))
        #expect(await accept(link, play, ["again": "something else"]).status == 422)
        #expect(await accept(link, play, ["citizen": "1550000000013"]).status == 422)
        #expect(await accept(link, play, ["citizen": ""]).status == 422)
        #expect(await accept(link, play).status == 303)
        #expect(await play.signIn("panya").status == 303)
        let member = try await play.site.row(
            """
            SELECT flags::text, status, citizen_hash IS NOT NULL AS known
            FROM members
            WHERE area_id = \(play.site.area.id) AND username = 'panya'
            """)
        #expect(member == ["{School,Upload}", "enabled", "true"])
        #expect(await accept(link, play).status == 409)
        #expect(await play.site.get(link).text.contains("หมดอายุ"))
    }

    @Test func `not by a link that is too old, was renewed, or is of one who was disabled meanwhile`() async throws {
        let play = try await JoinSite()
        _ = await play.site.post("/members/invitations", fields(play), as: play.admin)
        let first = try await link(play)
        let id = try await play.site.row(
            "SELECT id FROM members WHERE area_id = \(play.site.area.id) AND username = 'panya'")[0]
        #expect(await play.site.post("/members/\(id)/invitations", as: play.admin).status == 303)
        let second = try await link(play)
        #expect(second != first)
        #expect(await accept(first, play).status == 409)
        try await play.site.execute("UPDATE secret_links SET expires_at = now() WHERE area_id = \(play.site.area.id)")
        #expect(await accept(second, play).status == 409)
        _ = await play.site.post("/members/\(id)/invitations", as: play.admin)
        let third = try await link(play)
        _ = await play.site.post("/members/flags", ["switch": "Status.disabled.\(id)"], as: play.admin)
        #expect(await accept(third, play).status == 409)
        #expect(await play.site.post("/members/\(id)/invitations", as: play.admin).status == 409)
        #expect(await accept("/invitations/\(id)-AAAAAAAAAAAAAAAAAAAAAAAA", play).status == 404)
    }

    /// An account without a password would be nobody's.
    @Test func `and isn't enabled, or given a password, by an administrator instead`() async throws {
        let play = try await JoinSite()
        _ = await play.site.post("/members/invitations", fields(play), as: play.admin)
        let id = try await play.site.row(
            "SELECT id FROM members WHERE area_id = \(play.site.area.id) AND username = 'panya'")[0]
        #expect(await !play.site.get("/members", as: play.admin).text.contains("Status.enabled.\(id)"))
        let enabling: KeyValuePairs<String, String> = ["switch": "Status.enabled.\(id)"]
        #expect(await play.site.post("/members/flags", enabling, as: play.admin).status == 409)
        #expect(await play.site.post("/members/\(id)/password-reset", as: play.admin).status == 409)
        #expect(await accept(try await link(play), play).status == 303)
    }

    @Test func `by name only once`() async throws {
        let play = try await JoinSite()
        #expect(await play.site.post("/members/invitations", fields(play), as: play.admin).status == 303)
        let again = await play.site.post("/members/invitations", fields(play), as: play.admin)
        #expect(again.status == 422 && again.text.contains("id=\"username-problem\""))
        #expect(await play.site.post("/members/invitations", fields(play, "999999"), as: play.admin).status == 422)
    }
}

@Suite(.database) struct `Members come from a spreadsheet` {
    private static let head = "ชื่อผู้ใช้,คำนำหน้า,ชื่อ,นามสกุล,หน่วยงาน,ตำแหน่ง,อีเมล,บทบาท"

    private func unitName(_ play: JoinSite) async throws -> String {
        try await play.site.row("SELECT name FROM units WHERE area_id = \(play.site.area.id)")[0]
    }

    private func send(_ list: String, to path: String, _ play: JoinSite) async -> Response {
        await play.site.post(path, ["list": list], as: play.admin)
    }

    private func count(_ play: JoinSite) async throws -> String {
        try await play.site.row("SELECT count(*) FROM members WHERE area_id = \(play.site.area.id)")[0]
    }

    @Test func `new ones are invited, known ones changed, all after a look`() async throws {
        let play = try await JoinSite()
        _ = try await play.role("School")
        let unit = try await unitName(play)
        let list = """
            \(Self.head)
            a.one,นาย,หนึ่ง,ดี,\(unit),ครู,one@example.org,ครูผู้รายงาน
            \(play.director.username),นาย,สมศักดิ์,เมืองงาม,\(unit),ผู้อำนวยการ,,
            """
        let preview = await send(list, to: "/members/import", play)
        #expect(preview.text.contains("เชิญใหม่") && preview.text.contains("แก้ไข"))
        #expect(try await count(play) == "2")
        #expect(await send(list, to: "/members/import/applied", play).status == 303)
        #expect(
            try await play.site.row(
                "SELECT status, flags::text FROM members WHERE area_id = \(play.site.area.id) AND username = 'a.one'")
                == ["pending", "{School}"])
        // What they might do is not the table's to change.
        #expect(
            try await play.site.row(
                "SELECT last_name, flags::text FROM members WHERE area_id = \(play.site.area.id) AND id = \(play.director.id)"
            )
                == ["เมืองงาม", "{SA}"])
        #expect(await play.site.get("/members/invitations", as: play.admin).text.contains("หนึ่ง ดี"))
    }

    @Test func `with 300 mistakes each is named, and nothing is stored`() async throws {
        let play = try await JoinSite()
        let rows = (0..<300).map { "ก\($0),นาย,ชื่อ,สกุล,\($0 % 2 == 0 ? "ไม่มีที่นี่" : ""),ครู,," }
        let list = ([Self.head] + rows).joined(separator: "\n")
        let preview = await send(list, to: "/members/import", play)
        #expect(preview.status == 200)
        #expect(preview.text.contains("ต้องแก้ 600 ช่องก่อน"))
        #expect(preview.text.contains("A301") && preview.text.contains("E300"))
        #expect(await send(list, to: "/members/import/applied", play).status == 422)
        #expect(try await count(play) == "2")
    }

    @Test func `twice in the table, of another's mailbox, or to another unit is said in its cell`() async throws {
        let play = try await JoinSite()
        let unit = try await unitName(play)
        _ = try await TestSite.makeUnit("โรงเรียนอื่น", in: play.site.area, play.site.database)
        try await play.site.execute(
            "UPDATE members SET email = 'taken@example.org' WHERE area_id = \(play.site.area.id) AND id = \(play.admin.id)"
        )
        let list = """
            \(Self.head)
            a.one,,หนึ่ง,ดี,\(unit),,taken@example.org,
            a.two,,สอง,ดี,\(unit),,,
            a.two,,สาม,ดี,\(unit),,,
            \(play.director.username),,สมศักดิ์,ดี,โรงเรียนอื่น,,,
            """
        let text = await send(list, to: "/members/import", play).text
        #expect(text.contains("ต้องแก้ 3 ช่องก่อน"))
        for cell in ["G2", "A4", "E5"] { #expect(text.contains("<b>\(cell)</b>"), "\(cell)") }
    }

    @Test func `what was downloaded comes in again and changes nothing`() async throws {
        let play = try await JoinSite()
        let sheet = await play.site.get("/members/import/members.xlsx", as: play.admin)
        guard case .bytes(let bytes) = sheet.body else { return }
        let before = try await play.site.row(
            "SELECT string_agg(row_to_json(m)::text, '' ORDER BY id) FROM members m WHERE area_id = \(play.site.area.id)"
        )
        let answer = await play.site.upload(
            Array(bytes.bytes), named: "members.xlsx", as: "file", to: "/members/import/applied", as: play.admin)
        #expect(answer.status == 303, "\(answer.text)")
        let after = try await play.site.row(
            "SELECT string_agg(row_to_json(m)::text, '' ORDER BY id) FROM members m WHERE area_id = \(play.site.area.id)"
        )
        #expect(before == after)
    }
}
