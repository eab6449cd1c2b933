import HTTP
import Kernel
import Outbound
import Postgres
import Runtime
import TestSupport
import Testing

/// Over a mail server that others wrote, which the gate starts.
@Suite(.database, .enabled(if: MailServer.folder != nil)) struct `Letters about a request to join` {
    private func tell(_ job: String, _ request: String, _ play: JoinSite) async throws {
        try await play.site.run(job: job, ["request": JSON(Int(request) ?? 0)], mailRoom: MailServer.room)
    }

    /// The path within the area of a letter's one link.
    private func link(in letter: JSON, _ play: JoinSite) throws -> String {
        let text = letter["text"]?.textValue ?? ""
        let start = "http://\(TestSite.host)/\(play.site.area.code)"
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(start) })
        return String(line.dropFirst(start.count).prefix { !$0.isWhitespace })
    }

    @Test func `tell who asked where their request is, and what came of it`() async throws {
        let play = try await JoinSite()
        let email = "join-\(play.site.area.code)@example.org"
        let path = try await play.join(["email": email])
        let id = try play.id(of: path)
        try await tell("request-received", id, play)
        #expect(try link(in: MailServer.letter(to: email), play) == path)
        let reason: KeyValuePairs<String, String> = ["reason": "ไม่ใช่ครูของโรงเรียนนี้"]
        _ = await play.site.post("/members/requests/\(id)/refusal", reason, as: play.admin)
        try await tell("request-decided", id, play)
        #expect(try MailServer.letter(to: email)["text"]?.textValue?.contains("ไม่ใช่ครูของโรงเรียนนี้") == true)
    }

    @Test func `bring the director of the unit a link that works once`() async throws {
        let play = try await JoinSite()
        let email = "director-\(play.site.area.code)@example.org"
        try await play.site.execute(
            "UPDATE members SET email = \(email) WHERE area_id = \(play.site.area.id) AND id = \(play.director.id)")
        let id = try play.id(of: try await play.join(["email": ""]))
        try await tell("request-received", id, play)
        let link = try link(in: MailServer.letter(to: email), play)
        let answer: KeyValuePairs<String, String> = ["answer": "yes", "name": "ก", "position": "director"]
        #expect(await play.site.post(link, answer).status == 303)
        #expect(await play.site.post(link, answer).status == 409)
    }
}
