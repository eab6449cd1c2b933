import Testing

@testable import Runtime

@Suite struct `A listening address` {
    @Test(arguments: [
        ("127.0.0.1:8080", ListenAddress.port(host: "127.0.0.1", 8080)),
        ("[::1]:443", .port(host: "::1", 443)),
        ("localhost:0", .port(host: "localhost", 0)),
        ("0.0.0.0:65535", .port(host: "0.0.0.0", 65_535)),
        ("unix:/run/rabrong.sock", .path("/run/rabrong.sock")),
        ("fd:3", .inherited(3)),
    ])
    func `is a port, a path or a descriptor`(text: String, address: ListenAddress) {
        #expect(ListenAddress(text) == address)
    }

    @Test(arguments: [
        "", "8080", ":8080", "host:", "host:65536", "host:-1", "host:http", "unix:", "fd:", "fd:2", "fd:x",
        "unix:/" + String(repeating: "a", count: 107),
    ])
    func `is nothing else`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func `of a path may be as long as the kernel takes it`() {
        let path = "/" + String(repeating: "a", count: 106)
        #expect(ListenAddress("unix:" + path) == .path(path))
    }
}
