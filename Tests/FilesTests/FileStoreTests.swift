import Files
import Glibc
import Runtime
import Secrets
import Testing

@Suite struct `The file store` {
    let folder: String

    init() throws {
        try Disk.makeFolder("/tmp/rabrong-tests")
        var template = Array("/tmp/rabrong-tests/files.XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    private func file(_ bytes: some Sequence<UInt8>, named name: String = "draft") throws -> String {
        let path = "\(folder)/\(name)"
        try Disk.write(bytes, to: path)
        return path
    }

    @Test func `keeps bytes under their digest, and leaves the draft alone`() async throws {
        let store = try FolderStore(in: "\(folder)/store")
        let draft = try file("ที่ ผู้ กตัญญู".utf8)
        let digest = try await store.keep(draft)
        #expect(digest == Digest(of: "ที่ ผู้ กตัญญู"))
        #expect(try await Disk.readText(store.path(of: digest) ?? "") == "ที่ ผู้ กตัญญู")
        #expect(Disk.exists(draft))
        unlink(draft)
        #expect(try await store.path(of: digest) != nil)
    }

    @Test func `keeps the same bytes once, whoever brings them`() async throws {
        let store = try FolderStore(in: "\(folder)/store")
        let (one, two) = (try file("same".utf8, named: "one"), try file("same".utf8, named: "two"))
        async let first = store.keep(one)
        async let second = store.keep(two)
        let digests = try await [first, second]
        #expect(digests[0] == digests[1])
        #expect(try Disk.names(in: "\(folder)/store/\(digests[0].hexadecimal.prefix(2))") == [digests[0].hexadecimal])
    }

    @Test func `reads a file of many pieces as one`() async throws {
        let bytes = (0..<300_000).map { UInt8($0 % 251) }
        #expect(try Digest(ofFile: file(bytes)) == Digest(of: bytes))
    }

    @Test func `holds nothing that wasn't brought`() async throws {
        #expect(try await FolderStore(in: "\(folder)/store").path(of: Digest(of: "nothing")) == nil)
    }

    @Test func `finds what was set aside, and takes it back`() async throws {
        let store = try FolderStore(in: "\(folder)/store")
        let digest = try await store.keep(file("ฐานะ".utf8))
        let digit = try #require(digest.hexadecimal.first)
        #expect(try await store.digests(on: .kept, beginningWith: digit, before: .now + 60) == [digest])
        #expect(try await store.digests(on: .kept, beginningWith: digit, before: .now + -60) == [])

        try await store.move(digest, to: .aside)
        #expect(try await Disk.readText(store.path(of: digest) ?? "") == "ฐานะ")
        #expect(try await store.digests(on: .kept, beginningWith: digit, before: .now + 60) == [])
        #expect(try await store.digests(on: .aside, beginningWith: digit, before: .now + 60) == [digest])

        try await store.move(digest, to: .kept)
        try await store.discard(digest)
        #expect(try await store.path(of: digest) != nil)
        try await store.move(digest, to: .aside)
        try await store.discard(digest)
        #expect(try await store.path(of: digest) == nil)
        // Twice is no fault.
        try await store.move(digest, to: .aside)
        try await store.discard(digest)
    }

    @Test func `says so when a file is gone`() async throws {
        let store = try FolderStore(in: "\(folder)/store")
        await #expect(throws: DiskError.self) { try await store.keep("\(folder)/never") }
        #expect(try Disk.names(in: "\(folder)/store") == ["drafts"])
    }

    @Test(.enabled(if: Disk.exists("/dev/shm")))
    func `takes a file from another disk, and leaves no draft`() async throws {
        let store = try FolderStore(in: "\(folder)/store")
        let elsewhere = "/dev/shm/rabrong-\(randomBytes(6).hexadecimal)"
        defer { unlink(elsewhere) }
        try Disk.write("น้ำใจ".utf8, to: elsewhere)
        let digest = try await store.keep(elsewhere)
        #expect(try await Disk.readText(store.path(of: digest) ?? "") == "น้ำใจ")
        #expect(try Disk.names(in: "\(folder)/store/drafts") == [])
    }

    @Test func `forgets drafts of those who were killed a day ago`() async throws {
        _ = try FolderStore(in: "\(folder)/store")
        let (old, new) = ("\(folder)/store/drafts/old.draft", "\(folder)/store/drafts/new.draft")
        for draft in [old, new] { try Disk.write("half".utf8, to: draft) }
        let before = timeval(tv_sec: time(nil) - 86_460, tv_usec: 0)
        utimes(old, [before, before])
        _ = try FolderStore(in: "\(folder)/store")
        #expect(!Disk.exists(old) && Disk.exists(new))
    }
}

@Suite struct `The kind of a file` {
    private static let png: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1]
    private static let program: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 62, 0]

    private func kind(_ bytes: some Sequence<UInt8>, _ name: String) async throws -> FileKind? {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        defer { unlink(path) }
        try Disk.write(bytes, to: path)
        return try await FileKind.recognised(path, named: name)
    }

    @Test func `is known by its content and its name together`() async throws {
        #expect(try await kind("%PDF-1.7\n%....\n".utf8, "นิยาม.PDF") == .pdf)
        #expect(try await kind(Self.png, "ภาพ.png") == .png)
        #expect(try await kind("ก,ข\n1,2\n3,4\n".utf8, "ตาราง.csv") == .csv)
        #expect(try await kind("สวัสดี".utf8, "อ่าน.txt") == .text)
    }

    @Test(arguments: ["นิยาม.pdf", "ภาพ.png", "ตาราง.xlsx", "อ่าน.txt", "โปรแกรม.exe", "ไม่มีนามสกุล", ""])
    func `is refused when the name hides a program`(name: String) async throws {
        #expect(try await kind(Self.program, name) == nil)
    }

    @Test func `is refused when name and content differ`() async throws {
        #expect(try await kind(Self.png, "ภาพ.pdf") == nil)
        #expect(try await kind("<html><script>alert(1)</script></html>".utf8, "หน้า.html") == nil)
        #expect(try await kind("<html><body><script>alert(1)</script></body></html>".utf8, "หน้า.txt") == nil)
        #expect(
            try await kind("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8, "รูป.png") == nil)
    }
}
