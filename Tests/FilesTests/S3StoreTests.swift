import Glibc
import Outbound
import Runtime
import Secrets
import Testing

@testable import Files

/// Over a real store that speaks S3, which the gate starts.
@Suite(.enabled(if: Service.s3 != nil)) struct `A store in a bucket` {
    let folder: String

    init() throws {
        try Disk.makeFolder("/tmp/rabrong-tests")
        var template = Array("/tmp/rabrong-tests/s3.XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    /// As another copy of the program has it: with a cache of its own.
    private func store(_ copy: String, at address: String? = Service.s3) throws -> any FileStore {
        try fileStore(at: #require(address), cache: "\(folder)/\(copy)")
    }

    private func file(_ bytes: [UInt8]) throws -> String {
        let path = "\(folder)/draft"
        try Disk.write(bytes, to: path)
        return path
    }

    @Test func `gives another copy what one copy has kept`() async throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }
        let digest = try await store("one").keep(file(bytes))
        #expect(digest == Digest(of: bytes))
        let path = try #require(try await store("two").path(of: digest))
        #expect(path.hasPrefix(folder))
        #expect(try Disk.read(path) == bytes)
    }

    @Test func `takes the same bytes twice`() async throws {
        let draft = try file(Array("น้ำใจ \(folder)".utf8))
        let first = try await store("one").keep(draft)
        #expect(try await store("two").keep(draft) == first)
    }

    @Test func `finds what was set aside, and takes it back`() async throws {
        let digest = try await store("one").keep(file(Array("ฐานะ \(folder)".utf8)))
        let digit = try #require(digest.hexadecimal.first)
        let one = try store("one")
        func isListed(on shelf: Shelf, before time: Instant = .now + 60) async throws -> Bool {
            try await one.digests(on: shelf, beginningWith: digit, before: time).contains(digest)
        }
        #expect(try await isListed(on: .kept))
        #expect(try await !isListed(on: .kept, before: .now + -60))

        try await one.move(digest, to: .aside)
        #expect(try await !isListed(on: .kept))
        #expect(try await isListed(on: .aside))
        #expect(try await store("two").path(of: digest) != nil)

        try await one.move(digest, to: .kept)
        try await one.discard(digest)
        #expect(try await store("three").path(of: digest) != nil)
        try await one.move(digest, to: .aside)
        try await one.discard(digest)
        #expect(try await store("four").path(of: digest) == nil)
        try await one.move(digest, to: .aside)
    }

    @Test func `forgets in its cache what nobody has opened for two weeks`() async throws {
        let digest = try await store("one").keep(file(Array("once \(folder)".utf8)))
        let home = "\(folder)/one/\(digest.hexadecimal.prefix(2))"
        for name in ["unused", "used"] { try Disk.write([1], to: "\(home)/\(name)") }
        let times = Array(repeating: timespec(tv_sec: Instant.now.seconds - 15 * 86_400, tv_nsec: 0), count: 2)
        utimensat(AT_FDCWD, "\(home)/unused", times, 0)
        _ = try await store("one").keep(file(Array("once \(folder)".utf8)))
        #expect(try Disk.names(in: home).sorted() == [digest.hexadecimal, "used"].sorted())
    }

    @Test func `has nothing that wasn't brought`() async throws {
        #expect(try await store("one").path(of: Digest(of: "ไม่เคยส่ง \(folder)")) == nil)
    }

    @Test func `says so when the keys are wrong, and when nobody is there`() async throws {
        let draft = try file([1, 2, 3])
        let wrong = try #require(Service.s3).replacing("key:secret", with: "key:guess")
        await #expect(throws: StoreRefusal.self) { try await store("one", at: wrong).keep(draft) }
        await #expect(throws: (any Error).self) {
            try await store("one", at: "s3+http://key:secret@127.0.0.1:1/rabrong").keep(draft)
        }
    }

    @Test func `never takes other bytes for the ones that were asked for`() async throws {
        let address = try #require(Service.s3)
        let bucket = try #require(Bucket(address))
        let wanted = Digest(of: "wanted \(folder)")
        var lie = OutboundRequest("PUT", bucket.address(of: wanted))
        lie.signer = bucket.signer
        lie.body = .bytes(Array("something else".utf8))
        #expect(try await lie.perform().status == 200)
        await #expect(throws: StoreRefusal.self) { try await store("one").path(of: wanted) }
    }

    @Test(arguments: [
        "s3://host/bucket", "s3://key:secret@host/bucket/folder", "s3://key@host/bucket", "s3://key:secret@host",
        "s3://key:secret@host/",
        "http://host/bucket",
        "/srv/files",
    ])
    func `is not what an address without key, secret, host and bucket names`(address: String) {
        #expect(Bucket(address) == nil)
    }
}

/// What the gate started; nil where the tests run by themselves.
enum Service {
    static let s3 = variable("TEST_S3")
    static let clamd = variable("TEST_CLAMD")

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
