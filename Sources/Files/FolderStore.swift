import Glibc
package import Runtime
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
        // Once more where it was first: it may have been on its way.
        [Shelf.kept, .aside, .kept].map { "\(folder)/\($0.place(of: digest))" }.first(where: Disk.exists)
    }

    package func digests(
        on shelf: Shelf, beginningWith digit: Character, before time: Instant
    ) async throws -> [Digest] {
        let folders = "0123456789abcdef".map { "\(folder)/\(shelf.rawValue)\(digit)\($0)" }
        return try await Blocking.run {
            try folders.filter(Disk.exists).flatMap { home in
                try Disk.names(in: home).compactMap { name in
                    guard let changed = Disk.lastChange(of: "\(home)/\(name)"), changed < time else { return nil }
                    // Half a file of a process that died.
                    if name.hasSuffix(Self.draftEnding) { unlink("\(home)/\(name)") }
                    return Digest(hexadecimal: name)
                }
            }
        }
    }

    package func move(_ digest: Digest, to shelf: Shelf) async throws {
        let (from, to) = ("\(folder)/\(shelf.other.place(of: digest))", "\(folder)/\(shelf.place(of: digest))")
        try Disk.makeFolder("\(folder)/\(shelf.folder(of: digest))", mode: 0o700)
        // From now on counts how long it lies there.
        Disk.touch(from)
        guard rename(from, to) == 0 || errno == ENOENT else { throw DiskError.last(to) }
    }

    package func discard(_ digest: Digest) async throws {
        unlink("\(folder)/\(Shelf.aside.place(of: digest))")
    }

    /// For a cache: drops what nobody has asked for since before a time, of the folder that a digest lies in.
    func forget(besides digest: Digest, unusedSince time: Instant) throws {
        let home = "\(folder)/\(Shelf.kept.folder(of: digest))"
        for name in try Disk.names(in: home) {
            let path = "\(home)/\(name)"
            if let used = Disk.lastChange(of: path), used < time { unlink(path) }
        }
    }

    private static let draftEnding = ".draft"

    private func place(_ source: String, as digest: Digest) throws {
        let final = "\(folder)/\(Shelf.kept.place(of: digest))"
        guard !Disk.exists(final) else { return }
        let home = "\(folder)/\(Shelf.kept.folder(of: digest))"
        try Disk.makeFolder(home, mode: 0o700)
        // Under a name of its own first: what stands under its digest is whole. Two who bring the same bytes at once
        // put the same file there one after the other.
        let draft = "\(home)/\(randomBytes(12).hexadecimal)\(Self.draftEnding)"
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
