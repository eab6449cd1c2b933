import Testing

@testable import HTTP

@Suite struct `Fields of a query or a form` {
    @Test(arguments: [
        ("", []), ("a=1&b=2", ["a", "1", "b", "2"]), ("a=1&a=2", ["a", "1", "a", "2"]), ("a", ["a", ""]),
        ("a=", ["a", ""]), ("=a", ["", "a"]), ("&&a=1&", ["a", "1"]), ("a=b=c", ["a", "b=c"]),
        ("a+b=c+d", ["a b", "c d"]), ("%61=%2B%26%3D%25", ["a", "+&=%"]),
        ("q=%E0%B8%81%e0%b8%b4", ["q", "กิ"]), ("q=ก", ["q", "ก"]),
    ])
    func `are decoded in order`(text: String, expected: [String]) {
        #expect(Fields(decoding: text.utf8)?.all.flatMap { [$0.name, $0.value] } == expected)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%4g", "a=%g4", "%=1", "a=%FF", "a=%C0%80", "a=%ED%A0%80", "a=%E0%B8", "a=%+1"])
    func `that are malformed are refused as a whole`(text: String) {
        #expect(Fields(decoding: text.utf8) == nil)
    }

    @Test func `are 5,000 at most`() {
        #expect(Fields(decoding: String(repeating: "a=&", count: 5000).utf8)?.all.count == 5000)
        #expect(Fields(decoding: String(repeating: "a=&", count: 5001).utf8) == nil)
    }

    @Test func `are found by name`() {
        let fields: Fields = Fields(["a": "1", "b": "2", "a": "3"])
        #expect(fields["a"] == "1")
        #expect(fields.values(of: "a") == ["1", "3"])
        #expect(fields["c"] == nil)
        #expect(fields.values(of: "c") == [])
    }

    @Test func `are set in place of all of that name`() {
        var fields = Fields(["a": "1", "b": "2", "a": "3"])
        fields.set("a", "4")
        #expect(fields == Fields(["b": "2", "a": "4"]))
        fields.set("b", nil)
        #expect(fields == Fields(["a": "4"]))
    }

    @Test func `become an address's query and come back`() {
        let fields = Fields(["ชื่อ": "a b+c&d=e%/?", "x": "~-._"])
        #expect(fields.queryText == "?%E0%B8%8A%E0%B8%B7%E0%B9%88%E0%B8%AD=a%20b%2Bc%26d%3De%25%2F%3F&x=~-._")
        #expect(Fields(decoding: fields.queryText.utf8.dropFirst()) == fields)
        #expect(Fields().queryText == "")
    }
}

@Suite struct `A path's segments` {
    @Test(arguments: [
        ("/", []), ("/a/b", ["a", "b"]), ("//a///b/", ["a", "b"]), ("/a%2Fb", ["a/b"]), ("/a+b", ["a+b"]),
        ("/%E0%B8%81", ["ก"]), ("/..", [".."]), ("/%2e%2e", [".."]),
    ])
    func `are decoded one by one`(path: String, segments: [String]) {
        #expect(Request(.get, path).segments == segments)
    }

    @Test(arguments: ["/%", "/%0", "/%zz", "/a/%00", "/%FF"])
    func `are refused when malformed or with a NUL`(path: String) {
        #expect(Request(.get, path).segments == nil)
    }
}

@Suite struct `A cookie` {
    @Test(arguments: [
        ("a=1", "1"), ("b=2; a=1", "1"), ("b=2;a=1", "1"), ("aa=2; a=1; a=3", "1"), ("a=x=y", "x=y"), ("a=", ""),
        ("\ta=1 ;b=2", "1"),
    ])
    func `is found by its whole name`(line: String, value: String) {
        #expect(Headers(dictionaryLiteral: ("cookie", line)).cookie("a") == value)
    }

    @Test(arguments: ["aa=1", "b=a=1", "a", "A=1", "", "; ;"])
    func `is not found in another's`(line: String) {
        #expect(Headers(dictionaryLiteral: ("cookie", line)).cookie("a") == nil)
    }

    @Test func `is found in a second line`() {
        let headers: Headers = ["cookie": "b=2", "accept": "*/*", "cookie": "a=1"]
        #expect(headers.cookie("a") == "1")
    }

    @Test func `of ours is hidden from scripts and other sites`() {
        #expect(Cookie("__Host-x", "v").header == "__Host-x=v; Path=/; Secure; HttpOnly; SameSite=Lax")
        #expect(Cookie("x", "v", lifetime: 60).header == "x=v; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60")
        #expect(Cookie.expired("x").header == "x=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
    }
}
