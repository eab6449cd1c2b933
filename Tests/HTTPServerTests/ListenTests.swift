import Glibc
import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite struct `A server at a path` {
    @Test func `serves there, and takes the socket away when it stops`() async throws {
        let path = socketPath()
        try await serving(at: .path(path), tellPeer) { server in
            let client = try TestClient(path: path)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().text == "unix")
            #expect(server.port == nil)
        }
        #expect(!Disk.exists(path))
    }

    @Test func `leaves a server that is there alone`() async throws {
        let path = socketPath()
        try await serving(at: .path(path), tellPeer) { _ in
            await #expect(throws: ListenError.self) { try await serving(at: .path(path), tellPeer) { _ in } }
            let client = try TestClient(path: path)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().status == 200)
        }
    }

    @Test func `takes the place of a server that is gone`() async throws {
        let path = socketPath()
        close(try Listener(at: .path(path)).socket)
        #expect(Disk.exists(path))
        try await serving(at: .path(path), tellPeer) { _ in
            let client = try TestClient(path: path)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().status == 200)
        }
    }

    @Test func `touches no file that is something else`() async throws {
        let path = socketPath()
        try Disk.write("important".utf8, to: path)
        defer { unlink(path) }
        let error = #expect(throws: ListenError.self) { try Listener(at: .path(path)) }
        #expect(error?.description == "can't listen on \(path): something else lies there")
        #expect(try Disk.readText(path) == "important")
    }

    @Test func `says why it can't`() {
        let error = #expect(throws: ListenError.self) { try Listener(at: .path("/nowhere/x.sock")) }
        #expect(error?.description == "can't listen on /nowhere/x.sock: No such file or directory")
    }

    private func socketPath() -> String { "/tmp/rabrong-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock" }
}

@Suite struct `A server on a descriptor that it inherits` {
    @Test func `serves there`() async throws {
        let listener = try Listener(at: .port(host: "127.0.0.1", 0))
        let opener = try #require(listener.port)
        try await serving(at: .inherited(listener.socket), tellPeer) { server in
            #expect(server.port == nil)
            let client = try TestClient(port: opener)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().text == "127.0.0.1")
        }
    }

    @Test func `refuses one that doesn't listen`() throws {
        let pair = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(pair) }
        for descriptor in [pair, 0, 9999] {
            let error = #expect(throws: ListenError.self) { try Listener(at: .inherited(descriptor)) }
            #expect(error?.description == "descriptor \(descriptor) is not a listening socket")
        }
    }
}

@Suite struct `A server at a port` {
    @Test func `says when another is there`() async throws {
        try await serving(tellPeer) { server in
            let port = try #require(server.port)
            let error = #expect(throws: ListenError.self) { try Listener(at: .port(host: "127.0.0.1", port)) }
            #expect(error?.description == "can't listen on 127.0.0.1:\(port): another program listens there")
        }
    }

    @Test func `says when the address is none of this machine's`() {
        let error = #expect(throws: ListenError.self) { try Listener(at: .port(host: "no such host", 0)) }
        #expect(error?.description == "no such host is not an address of this machine")
        #expect(throws: ListenError.self) { try Listener(at: .port(host: "192.0.2.1", 0)) }
    }
}

@Sendable private func tellPeer(_ request: Request) async -> Response { .text(200, request.peer) }
