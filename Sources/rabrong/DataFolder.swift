import Glibc
import Postgres
import Runtime
import Secrets

/// Why the data folder can't be used: one sentence for the operator.
struct DataFolderError: Error, CustomStringConvertible {
    var description: String
}

/// The folder of everything that a deployment keeps on this machine.
struct DataFolder {
    let path: String

    init(_ path: String) throws {
        self.path = path
        do {
            try Disk.makeFolder(path)
            for name in ["keys", "tmp"] { try Disk.makeFolder("\(path)/\(name)", mode: 0o700) }
            // Whether anything can be written shows only by writing: the disk may be full, or mounted for reading.
            try Disk.write("ok\n".utf8, to: "\(path)/tmp/probe")
        } catch {
            throw DataFolderError(description: "the data folder can't be written: \(error)")
        }
    }

    /// The deployment's own secret, made at the first start.
    func key() throws -> SecretKey {
        let file = "\(path)/keys/secret"
        if !Disk.exists(file) { try Disk.write("\(randomBytes(32).hexadecimal)\n".utf8, to: file) }
        let digits = Array(try Disk.readText(file).utf8.prefix { $0 != 10 })
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
        }
        guard bytes.count == 32 else {
            throw DataFolderError(description: "\(file) doesn't hold 64 hexadecimal digits")
        }
        return SecretKey(bytes)
    }

    /// Only one server may run an embedded database in a folder. Held until the process ends.
    func lockForServing() throws {
        let descriptor = open("\(path)/serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DataFolderError(description: "\(DiskError.last("\(path)/serve.lock"))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw DataFolderError(description: "another rabrong already serves from \(path)")
        }
    }
}
