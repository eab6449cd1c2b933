import Glibc
import Testing

@testable import Runtime

@Suite struct `A temporary folder` {
    private func home() throws -> String {
        try Disk.makeFolder("/tmp/rabrong-tests")
        var template = Array("/tmp/rabrong-tests/temporary.XXXXXX".utf8CString)
        return try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    @Test func `is one's own, and goes with what is in it`() throws {
        let home = try home()
        let other = try TemporaryFolder(in: home)
        var folder: TemporaryFolder? = try TemporaryFolder(in: home)
        let path = try #require(folder?.path)
        #expect(path != other.path)
        try Disk.write("น้ำใจ".utf8, to: "\(path)/upload")
        folder = nil
        #expect(!Disk.exists(path) && Disk.exists(other.path))
    }

    @Test func `of the dead goes when another begins; of the living it stays`() throws {
        let home = try home()
        let living = try TemporaryFolder(in: home)
        try Disk.write("น้ำใจ".utf8, to: "\(living.path)/upload")
        // As one who was killed leaves it: nobody holds its lock.
        try Disk.makeFolder("\(home)/of-killed")
        try Disk.write("น้ำใจ".utf8, to: "\(home)/of-killed/upload")
        try Disk.write("ok".utf8, to: "\(home)/probe")
        let next = try TemporaryFolder(in: home)
        #expect(Disk.exists("\(living.path)/upload") && Disk.exists("\(home)/probe") && Disk.exists(next.path))
        #expect(!Disk.exists("\(home)/of-killed"))
    }
}
