import HTTP
import Kernel
import Outbound
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

/// Over a mail server that others wrote, which the gate starts.
@Suite(.database, .enabled(if: MailServer.folder != nil)) struct `A forgotten password` {
    private static let new = "ที่นี่มีน้ำใจ 2569"

    private struct Play {
        let site: TestSite
        let member: TestMember
        let email: String

        init() async throws {
            site = try await TestSite()
            member = try await site.member()
            email = "forgot-\(member.username)@example.org"
            try await site.execute(
                "UPDATE members SET email = \(email) WHERE area_id = \(site.area.id) AND id = \(member.id)")
        }

        /// Asks, and returns the path of the link that came.
        func link() async throws -> String {
            #expect(await site.post("/password/links", ["name": member.username]).status == 303)
            try await site.run(job: "password-link", ["name": .text(member.username)], mailRoom: MailServer.room)
            let text = try MailServer.letter(to: email)["text"]?.textValue ?? ""
            let start = "http://\(TestSite.host)/\(site.area.code)"
            return String(
                try #require(text.split(separator: "\n").first { $0.hasPrefix(start) }).dropFirst(start.count))
        }

        func choose(_ link: String, _ password: String = new, again: String? = nil) async -> Response {
            await site.post(link, ["password": password, "again": again ?? password])
        }
    }

    @Test func `is chosen anew by a link, once, and every session ends`() async throws {
        let play = try await Play()
        let (older, link) = (try await play.link(), try await play.link())
        #expect(await play.site.get("/account", as: play.member).status == 200)
        #expect(await play.site.get(link).status == 200)
        #expect(await play.choose(link, "short").status == 422)
        #expect(await play.choose(link, again: "another one").status == 422)
        #expect(await play.choose(link).status == 303)
        #expect(await play.site.get("/account", as: play.member).status == 303)
        let signedIn = await play.site.post(
            "/sign-in", ["username": play.member.username, "password": Self.new])
        #expect(signedIn.status == 303)
        // Neither that link again, nor one that was sent before.
        #expect(await play.choose(link).status == 409)
        #expect(await play.choose(older).status == 409)
        #expect(await play.site.get(link).text.contains("หมดอายุ"))
    }

    @Test func `not by a link that is too old, forged, or of one who is disabled`() async throws {
        let play = try await Play()
        let link = try await play.link()
        #expect(await play.site.get(String(link.dropLast()) + (link.hasSuffix("A") ? "B" : "A")).status == 404)
        #expect(await play.site.get("/endorse/" + (link.split(separator: "/").last ?? "")).status == 404)
        try await play.site.execute(
            "UPDATE members SET status = 'disabled' WHERE area_id = \(play.site.area.id) AND id = \(play.member.id)")
        #expect(await play.choose(link).status == 404)
        try await play.site.execute(
            "UPDATE members SET status = 'enabled' WHERE area_id = \(play.site.area.id) AND id = \(play.member.id)")
        try await play.site.execute("UPDATE secret_links SET expires_at = now() WHERE area_id = \(play.site.area.id)")
        #expect(await play.choose(link).status == 409)
    }

    @Test func `is sent to nobody who isn't there`() async throws {
        let play = try await Play()
        for name in ["nobody", "nobody@example.org", ""] {
            try await play.site.run(job: "password-link", ["name": .text(name)], mailRoom: MailServer.room)
        }
        #expect(
            try await play.site.row("SELECT count(*) FROM secret_links WHERE area_id = \(play.site.area.id)")
                == ["0"])
    }
}

@Suite(.database) struct `Asking for a password` {
    @Test func `by mail is answered the same for any name, with the same work`() async throws {
        let site = try await TestSite()
        let member = try await site.member()
        try await site.execute("UPDATE members SET email = 'known@example.org' WHERE area_id = \(site.area.id)")
        var answers: [(Int, String, String)] = []
        for name in [member.username, "known@example.org", "nobody", "nobody@example.org"] {
            let answer = await site.post("/password/links", ["name": name])
            let saying = answer.headers.all("set-cookie").first { $0.contains("says") } ?? ""
            let jobs = try await site.row(
                "SELECT count(*) FROM jobs WHERE area_id = \(site.area.id) AND kind = 'password-link'")
            answers.append((answer.status, answer.headers["location"] ?? "", saying + jobs[0]))
        }
        #expect(answers.allSatisfy { $0.0 == 303 && $0.1 == answers[0].1 })
        let sayings = answers.enumerated().map { $1.2.hasSuffix(String($0 + 1)) ? String($1.2.dropLast()) : "" }
        #expect(Set(sayings).count == 1 && !sayings[0].isEmpty)
    }

    private func form(_ play: JoinSite, _ changes: [String: String] = [:]) -> KeyValuePairs<String, String> {
        func value(_ name: String, _ usual: String) -> String { changes[name] ?? usual }
        return [
            "citizen": value("citizen", JoinSite.citizen(1)), "title": "นางสาว", "first-name": "น้ำใจ",
            "last-name": "ฐานะดี", "title-en": "Miss", "first-name-en": "Namjai", "last-name-en": "Thanadee",
            "mobile": "08 1000 0001", "unit": "\(play.site.unit)", "position": "ครู",
            "username": value("username", play.director.username), "reason": value("reason", "forgotten"),
            "channel": value("channel", "line"), "channel-address": value("channel-address", "namjai.line"),
        ]
    }

    /// The path of the asker's page, and the number of the request.
    private func ask(_ play: JoinSite, _ changes: [String: String] = [:]) async throws -> (path: String, id: String) {
        let answer = await play.site.post("/password/request", form(play, changes))
        #expect(answer.status == 303, "\(answer.text)")
        let path = String(try #require(answer.headers["location"]).dropFirst("/\(play.site.area.code)".count))
        return (path, try play.id(of: path))
    }

    @Test func `by the form gives a temporary one, which must be changed at once`() async throws {
        let play = try await JoinSite()
        let asker = try await play.site.member("น้ำใจ", holding: .school)
        let (path, id) = try await ask(play, ["username": asker.username])
        #expect(await play.site.post("/endorsements/\(id)", ["answer": "yes"], as: play.director).status == 303)
        // No number on file to compare: the administrator says how they know.
        let bare = await play.site.post("/members/requests/\(id)/password", [:], as: play.admin)
        #expect(bare.status == 422 && bare.text.contains("id=\"note-problem\""))
        let note: KeyValuePairs<String, String> = ["note": "โทรกลับแล้ว"]
        let page = await play.site.post("/members/requests/\(id)/password", note, as: play.admin)
        let password = try #require(page.text.firstMatch(of: /id="temporary-password">([^<]+)</)).1
        #expect(await play.site.get("/account", as: asker).status == 303)
        let signedIn = await play.signIn(asker.username, String(password))
        #expect(signedIn.status == 303)
        let session = asker.signedIn(by: signedIn)
        #expect(
            await play.site.get("/reports", as: session).headers["location"]?.hasSuffix("/account/password") == true)
        #expect(await play.site.get(path).text.contains("ไลน์"))
        #expect(await play.site.post("/members/requests/\(id)/password", note, as: play.admin).status == 409)
    }

    @Test func `by the form is not given by the administrator to themselves`() async throws {
        let play = try await JoinSite()
        let (_, id) = try await ask(play, ["username": play.admin.username])
        let answer = await play.site.post("/members/requests/\(id)/password", ["note": "x"], as: play.admin)
        #expect(answer.status == 409)
        #expect(await play.site.get("/members", as: play.admin).status == 200)
    }

    @Test func `by the form is taken for any name, and the administrator sees whose it is`() async throws {
        let play = try await JoinSite()
        let seal: SQL = "decode('00', 'hex')"
        try await play.site.execute(
            """
            UPDATE members SET citizen_sealed = \(part: seal), citizen_hash = \(part: seal)
            WHERE area_id = \(play.site.area.id) AND id = \(play.director.id)
            """)
        let (known, stranger) = (try await ask(play), try await ask(play, ["username": "nobody"]))
        #expect(await play.site.get(known.path).text.count > 0)
        let desk = await play.site.get("/members/requests/\(known.id)", as: play.admin).text
        #expect(desk.contains("เลขประจำตัวไม่ตรงกับบัญชี"))
        #expect(
            await play.site.get("/members/requests/\(stranger.id)", as: play.admin).text.contains("ไม่มีบัญชีชื่อ nobody"))
        let note: KeyValuePairs<String, String> = ["note": "x"]
        #expect(await play.site.post("/members/requests/\(stranger.id)/password", note, as: play.admin).status == 409)
        // What is asked for is what can be given.
        #expect(await play.site.post("/members/requests/\(known.id)/approval", note, as: play.admin).status == 404)
        let join = try play.id(of: try await play.join())
        #expect(await play.site.post("/members/requests/\(join)/password", note, as: play.admin).status == 404)
    }

    @Test(arguments: [
        ("citizen", "1550000000013"), ("username", ""), ("reason", "bored"), ("channel", "pigeon"),
        ("channel-address", ""),
    ])
    func `what can't be is said at its field`(field: String, value: String) async throws {
        let play = try await JoinSite()
        let answer = await play.site.post("/password/request", form(play, [field: value]))
        #expect(answer.status == 422 && answer.text.contains("id=\"\(field)-problem\""))
    }

    @Test func `on paper has what the form says`() async throws {
        let play = try await JoinSite()
        let (path, _) = try await ask(play)
        guard case .bytes(let bytes) = await play.site.get(path + "/form.pdf").body else { return }
        let reading = try PaperReading(Array(bytes.bytes))
        #expect(reading.pages == 1)
        for word in ["แบบคำขอเปลี่ยนรหัสการใช้งานระบบสารสนเทศ", "ลืมรหัสผ่าน", "namjai.line", play.director.username] {
            #expect(reading.text.contains(PaperReading.composed(word)), "\(word)")
        }
    }
}
