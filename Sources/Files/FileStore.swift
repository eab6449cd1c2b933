import Glibc
import Runtime
package import Secrets

/// The bytes of all files, each under its SHA-256: the same bytes lie there once, and what lies there never changes.
package struct FileStore: Sendable {
    private let folder: String

    package init(in folder: String) throws {
        self.folder = folder
        try Disk.makeFolder(folder, mode: 0o700)
    }

    /// Keeps the bytes of a file that lies elsewhere, which itself stays. When this returns, they outlive a crash.
    package func keep(_ path: String) async throws -> Digest {
        let store = self
        return try await Blocking.run {
            let digest = try Digest(ofFile: path)
            try store.place(path, as: digest)
            return digest
        }
    }

    package func path(of digest: Digest) -> String {
        let name = digest.hexadecimal
        return "\(folder)/\(name.prefix(2))/\(name)"
    }

    package func holds(_ digest: Digest) -> Bool { Disk.exists(path(of: digest)) }

    private func place(_ source: String, as digest: Digest) throws {
        let final = path(of: digest)
        guard !Disk.exists(final) else { return }
        let home = "\(folder)/\(digest.hexadecimal.prefix(2))"
        try Disk.makeFolder(home, mode: 0o700)
        // Under a name of its own first: what stands under its digest is whole. Two who bring the same bytes at once
        // put the same file there one after the other.
        let draft = "\(home)/\(randomBytes(12).hexadecimal).draft"
        do {
            if link(source, draft) != 0 { try Disk.copy(source, to: draft) }
            try Disk.flush(draft)
            guard rename(draft, final) == 0 else { throw DiskError.last(final) }
            try Disk.flush(home)
            try Disk.flush(folder)
        } catch {
            unlink(draft)
            throw error
        }
    }
}
