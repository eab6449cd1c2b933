import App
import HTTP
import Kernel
import Members
import Postgres
import TestSupport
import Testing

@Suite(.database) struct `An area's settings` {
    @Test func `count at once, in that area only`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let (other, stranger) = try await siteWithAdmin()
        let form: KeyValuePairs<String, String> = [
            "hue": "140", "digits": "thai", "phone": "0 5471 0001", "welcome": "ยินดีต้อนรับ",
        ]
        #expect(await site.post("/settings", form, as: admin).status == 303)
        #expect(await site.get("/sign-in").text.contains("ยินดีต้อนรับ"))
        #expect(await site.get("/settings", as: admin).text.contains("๐ ๕๔๗๑ ๐๐๐๑"))
        #expect(await !other.get("/sign-in").text.contains("ยินดีต้อนรับ"))
        #expect(await !other.get("/settings", as: stranger).text.contains("0 5471 0001"))
    }

    @Test func `are not saved over those of somebody else`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let form: KeyValuePairs<String, String> = ["hue": "140", "digits": "thai", "version": "1"]
        #expect(await site.post("/settings", form, as: admin).status == 303)
        #expect(await site.post("/settings", form, as: admin).status == 409)
    }

    @Test(arguments: [
        ("hue", "360"), ("hue", "blue"), ("digits", "roman"), ("email", "x"), ("host", "no spaces.th"),
        ("host", "nodot"), ("host", "-a.th"), ("host", "a..th"), ("host", "http://a.th"), ("host", "a.th:80"),
    ])
    func `that can't be are said at their field`(field: String, value: String) async throws {
        let (site, admin) = try await siteWithAdmin()
        var form = Fields(["hue": "1", "digits": "thai"])
        form.set(field, value)
        form.add("form-token", site.formToken)
        let response = await site.respond(
            .post, "/settings", as: admin, body: TextBody(String(form.queryText.dropFirst())), Headers())
        #expect(response.status == 422)
        #expect(response.text.contains("id=\"\(field)-problem\""))
    }

    @Test func `have a picture, by its content and not by its name`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let (other, _) = try await siteWithAdmin()
        let script = Array("<svg onload=\"alert(1)\"></svg>".utf8)
        for wrong in [script, Array("GIF89a".utf8), [], Array(repeating: 0, count: 200_001)] {
            #expect(await upload(wrong, as: "logo.png", site, admin) == 422)
        }
        #expect(await site.get("/logo").status == 404)
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
        #expect(await upload(picture, as: "logo.svg", site, admin) == 303)
        let logo = await site.get("/logo")
        #expect(logo.status == 200 && logo.headers["content-type"] == "image/png")
        #expect(logo.headers["x-content-type-options"] == "nosniff")
        #expect(await site.get("/sign-in").text.contains("src=\"/\(site.area.code)/logo?v="))
        #expect(await other.get("/logo").status == 404)
        #expect(await site.post("/settings/logo/removal", as: admin).status == 303)
        #expect(await site.get("/logo").status == 404)
    }

    private func upload(_ content: [UInt8], as name: String, _ site: TestSite, _ admin: TestMember) async -> Int {
        await site.upload(content, named: name, as: "logo", to: "/settings/logo", as: admin).status
    }
}

@Suite(.database) struct `An area's own host name` {
    @Test func `opens its pages, without the code before them`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let host = "kpi.\(site.area.code).go.th"
        #expect(await site.post("/settings", form(host: host.uppercased()), as: admin).status == 303)
        for name in [host, host.uppercased(), "\(host):8080"] {
            let page = await get("/account", at: name, site, admin)
            #expect(page.status == 200)
            #expect(page.text.contains("href=\"/units\"") && !page.text.contains("\"/\(site.area.code)"))
        }
        #expect(await get("/account", at: host, site).headers["location"] == "/sign-in?next=%2Faccount")
        #expect(await get("/\(site.area.code)/account", at: host, site, admin).status == 404)
        #expect(await site.get("/account", as: admin).status == 200)
    }

    @Test func `opens no other area`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let (other, stranger) = try await siteWithAdmin()
        let host = "kpi.\(site.area.code).go.th"
        #expect(await site.post("/settings", form(host: host), as: admin).status == 303)
        #expect(await get("/\(other.area.code)/account", at: host, other, stranger).status == 404)
        #expect(await get("/account", at: host, other, stranger).status == 303)
    }

    @Test func `can't be taken by another area, which then keeps all that it had`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let (other, stranger) = try await siteWithAdmin()
        let host = "kpi.\(site.area.code).go.th"
        #expect(await site.post("/settings", form(host: host), as: admin).status == 303)
        let refused = await other.post("/settings", form(host: host), as: stranger)
        #expect(refused.status == 422)
        #expect(refused.text.contains("id=\"host-problem\"") && refused.text.contains("value=\"\(host)\""))
        #expect(await get("/sign-in", at: host, other).text.contains(site.area.name))
        #expect(
            try await other.row("SELECT hue = 7, version FROM area_settings WHERE area_id = \(other.area.id)")
                == ["false", "1"])
        #expect(
            try await other.row(
                "SELECT count(*) FROM journal WHERE area_id = \(other.area.id) AND action = 'settings.saved'") == ["0"])
    }

    @Test func `is on the record, and can be given back at once`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let (other, stranger) = try await siteWithAdmin()
        let host = "kpi.\(site.area.code).go.th"
        #expect(await site.post("/settings", form(host: host), as: admin).status == 303)
        #expect(await site.get("/settings", as: admin).text.contains("value=\"\(host)\""))
        #expect(await site.post("/settings", form(host: ""), as: admin).status == 303)
        #expect(await other.post("/settings", form(host: host), as: stranger).status == 303)
        let entry = try await site.row(
            """
            SELECT before ->> 'host', after ->> 'host' AS after
            FROM journal
            WHERE area_id = \(site.area.id)
            ORDER BY number DESC
            LIMIT 1
            """)
        #expect(entry == [host, ""])
    }

    @Test func `is never that of the platform, where all areas are`() async throws {
        let (site, admin) = try await siteWithAdmin()
        let refused = await site.post("/settings", form(host: TestSite.host), as: admin)
        #expect(refused.status == 422)
        #expect(refused.text.contains("id=\"host-problem\""))
    }

    private func form(host: String) -> KeyValuePairs<String, String> {
        ["hue": "7", "digits": "thai", "host": host]
    }

    /// The address as a browser at the host name asks for it.
    private func get(
        _ path: String, at host: String, _ site: TestSite, _ member: TestMember? = nil
    ) async -> Response {
        var headers: Headers = ["host": host]
        if let member { headers.add("cookie", "\(Gate.cookieName(of: site.area))=\(member.token)") }
        return await site.app.respond(Request(.get, path, headers: headers, peer: "10.1.2.3"))
    }
}

private func siteWithAdmin() async throws -> (TestSite, TestMember) {
    let site = try await TestSite()
    return (site, try await site.member(holding: .settings))
}
