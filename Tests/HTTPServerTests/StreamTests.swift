import Glibc
import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(1))) struct `An answer in pieces` {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `arrives piece by piece`() async throws {
        let (stream, source) = AsyncStream.makeStream(of: [UInt8].self)
        let respond: Responder = { _ in
            Response(200, headers: ["content-type": "text/event-stream"], body: .stream(stream))
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.get)
            let head = try await client.head()
            #expect(head["content-type"] == "text/event-stream" && head["transfer-encoding"] == "chunked")
            #expect(head["content-length"] == nil)
            for event in ["data: หนึ่ง\n\n", "data: 2\n\n"] {
                source.yield(Array(event.utf8))
                // The next event is made only when this one has come.
                #expect(String(decoding: try await client.chunk(), as: UTF8.self) == event)
            }
            // An empty chunk would end the answer.
            source.yield([])
            source.yield([33])
            #expect(try await client.chunk() == [33])
            source.finish()
            #expect(try await client.chunk() == [])
        }
    }

    @Test func `leaves the connection for the next`() async throws {
        try await serving(pieces("one", "two")) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.get + Self.get)
            #expect(try await client.reply().text == "onetwo")
            #expect(try await client.reply().text == "onetwo")
        }
    }

    @Test func `ends with the connection in HTTP/1.0`() async throws {
        try await serving(pieces("one", "two")) { server in
            let reply = try await ask(server, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(reply.text == "onetwo" && reply["connection"] == "close" && reply["transfer-encoding"] == nil)
        }
    }

    @Test func `is made no faster than it is taken`() async throws {
        let made = Lock(0)
        let respond: Responder = { _ in
            let stream = AsyncStream<[UInt8]> {
                made.withLock { $0 += 1 }
                return [UInt8](repeating: 120, count: 1 << 20)
            }
            return Response(200, body: .stream(stream))
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            try await client.send(Self.get)
            _ = try await client.head()
            var (before, now) = (-1, 0)
            while before != now {
                try await Task.sleep(nanoseconds: 100_000_000)
                (before, now) = (now, made.withLock { $0 })
            }
            #expect(now < 32)
        }
    }

    @Test func `ends when the client has gone`() async throws {
        let ended = Gate()
        let (stream, source) = AsyncStream.makeStream(of: [UInt8].self)
        source.onTermination = { _ in ended.open() }
        try await serving({ _ in Response(200, body: .stream(stream)) }) { server in
            var client: TestClient? = try TestClient(to: server)
            try await client?.send(Self.get)
            source.yield([33])
            #expect(try await client?.head().status == 200)
            client = nil
            #expect(await ended.wait())
            while await server.connectionCount > 0 { await Task.yield() }
        }
    }

    private func pieces(_ texts: String...) -> Responder {
        { _ in
            let (stream, source) = AsyncStream.makeStream(of: [UInt8].self)
            for text in texts { source.yield(Array(text.utf8)) }
            source.finish()
            return Response(200, body: .stream(stream))
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A file` {
    @Test func `is sent whole and in part`() async throws {
        let file = try TestFile(size: 5_000_000)
        try await serving(file.respond) { server in
            let client = try TestClient(to: server)
            try await client.send(request())
            let whole = try await client.reply()
            #expect(whole.status == 200 && whole.body == file.bytes && whole["etag"] == "\"v1\"")
            try await client.send(request("Range: bytes=4999990-\r\n"))
            let end = try await client.reply()
            #expect(end.status == 206 && end.body == Array(file.bytes.suffix(10)))
            #expect(end["content-range"] == "bytes 4999990-4999999/5000000")
            try await client.send(request("Range: bytes=1000000-3999999\r\n"))
            #expect(try await client.reply().body == Array(file.bytes[1_000_000..<4_000_000]))
            try await client.send(request("Range: bytes=5000000-\r\n"))
            #expect(try await client.reply().status == 416)
            try await client.send(request("If-None-Match: \"v1\"\r\n"))
            #expect(try await client.reply().status == 304)
            try await client.send("HEAD" + request().dropFirst(3))
            #expect(try await client.reply(toHead: true)["content-length"] == "5000000")
            try await client.send(request("Range: bytes=0-0\r\n"))
            #expect(try await client.reply().body == [file.bytes[0]])
        }
    }

    @Test func `that is empty is sent too`() async throws {
        let file = try TestFile(size: 0)
        try await serving(file.respond) { server in
            let client = try TestClient(to: server)
            try await client.send(request() + request())
            #expect(try await client.reply()["content-length"] == "0")
            #expect(try await client.reply().status == 200)
        }
    }

    @Test func `that has become shorter ends the connection, so that nobody takes it for whole`() async throws {
        let file = try TestFile(size: 1000)
        try await serving(file.respond) { server in
            #expect(truncate(file.path, 600) == 0)
            let client = try TestClient(to: server)
            try await client.send(request())
            #expect(try await client.head()["content-length"] == "1000")
            #expect(try await client.restBytes() == Array(file.bytes[..<600]))
        }
    }

    @Test func `that is gone ends the connection`() async throws {
        let file = try TestFile(size: 1000)
        unlink(file.path)
        try await serving(file.respond) { server in
            let client = try TestClient(to: server)
            try await client.send(request())
            await #expect(throws: ClientError.self) { try await client.reply() }
        }
    }

    private func request(_ fields: String = "") -> String { "GET /file HTTP/1.1\r\nHost: x\r\n\(fields)\r\n" }
}

/// A file of bytes that tell where they stand.
private final class TestFile: Sendable {
    let path: String
    let bytes: [UInt8]

    init(size: Int) throws {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        self.path = path
        bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try Disk.write(bytes, to: path)
    }

    deinit { unlink(path) }

    var respond: Responder {
        let facts = FileFacts(path: path, size: bytes.count, type: "application/octet-stream", tag: "v1")
        return { .file(facts, for: $0) }
    }
}
