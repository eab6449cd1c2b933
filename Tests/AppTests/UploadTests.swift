import App
import Glibc
import HTTP
import HTTPServer
import Kernel
import Members
import Postgres
import Runtime
import TestSupport
import Testing

/// Over a real connection, and with a data folder of its own: what is left there is seen only there.
@Suite(.database, .timeLimit(.minutes(2))) struct `A file that comes over a connection` {
    @Test func `and is announced with 2 GB is refused before any of it is read`() async throws {
        try await uploading { place in
            let begin = Pieces([place.head("Content-Length: 2147483648"), place.part])
            let answer = try await place.client.answer { begin.next() }
            #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains("Connection: close"))
            #expect(place.data.temporarySize() == 0)
            try await place.expectNothing()
        }
    }

    @Test func `and doesn't end is refused, and no more of it lies on the disk than is taken`() async throws {
        try await uploading { place in
            let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 32, count: 1 << 20) + Array("\r\n".utf8)
            let (sent, most) = (Lock(0), Lock(0))
            let begin = Pieces([place.head("Transfer-Encoding: chunked"), place.chunk(place.part)])
            let answer = try await place.client.answer {
                if let first = begin.next() { return first }
                let written = place.data.temporarySize()
                most.withLock { $0 = max($0, written) }
                sent.withLock { $0 += 1 }
                return sent.withLock { $0 } <= 2048 ? chunk : nil
            }
            #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains("Connection: close"))
            #expect(sent.withLock { $0 } < 120)
            #expect(most.withLock { $0 } < 22_000_000)
            try await place.expectNothing()
        }
    }

    @Test func `and breaks off at nine tenths leaves nothing`() async throws {
        try await uploading { place in
            let body = place.part + [UInt8](repeating: 32, count: 1_000_000) + Array("\r\n--edge--\r\n".utf8)
            let bytes = place.head("Content-Length: \(body.count)") + body
            let data = place.data
            try await place.client.cutOff(after: Array(bytes.prefix(bytes.count * 9 / 10))) {
                data.temporarySize() > 500_000
            }
            try await place.expectNothing()
            let whole = Pieces([bytes])
            #expect(try await place.client.answer { whole.next() }.hasPrefix("HTTP/1.1 303 "))
            #expect(try await place.report.count("evidence") == "1")
        }
    }

    private func uploading(_ body: (Uploading) async throws -> Void) async throws {
        let report = try await ReportSite()
        var template = Array("/tmp/rabrong-tests/upload.XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        let site = try report.site.with(["RABRONG_DATA": folder])
        let loop = EventLoop()
        defer { loop.stop() }
        let server = try await Server(at: .port(host: "127.0.0.1", 0), on: [loop]) { await site.app.respond($0) }
        let client = RawClient(port: server.port ?? 0)
        do {
            try await body(
                Uploading(report: report, data: DataPlace(folder: folder), client: client, server: server))
        } catch {
            await server.stop(grace: 0)
            throw error
        }
        await server.stop(grace: 2)
    }
}

/// Where a program keeps what comes in.
private struct DataPlace: Sendable {
    let folder: String

    /// Bytes in temporary files now.
    func temporarySize() -> Int {
        files(below: "tmp").reduce(0) { $0 + $1.size }
    }

    func files(below name: String) -> [(path: String, size: Int)] {
        let home = "\(folder)/\(name)"
        return ((try? Disk.names(in: home)) ?? []).flatMap { child -> [(path: String, size: Int)] in
            var facts = stat()
            guard stat("\(home)/\(child)", &facts) == 0 else { return [] }
            let isFolder = facts.st_mode & S_IFMT == S_IFDIR
            return isFolder ? files(below: "\(name)/\(child)") : [("\(home)/\(child)", Int(facts.st_size))]
        }
    }
}

private struct Uploading {
    let report: ReportSite
    let data: DataPlace
    let client: RawClient
    let server: Server

    /// The teacher's request to send a file, with how long its body is.
    func head(_ length: String) -> [UInt8] {
        let cookies = "__Host-rabrong-browser=browser; \(Gate.cookieName(of: report.site.area))=\(report.teacher.token)"
        return Array(
            """
            POST /\(report.site.area.code)\(report.report)/evidence/1 HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookies)\r
            Content-Type: multipart/form-data; boundary=edge\r\n\(length)\r\n\r\n
            """.utf8)
    }

    /// What stands before the file's bytes, and the first of these.
    var part: [UInt8] {
        Array(
            """
            --edge\r\nContent-Disposition: form-data; name="form-token"\r\n\r\n\(report.site.formToken)\r
            --edge\r\nContent-Disposition: form-data; name="file-1"; filename="ผล.pdf"\r\n\r\n%PDF-1.7\n
            """.utf8)
    }

    func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    /// Once the server is done with the connection: no row, no bytes kept, no temporary file.
    func expectNothing(_ place: SourceLocation = #_sourceLocation) async throws {
        while await server.connectionCount > 0 {}
        #expect(try await report.count("evidence") == "0", sourceLocation: place)
        #expect(try await report.count("files") == "0", sourceLocation: place)
        #expect(data.files(below: "files").isEmpty, sourceLocation: place)
        #expect(data.files(below: "tmp").isEmpty, sourceLocation: place)
    }
}

/// Handed out one after the other.
final class Pieces: Sendable {
    private let pieces: Lock<ArraySlice<[UInt8]>>

    init(_ pieces: [[UInt8]]) { self.pieces = Lock(pieces[...]) }

    func next() -> [UInt8]? { pieces.withLock { $0.popFirst() } }
}
