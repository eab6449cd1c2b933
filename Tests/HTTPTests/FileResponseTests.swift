import Testing

@testable import HTTP

@Suite struct `A range of a file` {
    @Test(arguments: [
        ("bytes=0-0", 0..<1), ("bytes=0-99", 0..<100), ("bytes=10-19", 10..<20), ("bytes=90-1000", 90..<100),
        ("bytes=99-", 99..<100), ("bytes=0-", 0..<100), ("bytes=-1", 99..<100), ("bytes=-1000", 0..<100),
        ("bytes=5-9223372036854775807", 5..<100), ("bytes=-9223372036854775807", 0..<100),
    ])
    func `is cut to what there is`(field: String, part: Range<Int>) {
        #expect(ByteRange(field, of: 100) == .part(part))
    }

    @Test(arguments: ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=9223372036854775807-"])
    func `beyond the end is outside`(field: String) {
        #expect(ByteRange(field, of: 100) == .outside)
    }

    @Test(arguments: [
        "bytes=5-4", "bytes=-", "bytes=", "bytes", "bytes=0-1,5-6", "bytes= 0-1", "bytes=a-b", "bytes=+1-2",
        "lines=0-1",
        "bytes=1", "bytes=1-2-3", "bytes=18446744073709551616-", "bytes=0-18446744073709551616", "bytes=--1", "",
    ])
    func `that can't be understood is the whole`(field: String) {
        #expect(ByteRange(field, of: 100) == .whole)
    }

    @Test(arguments: ["bytes=0-0", "bytes=0-", "bytes=-1"])
    func `of an empty file is outside`(field: String) {
        #expect(ByteRange(field, of: 0) == .outside)
    }
}

@Suite struct `A file is answered` {
    let facts = FileFacts(path: "/tmp/x.pdf", size: 100, type: "application/pdf", tag: "abc")

    @Test func `whole, with its tag`() {
        let response = answer([:])
        #expect(response.status == 200)
        #expect(response.headers["etag"] == "\"abc\"")
        #expect(response.headers["content-type"] == "application/pdf")
        #expect(response.headers["accept-ranges"] == "bytes")
        #expect(response.headers["content-range"] == nil)
        #expect(range(of: response) == 0..<100)
    }

    @Test func `in part`() {
        let response = answer(["range": "bytes=10-19"])
        #expect(response.status == 206)
        #expect(response.headers["content-range"] == "bytes 10-19/100")
        #expect(range(of: response) == 10..<20)
    }

    @Test func `not at all, outside`() {
        let response = answer(["range": "bytes=100-"])
        #expect(response.status == 416)
        #expect(response.headers["content-range"] == "bytes */100")
        #expect(range(of: response) == nil)
    }

    @Test(arguments: ["\"abc\"", "W/\"abc\"", "*", "\"x\", \"abc\"", "\"x\",W/\"abc\" "])
    func `with 304 when the client has it`(known: String) {
        let response = answer(["if-none-match": known, "range": "bytes=0-1"])
        #expect(response.status == 304)
        #expect(response.headers["etag"] == "\"abc\"")
        #expect(response.headers["content-type"] == nil)
        #expect(range(of: response) == nil)
    }

    @Test(arguments: ["\"abcd\"", "abc", "\"ABC\"", "w/\"abc\"", ""])
    func `whole when the client has another`(known: String) {
        #expect(answer(["if-none-match": known]).status == 200)
    }

    @Test(arguments: [("\"abc\"", 206), ("W/\"abc\"", 200), ("\"old\"", 200), ("Sat, 21 Nov 2026 05:39:01 GMT", 200)])
    func `in part only if it is still the same`(tag: String, status: Int) {
        #expect(answer(["range": "bytes=0-1", "if-range": tag]).status == status)
    }

    @Test func `with the caller's headers`() {
        let request = Request(.get, "/x")
        let response = Response.file(facts, for: request, headers: ["cache-control": "no-store"])
        #expect(response.headers["cache-control"] == "no-store")
    }

    private func answer(_ headers: Headers) -> Response {
        Response.file(facts, for: Request(.get, "/x", headers: headers))
    }

    private func range(of response: Response) -> Range<Int>? {
        guard case .file("/tmp/x.pdf", let range) = response.body else { return nil }
        return range
    }
}
