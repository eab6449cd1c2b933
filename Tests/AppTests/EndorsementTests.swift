import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A director endorses a request to join` {
    @Test func `signed in, from the home page, once, and only of their own unit`() async throws {
        let play = try await JoinSite()
        let id = try play.id(of: try await play.join())
        #expect(await play.site.get("/", as: play.director).text.contains("/endorsements/\(id)"))
        let other = try await TestSite.makeUnit("โรงเรียนอื่น", in: play.site.area, play.site.database)
        let stranger = try await play.site.member(holding: .selfAssess)
        try await play.site.execute(
            "UPDATE members SET unit_id = \(other) WHERE area_id = \(play.site.area.id) AND id = \(stranger.id)")
        #expect(await !play.site.get("/", as: stranger).text.contains("/endorsements/\(id)"))
        #expect(await play.site.get("/endorsements/\(id)", as: stranger).status == 404)
        #expect(await play.site.post("/endorsements/\(id)", ["answer": "yes"], as: stranger).status == 404)

        #expect(await play.site.post("/endorsements/\(id)", ["answer": "yes"], as: play.director).status == 303)
        #expect(await play.site.post("/endorsements/\(id)", ["answer": "yes"], as: play.director).status == 409)
        #expect(await !play.site.get("/", as: play.director).text.contains("/endorsements/\(id)"))
        #expect(await play.site.get("/members/requests", as: play.admin).text.contains("รับรองแล้ว"))
    }

    @Test func `or doesn't, and says why, which the administrator reads`() async throws {
        let play = try await JoinSite()
        let id = try play.id(of: try await play.join())
        let mute = await play.site.post("/endorsements/\(id)", ["answer": "no"], as: play.director)
        #expect(mute.status == 422 && mute.text.contains("id=\"words-problem\""))
        let reason: KeyValuePairs<String, String> = ["answer": "no", "words": "ย้ายไปแล้ว"]
        #expect(await play.site.post("/endorsements/\(id)", reason, as: play.director).status == 303)
        #expect(await play.site.get("/members/requests/\(id)", as: play.admin).text.contains("ย้ายไปแล้ว"))
        let bare: KeyValuePairs<String, String> = ["unit": "\(play.site.unit)"]
        #expect(await play.site.post("/members/requests/\(id)/approval", bare, as: play.admin).status == 422)
    }

    @Test func `by a link, once`() async throws {
        let play = try await JoinSite()
        let id = try play.id(of: try await play.join())
        let link = try await play.link(for: id)
        #expect(await play.site.get(link).text.contains("น้ำใจ ฐานะดี"))
        let nameless = await play.site.post(link, ["answer": "yes", "position": "director"])
        #expect(nameless.status == 422 && nameless.text.contains("id=\"name-problem\""))
        let answer: KeyValuePairs<String, String> = ["answer": "yes", "name": "นายสมศักดิ์ เมืองงาม", "position": "acting"]
        #expect(await play.site.post(link, answer).status == 303)
        let used = await play.site.get(link).text
        #expect(used.contains("นายสมศักดิ์ เมืองงาม รักษาการ"))
        // What was a letter may lie about for years: used, it tells no more of the person than the name.
        #expect(!used.contains("08 1000 0001") && !used.contains("namjai@example.go.th"))
        #expect(await play.site.post(link, answer).status == 409)
        let second = try await play.link(for: try play.id(of: try await play.join(["username": "second"])))
        #expect(second != link)
    }

    @Test func `not by a link that is too old, forged, or another area's`() async throws {
        let play = try await JoinSite()
        let id = try play.id(of: try await play.join())
        let link = try await play.link(for: id)
        let answer: KeyValuePairs<String, String> = ["answer": "yes", "name": "ก", "position": "director"]
        #expect(await play.site.get(String(link.dropLast()) + (link.hasSuffix("A") ? "B" : "A")).status == 404)
        #expect(await play.site.post("/endorse/1-1", answer).status == 404)
        #expect(await (try JoinSite()).site.get(link).status == 404)
        try await play.site.execute(
            "UPDATE secret_links SET expires_at = now() WHERE area_id = \(play.site.area.id)")
        let old = await play.site.get(link).text
        #expect(old.contains("หมดอายุ") && !old.contains("08 1000 0001"))
        #expect(await play.site.post(link, answer).status == 409)
        #expect(
            try await play.site.row(
                "SELECT endorsed IS NULL FROM account_requests WHERE area_id = \(play.site.area.id)") == ["true"])
    }

    @Test func `not of what is decided meanwhile`() async throws {
        let play = try await JoinSite()
        let path = try await play.join()
        let link = try await play.link(for: try play.id(of: path))
        _ = await play.site.post(path + "/withdrawal")
        let answer: KeyValuePairs<String, String> = ["answer": "yes", "name": "ก", "position": "director"]
        #expect(await play.site.post(link, answer).status == 409)
    }

    @Test func `or signs on paper, which comes as a file`() async throws {
        let play = try await JoinSite()
        let path = try await play.join()
        let id = try play.id(of: path)
        let text = await play.site.upload(
            Array("<script>".utf8), named: "a.pdf", as: "file", to: path + "/signed-copy", as: nil)
        #expect(text.status == 422 && text.text.contains("id=\"file-problem\""))
        let paper = await play.site.get(path + "/form.pdf")
        guard case .bytes(let bytes) = paper.body else { return }
        let sent = await play.site.upload(
            Array(bytes.bytes), named: "แบบคำขอ.pdf", as: "file", to: path + "/signed-copy", as: nil)
        #expect(sent.status == 303)
        #expect(await play.site.get("/members/requests/\(id)/signed-copy", as: play.admin).status == 200)
        #expect(await play.site.get("/members/requests/\(id)/signed-copy", as: play.director).status == 403)
        let unit: KeyValuePairs<String, String> = ["unit": "\(play.site.unit)"]
        #expect(await play.site.post("/members/requests/\(id)/approval", unit, as: play.admin).status == 303)
        #expect(
            await play.site.upload(Array(bytes.bytes), named: "a.pdf", as: "file", to: path + "/signed-copy", as: nil)
                .status
                == 409)
    }
}

extension JoinSite {
    /// A link that the administrator hands over, as its path within the area.
    fileprivate func link(for request: String) async throws -> String {
        let page = await site.post("/members/requests/\(request)/endorsement-links", as: admin)
        let address = try #require(page.text.firstMatch(of: /id="endorsement-link">([^<]+)</))
        return String(address.1.dropFirst("http://\(TestSite.host)/\(site.area.code)".count))
    }
}
