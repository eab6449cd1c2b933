import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(1))) struct `A client may take only so much` {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(arguments: ["G", "GET / HTTP/1.1\r\nHost: x\r\n"])
    func `time for a request that it has begun`(part: String) async throws {
        try await serving(within: .with { $0.headSeconds = 0 }, echo) { server in
            let client = try TestClient(to: server)
            try await client.send(part)
            let reply = try await client.reply()
            #expect(reply.status == 408 && reply["connection"] == "close")
            #expect(try await client.rest() == "")
        }
    }

    @Test func `time from the first byte on, however steadily it sends`() async throws {
        try await serving(within: .with { $0.headSeconds = 1 }, echo) { server in
            let client = try TestClient(to: server)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nA: ")
            // Every tenth of a second a byte, until the server says that it is enough.
            while !client.hasNews(withinMilliseconds: 100) { try await client.send("a") }
            #expect(try await client.reply().status == 408)
        }
    }

    @Test func `time without asking anything, and hears nothing then`() async throws {
        try await serving(within: .with { $0.idleSeconds = 0 }, echo) { server in
            // Nothing is sent first: on a busy machine the time may be over before it arrives.
            let client = try TestClient(to: server)
            #expect(try await client.rest() == "")
            #expect(await server.answered == [:])
        }
    }

    @Test func `time without taking the answer`() async throws {
        let body = ByteBuffer([UInt8](repeating: 120, count: 24 << 20))
        try await serving(
            within: .with { $0.writeStallSeconds = 0 }, { _ in Response(200, body: .bytes(body)) }
        ) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.get)
            while await server.connectionCount > 0 { try await Task.sleep(nanoseconds: 50_000_000) }
            // What had gone out before is still there, but not all.
            await #expect(throws: ClientError.self) { try await client.reply() }
        }
    }

    @Test func `connections from one place`() async throws {
        try await serving(within: .with { $0.connectionsPerPeer = 1 }, echo) { server in
            // Each of the two loops takes one.
            let first = try await opened(server)
            let second = try await opened(server)
            let reply = try await ask(server, "")
            #expect(reply.status == 429 && reply["retry-after"] == "5" && reply["connection"] == "close")
            try await first.send(Self.get)
            #expect(try await first.reply().status == 200)
            _ = second
        }
    }

    @Test func `connections, but a trusted proxy as many as there are`() async throws {
        let limits = ServerLimits.with { $0.connectionsPerPeer = 1 }
        try await serving(within: limits, trusting: ["127.0.0.1"], echo) { server in
            let clients = [try await opened(server), try await opened(server), try await opened(server)]
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `connections of all there are`() async throws {
        try await serving(within: .with { $0.connections = 1 }, echo) { server in
            let clients = [try await opened(server), try await opened(server)]
            let reply = try await ask(server, "")
            #expect(reply.status == 503 && reply["retry-after"] == "5")
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `connections again when others have ended`() async throws {
        try await serving(within: .with { $0.connectionsPerPeer = 1 }, echo) { server in
            for _ in 0..<5 {
                var client: TestClient? = try await opened(server)
                withExtendedLifetime(client) {}
                client = nil
                while await server.connectionCount > 0 { await Task.yield() }
            }
        }
    }

    private func opened(_ server: Server) async throws -> TestClient {
        let client = try TestClient(to: server)
        try await client.send(Self.get)
        let status = try await client.reply().status
        #expect(status == 200)
        return client
    }
}
