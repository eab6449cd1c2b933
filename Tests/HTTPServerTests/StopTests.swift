import Glibc
import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite struct `A server that stops` {
    @Test func `lets what is under way end, and takes nothing new`() async throws {
        let (begun, gate) = (Gate(), Gate())
        let respond: Responder = { request in
            guard request.path == "/slow" else { return .text(200, "quick") }
            begun.open()
            await gate.wait()
            return .text(200, "whole")
        }
        try await serving(respond) { server in
            let slow = try TestClient(to: server)
            let idle = try TestClient(to: server)
            try await idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await idle.reply().text == "quick")
            try await slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /after HTTP/1.1\r\nHost: x\r\n\r\n")
            await begun.wait()
            async let stopped: Void = server.stop(grace: 20)
            #expect(try await idle.rest() == "")
            #expect(throws: ClientError.self) { try TestClient(to: server) }
            gate.open()
            let reply = try await slow.reply()
            #expect(reply.text == "whole" && reply["connection"] == "close")
            #expect(try await slow.rest() == "")
            await stopped
            #expect(await server.connectionCount == 0)
        }
    }

    @Test func `closes nothing of others' when it is told to stop again`() async throws {
        try await serving({ _ in .text(200, "") }) { server in
            await server.stop(grace: 0)
            // The lowest free numbers: the listening socket's own, most likely, is among them.
            let others = (0..<64).map { _ in dup(2) }
            await server.stop(grace: 0)
            #expect(others.allSatisfy { fcntl($0, F_GETFD) >= 0 })
            for other in others { close(other) }
        }
    }

    @Test func `ends what won't end by itself`() async throws {
        let (begun, cancelled) = (Gate(), Gate())
        let respond: Responder = { _ in
            begun.open()
            if await !Gate().wait() { cancelled.open() }
            return .text(200, "too late")
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await begun.wait()
            await server.stop(grace: 0)
            #expect(await cancelled.wait())
            #expect(try await client.rest() == "")
        }
    }
}
