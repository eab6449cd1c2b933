import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A role` {
    @Test func `gives its flags to many at once, and counts whom it changed`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let (one, two) = (try await site.member(holding: .named("School")), try await site.member())
        let three = try await site.member(holding: .named("Proof"), .named("File"))
        let role = try await makeRole(site, admin, "ผู้ตรวจ", "Proof", "File")
        let token = try await site.apiToken(of: admin, .members)
        let ids = [one, two, three].map { "\($0.id)" }.joined(separator: ",")
        let response = await site.api(.post, "/roles/\(role)/application", token: token, "{\"members\":\"\(ids)\"}")
        #expect(response.status == 200)
        #expect(response.text == "{\"changed\":2}")
        #expect(try await flags(of: one, site) == "{School,Proof,File}")
        #expect(try await flags(of: two, site) == "{Proof,File}")
        #expect(try await flags(of: three, site) == "{Proof,File}")
        let entries = try await site.row(
            """
            SELECT count(*), min(after ->> 'role')
            FROM journal
            WHERE area_id = \(site.area.id) AND action = 'role.applied'
            """)
        #expect(entries == ["2", "ผู้ตรวจ"])
    }

    @Test func `is given to those who are ticked on its page`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let (one, two) = (try await site.member(), try await site.member())
        let role = try await makeRole(site, admin, "สารบรรณ", "Letters")
        let page = await site.get("/roles/\(role)/application", as: admin).text
        #expect(page.contains("value=\"\(one.id)\"") && page.contains("value=\"\(two.id)\""))
        let ticked: KeyValuePairs<String, String> = ["member": "\(one.id)", "member": "\(two.id)"]
        #expect(await site.post("/roles/\(role)/application", ticked, as: admin).status == 303)
        #expect(try await flags(of: two, site) == "{Letters}")
        #expect(await site.post("/roles/\(role)/application", as: admin).status == 422)
    }

    @Test func `can take the place of all flags that somebody has`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let teacher = try await site.member(holding: .named("School"), .named("Friends"))
        let role = try await makeRole(site, admin, "ผู้ตรวจ", "Proof")
        let form: KeyValuePairs<String, String> = ["member": "\(teacher.id)", "replace": "on"]
        #expect(await site.post("/roles/\(role)/application", form, as: admin).status == 303)
        #expect(try await flags(of: teacher, site) == "{Proof}")
    }

    @Test(arguments: [(Area.Kind.primary, "{Proof,Upload}"), (.central, "{Upload,Certify}")])
    func `holds only flags of its area's kind`(kind: Area.Kind, held: String) async throws {
        let site = try await TestSite(kind: kind)
        let admin = try await site.member(holding: .members)
        let name = "ชุดผสม \(admin.username)"
        let role = try await makeRole(site, admin, name, "Proof", "Upload", "Certify", "Nonsense")
        #expect(
            try await site.row("SELECT flags::text FROM roles WHERE area_id = \(site.area.id) AND id = \(role)::bigint")
                == [held])
    }

    @Test func `of another area isn't there, nor are its members`() async throws {
        let (site, other) = (try await TestSite(), try await TestSite())
        let admin = try await site.member(holding: .members)
        let theirs = try await other.member(holding: .members)
        let stranger = try await other.member()
        let role = try await makeRole(site, admin, "ผู้ตรวจ", "Proof")
        let form: KeyValuePairs<String, String> = ["member": "\(stranger.id)"]
        #expect(await other.get("/roles/\(role)", as: theirs).status == 404)
        #expect(await other.post("/roles/\(role)/application", form, as: theirs).status == 404)
        #expect(await other.post("/roles/\(role)/removal", as: theirs).status == 404)
        #expect(await other.get("/roles", as: theirs).text.contains("ผู้ตรวจ") == false)
        #expect(await site.post("/roles/\(role)/application", form, as: admin).status == 303)
        #expect(try await flags(of: stranger, other) == "{}")
    }

    @Test func `is changed by the one who opened it last, and has a name of its own`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let role = try await makeRole(site, admin, "ผู้ตรวจ", "Proof")
        _ = try await makeRole(site, admin, "สารบรรณ", "Letters")
        let form: KeyValuePairs<String, String> = ["name": "ผู้ตรวจ 2", "flags": "File", "version": "1"]
        #expect(await site.post("/roles/\(role)", form, as: admin).status == 303)
        #expect(await site.post("/roles/\(role)", form, as: admin).status == 409)
        let twin = await site.post("/roles/\(role)", ["name": "สารบรรณ", "flags": "File"], as: admin)
        #expect(twin.status == 422 && twin.text.contains("id=\"name-problem\""))
    }

    @Test func `that is removed leaves what it gave`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let teacher = try await site.member()
        let role = try await makeRole(site, admin, "ผู้ตรวจ", "Proof")
        #expect(
            await site.post("/roles/\(role)/application", ["member": "\(teacher.id)"], as: admin).status == 303)
        #expect(await site.post("/roles/\(role)/removal", as: admin).status == 303)
        #expect(await site.get("/roles/\(role)", as: admin).status == 404)
        #expect(try await flags(of: teacher, site) == "{Proof}")
    }

    @Test func `never makes an operator but by an operator`() async throws {
        let site = try await TestSite(kind: .central)
        let admin = try await site.member(holding: .members)
        let op = try await site.member(holding: .members, .operate)
        let form: KeyValuePairs<String, String> = ["name": "ผู้ดูแล \(op.username)", "flags": "Operate"]
        #expect(await site.post("/roles", form, as: admin).status == 403)
        let role = try await makeRole(site, op, "ผู้ดูแล \(op.username)", "Operate")
        #expect(await site.post("/roles/\(role)/application", ["member": "\(admin.id)"], as: admin).status == 403)
        #expect(try await flags(of: admin, site) == "{M}")
    }

    @Test func `never takes one's own M`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let role = try await makeRole(site, admin, "ผู้ตรวจ", "Proof")
        let form: KeyValuePairs<String, String> = ["member": "\(admin.id)", "replace": "on"]
        #expect(await site.post("/roles/\(role)/application", form, as: admin).status == 409)
        #expect(try await flags(of: admin, site) == "{M}")
    }

    @Test func `never takes the last M, though a deputy gives it`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .members)
        let deputy = try await site.member()
        let role = try await makeRole(site, admin, "ผู้ตรวจ", "Proof")
        let today = Day(inBangkok: .now).text
        let acting: KeyValuePairs<String, String> = [
            "username": deputy.username, "first-day": today, "last-day": today, "reason": "ไปราชการ",
        ]
        #expect(await site.post("/account/acting", acting, as: admin).status == 303)
        let id = try await site.row("SELECT id FROM actings WHERE area_id = \(site.area.id)")[0]
        #expect(await site.post("/account/acting/\(id)/beginning", as: deputy).status == 303)
        let form: KeyValuePairs<String, String> = ["member": "\(admin.id)", "replace": "on"]
        #expect(await site.post("/roles/\(role)/application", form, as: deputy).status == 409)
        #expect(try await flags(of: admin, site) == "{M}")
    }

    private func makeRole(
        _ site: TestSite, _ admin: TestMember, _ name: String, _ flags: String...
    ) async throws -> String {
        var form = Fields(["name": name])
        for flag in flags { form.add("flags", flag) }
        form.add("form-token", site.formToken)
        let response = await site.respond(
            .post, "/roles", as: admin, body: TextBody(String(form.queryText.dropFirst())), Headers())
        #expect(response.status == 303)
        return try await site.row("SELECT id FROM roles WHERE area_id = \(site.area.id) AND name = \(name)")[0]
    }

    private func flags(of member: TestMember, _ site: TestSite) async throws -> String {
        try await site.row("SELECT flags::text FROM members WHERE area_id = \(site.area.id) AND id = \(member.id)")[0]
    }
}
