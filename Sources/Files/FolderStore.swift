import Glibc
package import Runtime
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
        // Once more where it was first: it may have been on its way.
        [Shelf.kept, .aside, .kept].map { place(of: digest, on: $0) }.first(where: Disk.exists)
    }

    package func digests(
        on shelf: Shelf, beginningWith digit: Character, before time: Instant
    ) async throws -> [Digest] {
        let homes = "0123456789abcdef".map { "\(folder)/\(shelf.rawValue)\(digit)\($0)" }
        return try await Blocking.run {
            try homes.filter(Disk.exists).flatMap { home in
                try Disk.names(in: home).filter { Disk.isOlder("\(home)/\($0)", than: time) }
                    .compactMap { Digest(hexadecimal: $0) }
            }
        }
    }

    package func move(_ digest: Digest, to shelf: Shelf) async throws {
        let (from, to) = (place(of: digest, on: shelf.other), place(of: digest, on: shelf))
        let home = home(of: digest, on: shelf)
        try await Blocking.run {
            try Disk.makeFolder(home, mode: 0o700)
            // From now on counts how long it lies there.
            Disk.touch(from)
            guard rename(from, to) == 0 || errno == ENOENT else { throw DiskError.last(to) }
        }
    }

    package func discard(_ digest: Digest) async throws {
        let path = place(of: digest, on: .aside)
        try await Blocking.run {
            guard unlink(path) == 0 || errno == ENOENT else { throw DiskError.last(path) }
        }
    }

    /// For a cache: drops what nobody has asked for since before a time, of the folder that a digest lies in.
    func forget(besides digest: Digest, unusedSince time: Instant) throws {
        try removeFiles(of: home(of: digest, on: .kept), olderThan: time)
    }

    private func place(of digest: Digest, on shelf: Shelf) -> String { "\(folder)/\(shelf.place(of: digest))" }
    private func home(of digest: Digest, on shelf: Shelf) -> String { "\(folder)/\(shelf.folder(of: digest))" }

    private func place(_ source: String, as digest: Digest) throws {
        let (final, home) = (place(of: digest, on: .kept), home(of: digest, on: .kept))
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
        try removeFiles(of: drafts, olderThan: .now + -86_400)
    }

    private func removeFiles(of home: String, olderThan time: Instant) throws {
        for name in try Disk.names(in: home) where Disk.isOlder("\(home)/\(name)", than: time) {
            unlink("\(home)/\(name)")
        }
    }
}
