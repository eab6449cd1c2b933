import HTTP
import Runtime
import Testing

@testable import HTTPServer

@Suite struct `The client's address` {
    private let proxies = TrustedProxies(["10.0.0.1", "10.0.0.2", "unix"])

    @Test(arguments: [
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"), ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1,10.0.0.2", "198.51.100.1"), ("unix", "2001:DB8::1", "2001:DB8::1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.1"), ("10.0.0.1", "", "10.0.0.1"), ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, <script>", "198.51.100.1"),
    ])
    func `is what the nearest trusted proxy says`(peer: String, chain: String, address: String) {
        #expect(proxies.origin(of: ["x-forwarded-for": chain], from: peer).peer == address)
    }

    @Test func `is in the last of several fields`() {
        let headers: Headers = ["x-forwarded-for": "203.0.113.9", "x-forwarded-for": "198.51.100.1"]
        #expect(proxies.origin(of: headers, from: "unix").peer == "198.51.100.1")
    }

    @Test(arguments: [
        ("10.0.0.1", ["https"], true), ("10.0.0.1", ["http"], false), ("10.0.0.1", [], false),
        ("192.0.2.7", ["https"], false), ("10.0.0.1", ["https", "http"], false),
    ])
    func `comes with whether the way was secret, if the proxy is trusted`(
        peer: String, protocols: [String], isSecure: Bool
    ) {
        var headers = Headers()
        for name in protocols { headers.add("x-forwarded-proto", name) }
        #expect(proxies.origin(of: headers, from: peer).isSecure == isSecure)
    }

    @Test func `reaches the handler`() async throws {
        let respond: Responder = { .text(200, "\($0.peer) \($0.isSecure)") }
        let fields = "Host: x\r\nX-Forwarded-For: 198.51.100.1\r\nX-Forwarded-Proto: https\r\n\r\n"
        try await serving(trusting: ["127.0.0.1"], respond) { server in
            let reply = try await ask(server, "GET / HTTP/1.1\r\n" + fields)
            #expect(reply.text == "198.51.100.1 true")
        }
        try await serving(respond) { server in
            let reply = try await ask(server, "GET / HTTP/1.1\r\n" + fields)
            #expect(reply.text == "127.0.0.1 false")
        }
    }
}
