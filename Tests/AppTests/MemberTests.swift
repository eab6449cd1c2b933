import HTTP
import Kernel
import Postgres
import TestSupport
import Testing

@Suite(.database) struct `An administrator switches flags in the table` {
    @Test func `a click gives the flag, and the record says who gave it`() async throws {
        let site = try await TestSite()
        let admin = try await site.member("อรทัย", holding: .members)
        let teacher = try await site.member("น้ำใจ")

        let response = await site.post("/members/flags", ["switch": "Proof.yes.\(teacher.id)"], as: admin)

        #expect(response.status == 303)
        #expect(
            try await site.row("SELECT flags::text FROM members WHERE area_id = \(site.area.id) AND id = \(teacher.id)")
                == ["{Proof}"])
        let entry = try await site.row(
            """
            SELECT action, actor_name, subject, before ->> 'Proof' AS was, after ->> 'Proof' AS is
            FROM journal
            WHERE area_id = \(site.area.id)
            ORDER BY number DESC
            LIMIT 1
            """)
        #expect(entry.first == "flag.granted")
        #expect(entry[1].hasPrefix("อรทัย"))
        #expect(Array(entry[2...]) == ["member/\(teacher.id)", "false", "true"])
    }

    @Test func `with htmx only the row comes back`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let teacher = try await site.member()
        let response = await site.post(
            "/members/flags", ["switch": "File.yes.\(teacher.id)"], as: admin, ["hx-request": "true"])
        #expect(response.status == 200)
        #expect(response.headers["hx-retarget"] == "#m\(teacher.id)")
        #expect(response.text.hasPrefix("<tr id=\"m\(teacher.id)\">"))
        #expect(response.text.contains("value=\"File.no.\(teacher.id)\" aria-pressed=\"true\""))
    }

    @Test func `a flag that is taken works at once in a live session`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let second = try await site.member(holding: .members)
        #expect(await site.get("/members", as: second).status == 200)
        _ = await site.post("/members/flags", ["switch": "M.no.\(second.id)"], as: admin)
        #expect(await site.get("/members", as: second).status == 403)
    }

    @Test func `a disabled account is out at once`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let teacher = try await site.member()
        #expect(await site.get("/account", as: teacher).status == 200)
        _ = await site.post("/members/flags", ["switch": "Status.disabled.\(teacher.id)"], as: admin)
        #expect(await site.get("/account", as: teacher).status == 303)
    }

    @Test(arguments: ["M.no", "Status.disabled"])
    func `the last who manages members can't be lost`(switched: String) async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let response = await site.post("/members/flags", ["switch": "\(switched).\(admin.id)"], as: admin)
        #expect(response.status == 409)
        #expect(await site.get("/members", as: admin).status == 200)
    }

    @Test func `a member of another area isn't there`() async throws {
        let site = try await TestSite()
        let other = try await TestSite()
        let admin = try await site.member(holding: .members)
        let stranger = try await other.member()
        #expect(await site.post("/members/flags", ["switch": "File.yes.\(stranger.id)"], as: admin).status == 404)
        #expect(await site.get("/members/\(stranger.id)", as: admin).status == 404)
        #expect(
            try await other.row(
                "SELECT flags::text FROM members WHERE area_id = \(other.area.id) AND id = \(stranger.id)") == ["{}"])
    }

    @Test func `only an operator makes an operator`() async throws {
        let site = try await TestSite(kind: .central)
        let admin = try await site.member(holding: .members)
        let clerk = try await site.member()
        #expect(await site.post("/members/flags", ["switch": "Operate.yes.\(clerk.id)"], as: admin).status == 403)
        let op = try await site.member(holding: .members, .operate)
        #expect(await site.post("/members/flags", ["switch": "Operate.yes.\(clerk.id)"], as: op).status == 303)
    }
}

@Suite(.database) struct `An administrator keeps members` {
    @Test func `a new one gets a temporary password, shown once`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let response = await site.post("/members", form(in: site, username: "new.teacher"), as: admin)
        #expect(response.status == 200)
        #expect(response.text.contains("id=\"temporary-password\""))
        let row = try await site.row(
            "SELECT must_change_password, status FROM members WHERE area_id = \(site.area.id) AND username = 'new.teacher'"
        )
        #expect(row == ["true", "enabled"])
    }

    @Test func `a user name that is taken is said at its field, and the rest stays`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let response = await site.post("/members", form(in: site, username: admin.username), as: admin)
        #expect(response.status == 422)
        #expect(response.text.contains("id=\"username-problem\""))
        #expect(response.text.contains("value=\"ปัญญา\""))
    }

    @Test func `all that is wrong is said at once`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let response = await site.post(
            "/members", ["first-name": "", "last-name": "", "username": "ก", "email": "x", "unit": ""], as: admin)
        #expect(response.status == 422)
        for field in ["first-name", "last-name", "username", "email", "unit"] {
            #expect(response.text.contains("id=\"\(field)-problem\""), "\(field)")
        }
    }

    @Test func `who opened the form before another saved is told`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let teacher = try await site.member()
        let fields: KeyValuePairs<String, String> = [
            "first-name": "ปัญญา", "last-name": "ดี", "username": "abc.def", "unit": "\(site.unit)", "version": "1",
        ]
        #expect(await site.post("/members/\(teacher.id)", fields, as: admin).status == 303)
        #expect(await site.post("/members/\(teacher.id)", fields, as: admin).status == 409)
    }

    private func form(in site: TestSite, username: String) -> KeyValuePairs<String, String> {
        ["first-name": "ปัญญา", "last-name": "ทองดี", "username": username, "unit": "\(site.unit)", "position": "ครู"]
    }
}

@Suite(.database) struct `An administrator sees the site as another` {
    @Test func `sees what the other sees, and changes nothing`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let teacher = try await site.member("ผู้น้อย")
        #expect(await site.post("/members/\(teacher.id)/see-as", as: admin).status == 303)
        #expect(await site.get("/members", as: admin).status == 403)
        #expect(await site.get("/account", as: admin).text.contains("ผู้น้อย"))
        #expect(await site.post("/account/sessions/end", as: admin).status == 403)
        #expect(await site.post("/see-as/end", as: admin).status == 303)
        #expect(await site.get("/members", as: admin).status == 200)
    }
}
