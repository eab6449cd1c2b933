import HTTP
import HTTPServer
import Kernel
import Outbound
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

/// Another program, which keeps what it is sent.
private final class Receiver: Sendable {
    struct Message: Sendable {
        var signature: String
        var body: String
    }

    private let kept = Lock<[Message]>([])
    private let answer = Lock(200)

    var messages: [Message] { kept.withLock { $0 } }
    func answers(_ status: Int) { answer.withLock { $0 = status } }

    func events() throws -> [JSON] {
        try messages.flatMap { try JSON(parsing: $0.body.utf8)["events"]?.items ?? [] }
    }

    /// Serves while `body` runs, which is given its address.
    func serving(_ body: (String) async throws -> Void) async throws {
        let loop = EventLoop()
        defer { loop.stop() }
        let server = try await Server(at: .port(host: "127.0.0.1", 0), on: [loop]) { [kept, answer] request in
            let bytes = (try? await request.body.collected(limit: 1 << 20)) ?? []
            let signature = request.headers["x-rabrong-signature"] ?? ""
            kept.withLock { $0.append(Message(signature: signature, body: String(decoding: bytes, as: UTF8.self))) }
            return .text(answer.withLock { $0 }, "")
        }
        do {
            try await body("http://127.0.0.1:\(server.port ?? 0)/hook")
        } catch {
            await server.stop(grace: 0)
            throw error
        }
        await server.stop(grace: 1)
    }
}

@Suite(.database) struct `A web hook` {
    private let path = "/settings/hooks"

    /// A site whose hooks may stay on this machine, with the number of one that hears of what is returned and checked.
    private func hook(
        at address: String, on site: ReportSite
    ) async throws -> (program: TestSite, admin: TestMember, id: Int) {
        let program = try site.site.with(["RABRONG_REACH": "anywhere"])
        let admin = try await site.site.member("ผู้ดูแล", holding: .settings)
        let form: KeyValuePairs = [
            "address": address, "actions": "report.returned", "actions": "report.checked",
        ]
        let added = await program.post(path, form, as: admin)
        #expect(added.status == 303, "\(added.text)")
        let id = try await site.site.row("SELECT id FROM web_hooks WHERE area_id = \(site.area)")[0]
        return (program, admin, Int(id) ?? 0)
    }

    private func jobs(_ site: ReportSite) async throws -> String {
        try await site.site.row(
            "SELECT count(*) FROM jobs WHERE area_id = \(site.area) AND kind = 'web-hook'")[0]
    }

    @Test func `is told of what it asked for, with whom it concerns, under our signature`() async throws {
        let (site, receiver) = (try await ReportSite(), Receiver())
        try await receiver.serving { address in
            let (program, admin, id) = try await hook(at: address, on: site)
            _ = await site.confirm()
            _ = await site.check("4.5")
            try await program.run(job: "news")
            #expect(try await jobs(site) == "1")
            try await program.run(job: "web-hook", ["hook": JSON(id)])
            // What ran twice tells nothing twice.
            try await program.run(job: "web-hook", ["hook": JSON(id)])

            let event = try #require(try receiver.events().first)
            #expect(try receiver.events().count == 1)
            #expect(event["action"]?.textValue == "report.checked" && event["words"]?.textValue == "ตรวจแล้ว")
            #expect(event["detail"]?.textValue == "4.50000")
            #expect(event["link"]?.textValue?.hasSuffix("/\(site.site.area.code)\(site.report)") == true)
            let names = event["to"]?.items.compactMap { $0["username"]?.textValue } ?? []
            #expect(Set(names) == [site.teacher.username, site.director.username])

            let message = receiver.messages[0]
            let page = await program.get(path, as: admin).text
            let key = try #require(
                page.split(separator: "<code class=\"text-break\">").dropFirst().first?.prefix { $0 != "<" })
            let time = message.signature.dropFirst(2).prefix { $0 != "," }
            let code = SecretKey(Array(key.utf8)).code(of: "\(time).\(message.body)").hexadecimal
            #expect(message.signature == "t=\(time),v1=\(code)")
            #expect(page.contains("รับล่าสุด"))
        }
    }

    @Test func `isn't told of anything else, nor of what was before it`() async throws {
        let (site, receiver) = (try await ReportSite(), Receiver())
        try await receiver.serving { address in
            _ = await site.confirm()
            _ = await site.check("4")
            let (program, _, id) = try await hook(at: address, on: site)
            _ = await site.site.post("\(site.report)/comments", ["comment": "เก็บต้นฉบับไว้"], as: site.checker)
            try await program.run(job: "news")
            try await program.run(job: "web-hook", ["hook": JSON(id)])
            #expect(receiver.messages.isEmpty)
        }
    }

    @Test func `that doesn't answer is told later, of all that came meanwhile, and its administrators know`()
        async throws
    {
        let (site, receiver) = (try await ReportSite(), Receiver())
        try await receiver.serving { address in
            let (program, admin, id) = try await hook(at: address, on: site)
            _ = await site.confirm()
            _ = await site.check("4")
            receiver.answers(500)
            try await program.run(job: "news")
            await #expect(throws: (any Error).self) { try await program.run(job: "web-hook", ["hook": JSON(id)]) }
            #expect(await program.get("/", as: admin).text.contains("ส่งการแจ้งเตือนไป 127.0.0.1"))
            #expect(await program.get(path, as: admin).text.contains("ปลายทางตอบ 500"))
            _ = await site.site.post("\(site.report)/check/undoing", as: site.checker)
            _ = await site.site.post(
                "\(site.report)/return", ["comment": "ตรวจใหม่", "correct-by": "1/1/2600"], as: site.checker)
            try await program.run(job: "news")
            // One waits already.
            #expect(try await jobs(site) == "1")
            receiver.answers(204)
            try await program.run(job: "web-hook", ["hook": JSON(id)])
            #expect(await !program.get("/", as: admin).text.contains("ส่งการแจ้งเตือนไป 127.0.0.1"))
            let actions = try receiver.events().compactMap { $0["action"]?.textValue }
            #expect(actions == ["report.checked", "report.checked", "report.returned"])
        }
    }

    @Test func `names nobody who asked not to be named`() async throws {
        let (site, receiver) = (try await ReportSite(), Receiver())
        try await receiver.serving { address in
            let (program, _, id) = try await hook(at: address, on: site)
            #expect(
                await program.post("/account/notices", ["mail": "never", "hooks": "no"], as: site.teacher).status == 303
            )
            _ = await site.confirm()
            _ = await site.check("4")
            try await program.run(job: "news")
            try await program.run(job: "web-hook", ["hook": JSON(id)])
            let names = try receiver.events()[0]["to"]?.items.compactMap { $0["username"]?.textValue }
            #expect(names == [site.director.username])
            // A program that speaks of the mail alone leaves it so.
            _ = await program.post("/account/notices", ["mail": "daily"], as: site.teacher)
            #expect(await program.get("/account/notices", as: site.teacher).text.contains("value=\"no\" selected"))
        }
    }

    @Test func `can be tried at once`() async throws {
        let (site, receiver) = (try await ReportSite(), Receiver())
        try await receiver.serving { address in
            let (program, admin, id) = try await hook(at: address, on: site)
            #expect(await program.post("\(path)/\(id)/trial", as: admin).status == 303)
            #expect(receiver.messages.count == 1 && receiver.messages[0].body.contains("\"events\":[]"))
            receiver.answers(404)
            let failed = await program.post("\(path)/\(id)/trial", as: admin)
            #expect(failed.status == 409 && failed.text.contains("ปลายทางตอบ 404"))
        }
    }

    @Test func `never reaches this machine or its network, unless the operator lets it`() async throws {
        let (site, receiver) = (try await ReportSite(), Receiver())
        try await receiver.serving { address in
            let (_, admin, id) = try await hook(at: address, on: site)
            let failed = await site.site.post("\(path)/\(id)/trial", as: admin)
            #expect(failed.status == 409)
            #expect(receiver.messages.isEmpty)
        }
    }

    @Test(arguments: [
        ("http://example.go.th/hook", "report.checked", "address"), ("", "report.checked", "address"),
        ("ftp://example.go.th", "report.checked", "address"), ("https://example.go.th", "nothing", "actions"),
    ])
    func `is refused when it can't be one`(address: String, action: String, field: String) async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings)
        let refused = await site.post(path, ["address": address, "actions": action], as: admin)
        #expect(refused.status == 422 && refused.problem(at: field) != nil)
    }

    @Test func `is there once, has a new key when one is asked for, and goes`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings)
        let form: KeyValuePairs = ["address": "https://example.go.th/a?secret=1", "actions": "report.checked"]
        #expect(await site.post(path, form, as: admin).status == 303)
        let again = await site.post(path, form, as: admin)
        #expect(
            again.problem(at: "address")?.contains("มีที่อยู่นี้แล้ว") == true,
            "\(again.status) \(again.problem(at: "address") ?? "")")
        func key() async -> Substring? {
            await site.get(path, as: admin).text.split(separator: "<code class=\"text-break\">").dropFirst().first?
                .prefix { $0 != "<" }
        }
        let (id, old) = (try await site.row("SELECT id FROM web_hooks WHERE area_id = \(site.area.id)")[0], await key())
        #expect(await site.post("\(path)/\(id)/key", as: admin).status == 303)
        #expect(await key() != old)
        #expect(await site.post("\(path)/\(id)/removal", as: admin).status == 303)
        #expect(await key() == nil)
        // Its address may hold a secret of the other side.
        #expect(
            try await site.row(
                "SELECT count(*) FROM journal WHERE area_id = \(site.area.id) AND journal::text LIKE '%secret%'")
                == ["0"])
    }
}

@Suite struct `An address that others have given` {
    @Test(arguments: [
        "http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9", "http://0.0.0.0:9", "http://10.0.0.1:9",
        "http://169.254.169.254/latest", "http://192.168.1.1:9", "http://172.20.0.1:9", "http://100.64.0.1:9",
        "http://[::ffff:127.0.0.1]:9", "http://[fe80::1]:9", "http://[fd00::1]:9", "http://2130706433:9",
        "http://0x7f.1:9", "http://192.0.2.1:9", "http://[2002:7f00:1::]:9", "http://[64:ff9b::7f00:1]:9",
    ])
    func `is not reached when it is on the inside`(address: String) async {
        var request = OutboundRequest("GET", address)
        request.staysOutside = true
        request.seconds = 5
        let failure = await #expect(throws: OutboundFailure.self) { try await request.perform() }
        // Refused before anything is sent, not by whoever is there.
        #expect(failure?.isRefusedHere == true, "\(address): \(failure?.description ?? "")")
    }
}
