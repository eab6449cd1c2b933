import Glibc
import Runtime
package import Secrets

/// Files in a folder of this machine, or of one that all copies share.
package struct FolderStore: FileStore {
    private let folder: String
    private let drafts: String
    /// The folders within whose names have reached the disk since this began: a flush less for each file.
    private let flushed = Lock<Set<String>>([])

    package init(in folder: String) throws {
        self.folder = folder
        drafts = "\(folder)/drafts"
        try Disk.makeFolder(drafts, mode: 0o700)
        try removeOldDrafts()
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
        let home = "\(folder)/\(digest.hexadecimal.prefix(2))"
        if !Disk.exists(final) {
            try Disk.makeFolder(home, mode: 0o700)
            // What stands under its digest is whole, and a crash leaves nothing else behind.
            try Disk.flush(source)
            if link(source, final) != 0, errno != EEXIST { try copy(source, to: final) }
        }
        // Also what was there: whoever brought the same bytes may not have come so far.
        try Disk.flush(home)
        if !flushed.withLock({ $0.contains(home) }) {
            try Disk.flush(folder)
            flushed.withLock { _ = $0.insert(home) }
        }
    }

    /// From another disk, under a name of its own until it is whole.
    private func copy(_ source: String, to final: String) throws {
        let draft = "\(drafts)/\(randomBytes(12).hexadecimal).draft"
        do {
            try Disk.copy(source, to: draft)
            try Disk.flush(draft)
            guard rename(draft, final) == 0 else { throw DiskError.last(final) }
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Nobody copies for a day: whoever began it was killed.
    private func removeOldDrafts() throws {
        for name in try Disk.names(in: drafts) {
            var facts = stat()
            guard stat("\(drafts)/\(name)", &facts) == 0, facts.st_mtim.tv_sec < time(nil) - 86_400 else { continue }
            unlink("\(drafts)/\(name)")
        }
    }
}
