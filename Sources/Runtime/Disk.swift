import Glibc

/// What the operating system said of a file.
package struct DiskError: Error, CustomStringConvertible {
    package var path: String
    package var code: Int32

    package init(path: String, code: Int32) {
        self.path = path
        self.code = code
    }

    package var description: String { "\(path): \(String(cString: strerror(code)))" }

    package static func last(_ path: String) -> DiskError { DiskError(path: path, code: errno) }
}

/// Files of this machine: small ones read and written whole, large ones piece by piece.
package enum Disk {
    package static func read(_ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try readPieces(of: path) { bytes.append(contentsOf: $0) }
        return bytes
    }

    package static func size(of path: String) throws -> Int {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw DiskError.last(path) }
        return facts.st_size
    }

    package static func readText(_ path: String) throws -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    /// Whole or not at all: a reader never sees half of it, nor does a crash leave half.
    package static func write(_ bytes: some Sequence<UInt8>, to path: String, mode: UInt32 = 0o600) throws {
        let draft = "\(path).\(getpid()).draft"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw DiskError.last(path) }
        defer { close(descriptor) }
        try Array(bytes).withUnsafeBytes { try writeAll($0, to: descriptor, named: path) }
        fsync(descriptor)
        guard rename(draft, path) == 0 else { throw DiskError.last(path) }
    }

    /// Makes the folder and those above it; one that is there already is left as it is.
    package static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws {
        if exists(path) { return }
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try makeFolder(String(path[..<slash]))
        }
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw DiskError.last(path) }
    }

    package static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Whether it is there, and was last changed before a time.
    package static func isOlder(_ path: String, than time: Instant) -> Bool {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return false }
        return Instant(microseconds: facts.st_mtim.tv_sec * 1_000_000 + facts.st_mtim.tv_nsec / 1000) < time
    }

    /// As if it had been changed now.
    package static func touch(_ path: String) {
        utimensat(AT_FDCWD, path, nil, 0)
    }

    /// The bytes of another file, in a new one.
    package static func copy(_ source: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DiskError.last(path) }
        defer { close(descriptor) }
        try readPieces(of: source) { piece in try writeAll(piece, to: descriptor, named: path) }
    }

    /// One piece after the other, so that a large file needs no more memory than a small one.
    package static func readPieces(of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskError.last(path) }
        defer { close(descriptor) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 1)
        defer { piece.deallocate() }
        while true {
            let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
            guard count >= 0 else { throw DiskError.last(path) }
            guard count > 0 else { return }
            try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
    }

    /// Waits until a file, or a folder's list of names, outlives a crash of the machine.
    package static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskError.last(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw DiskError.last(path) }
    }

    /// A file of its own name, open for writing, for whoever removes it again.
    package static func makeTemporaryFile(in folder: String) throws -> (descriptor: Int32, path: String) {
        var template = Array("\(folder)/XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw DiskError.last(folder) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return (descriptor, String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, named path: String) throws {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            guard count > 0 else { throw DiskError.last(path) }
            written += count
        }
    }

    package static func names(in folder: String) throws -> [String] {
        guard let handle = opendir(folder) else { throw DiskError.last(folder) }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The path from the root, whatever folder this process is in.
    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        let trimmed = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return "\(String(cString: here))/\(trimmed)"
    }
}
