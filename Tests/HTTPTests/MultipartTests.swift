import Glibc
import Runtime
import Testing

@testable import HTTP

@Suite struct `A form with files` {
    static let form = """
        --xYz\r
        Content-Disposition: form-data; name="title"\r
        \r
        รายงาน ๒๕๖๙\r
        --xYz\r
        Content-Disposition: form-data; name="empty"\r
        \r
        \r
        --xYz\r
        Content-Disposition: form-data; name="first"; filename="แบบ; สรุป.pdf"\r
        Content-Type: application/pdf\r
        \r
        %PDF\r
        --xY\r
        \r\r
        --xYz\r
        content-disposition: form-data; filename=plain.txt; name=second\r
        \r
        --\r
        --xYz\r
        Content-Disposition: form-data; name="none"; filename=""\r
        Content-Type: application/octet-stream\r
        \r
        \r
        --xYz--\r

        """

    @Test func `is the same wherever it is cut`() async throws {
        let bytes = Array(Self.form.utf8)
        for cut in 0...bytes.count {
            try await check([Array(bytes[..<cut]), Array(bytes[cut...])], "cut at \(cut)")
        }
        try await check(bytes.map { [$0] }, "byte by byte")
        try await check([bytes], "whole")
    }

    private func check(_ pieces: [[UInt8]], _ how: Comment) async throws {
        let input = try await read(pieces)
        #expect(input.fields == Fields(["title": "รายงาน ๒๕๖๙", "empty": ""]), how)
        #expect(input.files.keys.sorted() == ["first", "second"], how)
        let first = try #require(input.files["first"], how)
        #expect(first.name == "แบบ; สรุป.pdf" && first.type == "application/pdf", how)
        #expect(try first.bytes() == Array("%PDF\r\n--xY\r\n\r".utf8) && first.size == 13, how)
        let second = try #require(input.files["second"], how)
        #expect(second.name == "plain.txt" && second.type == "application/octet-stream", how)
        #expect(try second.bytes() == Array("--".utf8), how)
    }

    @Test func `that ends without its last boundary is refused, wherever it ends`() async {
        let bytes = Array(Self.form.utf8)
        for end in 0..<bytes.count - 2 {
            await #expect(throws: BodyError.malformed, "ended at \(end)") { try await read([Array(bytes[..<end])]) }
        }
    }

    @Test func `leaves no file behind`() async throws {
        var template = Array("/tmp/multipart-XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        defer { rmdir(folder) }
        var input: FormInput? = try await read([Array(Self.form.utf8)], into: folder)
        // The third, of no name and no bytes, is no file and gone already.
        #expect(try Disk.names(in: folder).count == 2 && input?.files.count == 2)
        input = nil
        #expect(try Disk.names(in: folder) == [])
        await #expect(throws: BodyError.malformed) {
            try await read([Array(Self.form.utf8.prefix(340))], into: folder)
        }
        #expect(try Disk.names(in: folder) == [])
    }

    @Test func `puts no more of a file on the disk than is taken, and knows how large it was`() async throws {
        let head = Array("--xYz\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\n".utf8)
        let pieces = Array(repeating: [UInt8](repeating: 97, count: 65_536), count: 100)
        var reader = try #require(
            MultipartReader(
                contentType: "multipart/form-data; boundary=xYz",
                body: Pieces([head] + pieces + [Array("\r\n--xYz--\r\n".utf8)]), folder: "/tmp", limit: 1 << 24,
                fileLimit: 200_000))
        let file = try #require(try await reader.read().files["a"])
        #expect(file.size == 6_553_600)
        #expect(try file.bytes().count <= 200_000)
    }

    @Test(arguments: [
        ("Content-Disposition: form-data", "no name"), ("Content-Type: text/plain", "no disposition"),
        ("X: " + String(repeating: "x", count: 9000), "head too long"),
    ])
    func `with a part that nobody could name is refused`(head: String, why: String) async {
        await #expect(throws: BodyError.malformed) {
            try await read([Array("--xYz\r\n\(head)\r\n\r\nx\r\n--xYz--\r\n".utf8)])
        }
    }

    @Test func `with a text that is not UTF-8 is refused`() async {
        let bytes = Array("--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8) + [0xFF]
        await #expect(throws: BodyError.malformed) { try await read([bytes + Array("\r\n--xYz--".utf8)]) }
    }

    @Test func `with more than a megabyte of text is refused before it is read`() async {
        let head = Array("--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8)
        let body = Pieces([head] + Array(repeating: [UInt8](repeating: 97, count: 65_536), count: 100))
        var reader = MultipartReader(
            contentType: "multipart/form-data; boundary=xYz", body: body, folder: "/tmp", limit: 1 << 24)
        await #expect(throws: BodyError.tooLarge) { try await reader?.read() }
        #expect(body.left > 80)
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x", "text/plain", "",
        "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
    ])
    func `needs a sound boundary`(type: String) {
        #expect(MultipartReader(contentType: type, body: NoBody(), folder: "/tmp", limit: 1) == nil)
    }

    private func read(_ pieces: [[UInt8]], into folder: String = "/tmp") async throws -> FormInput {
        let reader = MultipartReader(
            contentType: "Multipart/Form-Data; charset=utf-8; Boundary=\"xYz\"", body: Pieces(pieces), folder: folder,
            limit: 1 << 20)
        var sound = try #require(reader)
        return try await sound.read()
    }
}

@Suite struct `A field's parameter` {
    @Test(arguments: [
        (#"form-data; name="a"; filename="b.txt""#, "b.txt"), (#"form-data; filename=b.txt"#, "b.txt"),
        (#"form-data; name="filename=x"; filename="a;b.txt""#, "a;b.txt"), (#"form-data; FileName="B""#, "B"),
        (#"form-data; filename="say %22hi%22.txt""#, #"say "hi".txt"#), (#"form-data; filename="""#, ""),
        (#"form-data; filename="C:\x.txt""#, #"C:\x.txt"#), (#"form-data;filename="a""#, "a"),
        ("form-data; filename=\"\u{E34}.pdf\"", "\u{E34}.pdf"), ("form-data; filename=\u{E34}.pdf", "\u{E34}.pdf"),
        ("form-data; filename=\"a%22\u{E34}b\"", "a\"\u{E34}b"),
    ])
    func `is read as browsers write it`(field: String, value: String) {
        #expect(headerParameter("filename", of: field)?.unicodeScalars.elementsEqual(value.unicodeScalars) == true)
    }

    @Test(arguments: ["form-data", #"form-data; name="filename=x""#, "filename=x", "form-data; filename", ""])
    func `is not found elsewhere`(field: String) {
        #expect(headerParameter("filename", of: field) == nil)
    }
}

/// A body whose pieces are known.
private final class Pieces: BodyReader {
    private let pieces: Lock<ArraySlice<[UInt8]>>

    init(_ pieces: [[UInt8]]) { self.pieces = Lock(pieces[...]) }

    var announcedLength: Int? { nil }
    var left: Int { pieces.withLock { $0.count } }

    func next(limit: Int) async throws -> [UInt8]? { pieces.withLock { $0.popFirst() } }
}
