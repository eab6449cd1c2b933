import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite struct `A malformed request` {
    /// Requests by what is wrong with them; `|` stands for a line break.
    static let malformed: KeyValuePairs<String, String> = [
        "no host": "GET / HTTP/1.1||",
        "two hosts": "GET / HTTP/1.1|Host: x|Host: x||",
        "two hosts of HTTP/1.0": "GET / HTTP/1.0|Host: x|Host: x||",
        "a list of hosts": "GET / HTTP/1.1|Host: x, y||",
        "a host with a path": "GET / HTTP/1.1|Host: x/y||",
        "a host with a user": "GET / HTTP/1.1|Host: u@x||",
        "a space before the colon": "GET / HTTP/1.1|Host : x||",
        "a tab before the colon": "GET / HTTP/1.1|Host: x|Content-Length\t: 5||",
        "no colon": "GET / HTTP/1.1|Host: x|Accept||",
        "no name": "GET / HTTP/1.1|Host: x|: y||",
        "a folded field": "GET / HTTP/1.1|Host: x|A: b| c||",
        "a fold after the request line": "GET / HTTP/1.1| Host: x||",
        "a name in parentheses": "GET / HTTP/1.1|Host: x|(A): b||",
        "a name with a letter that is not ASCII": "GET / HTTP/1.1|Host: x|ชื่อ: b||",
        "a NUL in a value": "GET / HTTP/1.1|Host: x|A: b\u{0}||",
        "a NUL in a name": "GET / HTTP/1.1|Host: x|A\u{0}: b||",
        "a control character in a value": "GET / HTTP/1.1|Host: x|A: b\u{1}c||",
        "a delete in a value": "GET / HTTP/1.1|Host: x|A: b\u{7F}||",
        "a return in a value": "GET / HTTP/1.1|Host: x|A: b\rc||",
        "a line feed alone": "GET / HTTP/1.1\nHost: x||",
        "only line feeds": "GET / HTTP/1.1\nHost: x\n\n",
        "a line feed alone after a field": "GET / HTTP/1.1|Host: x\nA: b||",
        "returns alone": "GET / HTTP/1.1\rHost: x||",
        "an empty line first": "|GET / HTTP/1.1|Host: x||",
        "two spaces after the method": "GET  / HTTP/1.1|Host: x||",
        "two spaces after the target": "GET /  HTTP/1.1|Host: x||",
        "a tab after the method": "GET\t/ HTTP/1.1|Host: x||",
        "a space first": " GET / HTTP/1.1|Host: x||",
        "a space last": "GET / HTTP/1.1 |Host: x||",
        "no version": "GET /|Host: x||",
        "no target": "GET HTTP/1.1|Host: x||",
        "a version in small letters": "GET / http/1.1|Host: x||",
        "a longer version": "GET / HTTP/1.10|Host: x||",
        "a method with a colon": "G:T / HTTP/1.1|Host: x||",
        "a raw letter in the target": "GET /ก HTTP/1.1|Host: x||",
        "a control character in the target": "GET /\u{1} HTTP/1.1|Host: x||",
        "a delete in the target": "GET /\u{7F} HTTP/1.1|Host: x||",
        "a NUL in the target": "GET /\u{0} HTTP/1.1|Host: x||",
        "a fragment": "GET /#a HTTP/1.1|Host: x||",
        "a target without a slash": "GET a HTTP/1.1|Host: x||",
        "a target of another scheme": "GET ftp://x/ HTTP/1.1|Host: x||",
        "a target without a host": "GET http:///a HTTP/1.1|Host: x||",
        "an asterisk with GET": "GET * HTTP/1.1|Host: x||",
        "a length twice": "POST / HTTP/1.1|Host: x|Content-Length: 5|Content-Length: 5||hello",
        "two lengths": "POST / HTTP/1.1|Host: x|Content-Length: 5|Content-Length: 6||hello",
        "a list of lengths": "POST / HTTP/1.1|Host: x|Content-Length: 5, 5||hello",
        "a length with a sign": "POST / HTTP/1.1|Host: x|Content-Length: +5||hello",
        "a negative length": "POST / HTTP/1.1|Host: x|Content-Length: -5||hello",
        "a length in hexadecimal": "POST / HTTP/1.1|Host: x|Content-Length: 0x5||hello",
        "a length with a space": "POST / HTTP/1.1|Host: x|Content-Length: 5 0||hello",
        "a length in Thai digits": "POST / HTTP/1.1|Host: x|Content-Length: ๕||hello",
        "an empty length": "POST / HTTP/1.1|Host: x|Content-Length:||hello",
        "a length beyond all": "POST / HTTP/1.1|Host: x|Content-Length: 99999999999999999999||hello",
        "a length and chunks": "POST / HTTP/1.1|Host: x|Content-Length: 5|Transfer-Encoding: chunked||0||",
        "chunks and a length": "POST / HTTP/1.1|Host: x|Transfer-Encoding: chunked|Content-Length: 5||0||",
        "chunks twice": "POST / HTTP/1.1|Host: x|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
        "chunks of HTTP/1.0": "POST / HTTP/1.0|Host: x|Transfer-Encoding: chunked||0||",
        "more fields than there can be": "GET / HTTP/1.1|Host: x|\(String(repeating: "A: b|", count: 100))|",
        "no HTTP": "\u{16}\u{3}\u{1}",
    ]

    @Test(arguments: malformed.map { $0 })
    func `is answered with 400, and nothing after it is read`(fault: String, request: String) async throws {
        try await refuses(request, with: 400)
    }

    @Test(
        arguments: [
            ("BREW / HTTP/1.1|Host: x||", 501), ("get / HTTP/1.1|Host: x||", 501),
            ("CONNECT x:443 HTTP/1.1|Host: x||", 501),
            ("POST / HTTP/1.1|Host: x|Transfer-Encoding: gzip, chunked||", 501),
            ("POST / HTTP/1.1|Host: x|Transfer-Encoding: identity||", 501),
            ("POST / HTTP/1.1|Host: x|Transfer-Encoding: xchunked||", 501),
            ("GET / HTTP/2.0|Host: x||", 505), ("GET / HTTP/0.9|Host: x||", 505),
            ("PRI * HTTP/2.0||SM||", 505),
            ("GET /\(String(repeating: "a", count: 8192)) HTTP/1.1|Host: x||", 414),
            ("GET / HTTP/1.1|Host: x|A: \(String(repeating: "a", count: 40_000))||", 431),
            (String(repeating: "a", count: 40_000), 431),
        ])
    func `that is only beyond us is answered so`(request: String, status: Int) async throws {
        try await refuses(request, with: status)
    }

    private func refuses(_ request: String, with status: Int) async throws {
        let wasAsked = Lock(false)
        let respond: Responder = { request in
            wasAsked.withLock { $0 = true }
            return await echo(request)
        }
        try await serving(respond) { server in
            let client = try TestClient(to: server)
            let bytes = request.utf8.flatMap { $0 == 124 ? [13, 10] : [$0] } as [UInt8]
            try await client.send(bytes + Array("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            let reply = try await client.reply()
            #expect(reply.status == status)
            #expect(reply["connection"] == "close")
            #expect(reply["content-security-policy"] == "default-src 'none'")
            #expect(try await client.rest() == "")
            #expect(wasAsked.withLock { !$0 })
            #expect(await server.answered == [status: 1])
        }
    }
}

@Suite struct `A request at the edge of what is allowed` {
    private static let longest = String(repeating: "a", count: 8190)

    @Test(arguments: [
        ("GET /a?b HTTP/1.1|Host:x||", "GET /a?b= "), ("GET /a HTTP/1.1|hOsT: \t x \t||", "GET /a "),
        ("GET http://other/a?b=c HTTP/1.1|Host: x||", "GET /a?b=c "), ("GET HTTP://other HTTP/1.1|Host: x||", "GET / "),
        ("GET https://other?b=c HTTP/1.1|Host: x||", "GET /?b=c "), ("OPTIONS * HTTP/1.1|Host: x||", "OPTIONS * "),
        ("GET /a HTTP/1.1|Host:||", "GET /a "), ("GET /a HTTP/1.1|Host: [::1]:80||", "GET /a "),
        ("GET /a HTTP/1.1|Host: x|!#$%&'*+-.^_`~: b||", "GET /a "), ("GET /a HTTP/1.0||", "GET /a "),
        ("GET /a HTTP/1.1|Host: x|A: กข|Empty:||", "GET /a "), ("GET /%00/%zz HTTP/1.1|Host: x||", "GET /%00/%zz "),
        ("POST /a HTTP/1.1|Host: x|Content-Length: 0005||hello", "POST /a hello"),
        ("POST /a HTTP/1.1|Host: x|Content-Length: 0||", "POST /a "), ("POST /a HTTP/1.1|Host: x||", "POST /a "),
        ("PUT /a HTTP/1.1|Host: x|Transfer-Encoding: Chunked||1|x|0||", "PUT /a x"),
        ("GET /\(longest) HTTP/1.1|Host: x||", "GET /\(longest) "),
        ("GET /a HTTP/1.1|Host: x|\(String(repeating: "A: b|", count: 99))|", "GET /a "),
        ("GET /a HTTP/1.1|Host: x|A: \(String(repeating: "a", count: 32_000))||", "GET /a "),
    ])
    func `is read`(request: String, answer: String) async throws {
        try await serving(echo) { server in
            // Twice on one connection: what was read must also have ended where it should.
            let text = request.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\r\n")
            let client = try TestClient(to: server)
            try await client.send(text)
            #expect(try await client.reply().text == answer)
            guard !text.contains("HTTP/1.0") else { return }
            try await client.send(text)
            #expect(try await client.reply().text == answer)
        }
    }
}
