import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(1))) struct `A request's body` {
    private static let post = "POST / HTTP/1.1\r\nHost: x\r\n"

    @Test(arguments: [
        ("5\r\nhello\r\n0\r\n\r\n", "hello"), ("0\r\n\r\n", ""), ("000005\r\nhello\r\n0\r\n\r\n", "hello"),
        ("2\r\nhe\r\n3\r\nllo\r\n00\r\n\r\n", "hello"), ("5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n", "hello"),
        ("2\r\n\r\n\r\n0\r\nX-Checksum: 1\r\nContent-Length: 9\r\n\r\n", "\r\n"),
        ("f\r\nน้ำใจ\r\n0\r\n\r\n", "น้ำใจ"), ("F\r\nน้ำใจ\r\n0\r\n\r\n", "น้ำใจ"),
    ])
    func `in chunks is put together, and the next request begins after it`(chunks: String, body: String) async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send(
                Self.post + "Transfer-Encoding: chunked\r\n\r\n\(chunks)GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().text == "POST / \(body)")
            #expect(try await client.reply().text == "GET /next ")
        }
    }

    @Test(arguments: [
        "x\r\n", "\r\n", "-5\r\nhello\r\n", "+5\r\nhello\r\n", "0x5\r\nhello\r\n", " 5\r\nhello\r\n", "5 \r\nhello\r\n",
        "5\nhello\r\n", "5\r\nhello\n", "5\r\nhello!\r\n", "5\r\nhell\r\n0\r\n\r\n", "5\rhello\r\n",
        "1000000000000\r\n", "FFFFFFFFFFFFFFFFF\r\n", "5;\u{0}\r\nhello\r\n", "5;a\n\r\nhello\r\n",
        "0\r\nX-Check,sum: 1\r\n\r\n", "0\r\nX\r\n\r\n", "0\r\n X: y\r\n\r\n", "0\r\n: y\r\n\r\n", "0\r\nX : y\r\n\r\n",
        "0\r\nX: \u{1}\r\n\r\n", "0\r\nX: y\n\r\n", "0\r\n\r\r\n",
    ])
    func `in malformed chunks ends the connection`(chunks: String) async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send(
                Self.post + "Transfer-Encoding: chunked\r\n\r\n\(chunks)GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            let reply = try await client.reply()
            #expect(reply.status == 400 && reply["connection"] == "close")
            #expect(try await client.rest() == "")
        }
    }

    @Test func `in chunks has a limit to what is beside the chunks`() async throws {
        try await serving(echo) { server in
            let reply = try await ask(
                server, Self.post + "Transfer-Encoding: chunked\r\n\r\n5;\(String(repeating: "a", count: 5000))\r\n")
            #expect(reply.status == 400)
        }
    }

    @Test func `comes as fast as it is read`() async throws {
        let (gate, size) = (Gate(), 48 << 20)
        let respond: Responder = { request in
            await gate.wait()
            var count = 0
            do {
                while let piece = try await request.body.next(limit: size) { count += piece.count }
                return .text(200, String(count))
            } catch {
                return .text(status(of: error), "\(error)")
            }
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.post + "Content-Length: \(size)\r\n\r\n")
            let taken = try await client.sendUntilFull(size)
            // What the kernel holds for both sides; the server must not hold the rest for a handler that doesn't read.
            #expect(taken < 24 << 20)
            gate.open()
            try await client.send([UInt8](repeating: 120, count: size - taken))
            #expect(try await client.reply().text == String(size))
        }
    }

    @Test func `that is announced too large is refused while it still comes`() async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.post + "Content-Length: 9000000\r\n\r\n")
            _ = try? await client.send([UInt8](repeating: 120, count: 400_000))
            let reply = try await client.reply()
            #expect(reply.status == 413 && reply["connection"] == "close" && reply.text == "tooLarge")
        }
    }

    @Test func `that grows too large is refused`() async throws {
        let chunk = "10000\r\n\(String(repeating: "x", count: 65_536))\r\n"
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send(
                Self.post + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 17))
            let reply = try await client.reply()
            #expect(reply.status == 413 && reply["connection"] == "close")
        }
    }

    @Test(arguments: [(100_000, true), (300_000, false)])
    func `that nobody reads is read over if it is small`(size: Int, stays: Bool) async throws {
        try await serving({ _ in .text(200, "fine") }) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.post + "Content-Length: \(size)\r\n\r\n" + String(repeating: "x", count: size))
            #expect(try await client.reply()["connection"] == (stays ? nil : "close"))
            guard stays else { return }
            try await client.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().text == "fine")
        }
    }

    @Test func `is asked for when it is wanted`() async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.post + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try await client.reply().status == 100)
            try await client.send("hello")
            #expect(try await client.reply().text == "POST / hello")
        }
    }

    @Test func `is not asked for when it isn't wanted`() async throws {
        try await serving({ _ in .text(403, "no") }) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.post + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            let reply = try await client.reply()
            #expect(reply.status == 403 && reply["connection"] == "close")
        }
    }

    @Test func `that stops coming is given up`() async throws {
        try await serving(within: .with { $0.bodyStallSeconds = 0 }, echo) { server in
            let reply = try await ask(server, Self.post + "Content-Length: 5\r\n\r\nhe")
            #expect(reply.status == 408 && reply.text == "tooSlow")
        }
    }

    @Test(arguments: ["Content-Length: 5\r\n\r\nhe", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"])
    func `that is cut off is not taken for whole`(part: String) async throws {
        let (outcome, teller) = AsyncStream.makeStream(of: String.self)
        let respond: Responder = { request in
            do {
                teller.yield("read \(try await request.body.collected(limit: 100).count)")
            } catch {
                teller.yield("\(error)")
            }
            return Response(204)
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.post + part)
            client.finish()
            var outcomes = outcome.makeAsyncIterator()
            #expect(await outcomes.next() == "gone")
        }
    }
}
