import Glibc
import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(1))) struct `A connection` {
    @Test func `carries one request after another`() async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            for number in 1...3 {
                try await client.send("GET /\(number)?q=a+b HTTP/1.1\r\nHost: x\r\n\r\n")
                let reply = try await client.reply()
                #expect(reply.status == 200 && reply.text == "GET /\(number)?q=a%20b ")
                #expect(reply["connection"] == nil)
                #expect(reply["date"]?.hasSuffix(" GMT") == true)
            }
            #expect(await server.answered == [200: 3])
        }
    }

    @Test func `answers in the order of the requests, however long each takes`() async throws {
        let respond: Responder = { request in
            if request.path == "/1" { for _ in 0..<200 { await Task.yield() } }
            return await echo(request)
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            try await client.send(
                "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok"
                    + "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
                    + "GET /4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /5 HTTP/1.1\r\nHost: x\r\n\r\n")
            for expected in ["POST /1 ok", "GET /2 ", "POST /3 ok", "GET /4 "] {
                #expect(try await client.reply().text == expected)
            }
            #expect(try await client.rest() == "")
        }
    }

    @Test func `is the same however the bytes are cut`() async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            for byte in "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n".utf8 {
                try await client.send([byte])
            }
            #expect(try await client.reply().text == "POST /a ok")
        }
    }

    @Test func `answers HEAD without a body`() async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            let reply = try await client.reply(toHead: true)
            #expect(reply.status == 200 && reply["content-length"] == "8")
            #expect(try await client.reply().text == "GET /b ")
        }
    }

    @Test(arguments: [204, 304])
    func `announces no length where there can be no body`(status: Int) async throws {
        try await serving({ _ in Response(status) }) { server in
            let reply = try await ask(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(reply.status == status && reply["content-length"] == nil)
        }
    }

    @Test func `announces an empty body`() async throws {
        try await serving({ _ in .seeOther("/there") }) { server in
            let reply = try await ask(server, "POST / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(reply.status == 303 && reply["content-length"] == "0" && reply["location"] == "/there")
        }
    }

    @Test(arguments: [
        ("HTTP/1.1\r\nHost: x\r\nConnection: close", "close"), ("HTTP/1.1\r\nHost: x\r\nConnection: a, Close", "close"),
        ("HTTP/1.0", "close"), ("HTTP/1.0\r\nConnection: close, keep-alive", "close"),
    ])
    func `is closed when the client wishes so`(rest: String, connection: String) async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send("GET / \(rest)\r\n\r\n")
            #expect(try await client.reply()["connection"] == connection)
            #expect(try await client.rest() == "")
        }
    }

    @Test func `of HTTP/1.0 is kept when the client says so`() async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            for _ in 0..<2 {
                try await client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                #expect(try await client.reply()["connection"] == "keep-alive")
            }
        }
    }

    @Test func `serves on when the client has only closed its own side`() async throws {
        try await serving(echo) { server in
            let client = try TestClient(to: server)
            try await client.send("GET /last HTTP/1.1\r\nHost: x\r\n\r\n")
            client.finish()
            #expect(try await client.reply().text == "GET /last ")
            #expect(try await client.rest() == "")
        }
    }

    @Test func `ends at once when the client's end comes together with its last bytes`() async throws {
        let begun = Gate()
        let hasEnded = Lock(false)
        let respond: Responder = { request in
            begun.open()
            // Nothing else happens on the loop meanwhile, so that both come as one event.
            while !hasEnded.withLock({ $0 }) { usleep(1000) }
            return await echo(request)
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            try await client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            await begun.wait()
            try await client.send("GET /b HT")
            client.finish()
            hasEnded.withLock { $0 = true }
            #expect(try await client.reply().text == "GET /a ")
            #expect(try await client.rest() == "")
        }
    }

    @Test func `gives no field a line break`() async throws {
        let respond: Responder = { _ in
            Response(200, headers: ["x-name": "a\r\nSet-Cookie: b=1\r\n\r\n<script>\u{0}\tก"])
        }
        try await serving(respond) { server in
            let reply = try await ask(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(reply["x-name"] == "aSet-Cookie: b=1<script>\tก")
            #expect(reply["set-cookie"] == nil && reply.body.isEmpty)
        }
    }

    @Test func `whose client is gone cancels what nobody waits for`() async throws {
        let (begun, cancelled) = (Gate(), Gate())
        let respond: Responder = { _ in
            begun.open()
            if await !Gate().wait() { cancelled.open() }
            return Response(204)
        }
        try await serving(respond) { server in
            var client: TestClient? = try TestClient(to: server)
            try await client?.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await begun.wait()
            client = nil
            #expect(await cancelled.wait())
        }
    }
}
