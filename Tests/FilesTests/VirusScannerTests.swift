import Glibc
import Runtime
import Testing

@testable import Files

/// Over a real clamd, which the gate starts; it knows the one virus that is made for tests.
@Suite(.enabled(if: Service.clamd != nil)) struct `A virus scanner` {
    /// In two parts, so that no scanner takes this file for it.
    static let eicar = #"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-"# + "ANTIVIRUS-TEST-FILE!$H+H*"

    private func scanner(_ address: String? = Service.clamd) throws -> VirusScanner {
        let text = try #require(address)
        return VirusScanner(at: try #require(ListenAddress(text)))
    }

    private func scan(_ bytes: [UInt8], by scanner: VirusScanner) async throws -> VirusScanner.Verdict {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        defer { unlink(path) }
        try Disk.write(bytes, to: path)
        return try await scanner.scan(path)
    }

    @Test func `lets pass what is clean, small and large`() async throws {
        #expect(try await scan(Array("น้ำใจ".utf8), by: scanner()) == .clean)
        #expect(try await scan([UInt8](repeating: 65, count: 20_000_000), by: scanner()) == .clean)
    }

    @Test func `finds the virus, and says which`() async throws {
        guard case .infected(let name) = try await scan(Array(Self.eicar.utf8), by: scanner()) else {
            Issue.record("it was not found")
            return
        }
        #expect(name.contains("EICAR"))
    }

    @Test(arguments: ["127.0.0.1:1", "unix:/nowhere/clamd.sock", "no.such.host.example:1", "fd:3"])
    func `that nobody answers is no verdict`(address: String) async throws {
        await #expect(throws: ScannerFailure.self) { _ = try await scan([1], by: scanner(address)) }
    }
}
