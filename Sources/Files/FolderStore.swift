import Glibc
import Runtime
package import Secrets

/// Files in a folder of this machine, or of one that all copies share.
package struct FolderStore: FileStore {
    private let folder: String
    /// The folders within whose names have reached the disk since this began: a flush less for each file.
    private let flushed = Lock<Set<String>>([])

    package init(in folder: String) throws {
        self.folder = folder
        try Disk.makeFolder(folder, mode: 0o700)
    }

    package func keep(_ path: String) async throws -> Digest {
        let store = self
        return try await Blocking.run {
            let digest = try Digest(ofFile: path)
            try store.place(path, as: digest)
            return digest
        }
    }

    package func path(of digest: Digest) async throws -> String? {
        let path = place(of: digest)
        return Disk.exists(path) ? path : nil
    }

    func place(of digest: Digest) -> String {
        let name = digest.hexadecimal
        return "\(folder)/\(name.prefix(2))/\(name)"
    }

    func place(_ source: String, as digest: Digest) throws {
        let final = place(of: digest)
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
            if !flushed.withLock({ $0.contains(home) }) {
                try Disk.flush(folder)
                flushed.withLock { _ = $0.insert(home) }
            }
        } catch {
            unlink(draft)
            throw error
        }
    }
}
