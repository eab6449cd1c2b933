package import Runtime
package import Secrets

/// The bytes of all files, each under its SHA-256: the same bytes lie there once, and what lies there never changes.
package protocol FileStore: Sendable {
    /// Keeps the bytes of a file that lies elsewhere, which itself stays. When this returns, they outlive a crash.
    func keep(_ path: String) async throws -> Digest

    /// Where the bytes lie on this machine, to be read, on whichever shelf; nil when the store doesn't hold them.
    func path(of digest: Digest) async throws -> String?

    /// What has lain on a shelf since before a time, of the digests whose hexadecimal form begins with this digit.
    func digests(on shelf: Shelf, beginningWith digit: Character, before time: Instant) async throws -> [Digest]

    /// Takes it from the other shelf to this one. What isn't there any more is left alone.
    func move(_ digest: Digest, to shelf: Shelf) async throws

    /// Gone for good, of what was set aside.
    func discard(_ digest: Digest) async throws
}

/// Where bytes lie in a store. What nobody names is set aside before it is discarded: whoever named it in the same
/// moment still finds it.
package enum Shelf: String, Sendable {
    case kept = ""
    case aside = "set-aside/"

    var other: Shelf { self == .kept ? .aside : .kept }

    /// Named by the first two digits, so that none has too many.
    func folder(of digest: Digest) -> String { rawValue + digest.hexadecimal.prefix(2) }

    func place(of digest: Digest) -> String { "\(folder(of: digest))/\(digest.hexadecimal)" }
}

/// The store that the settings name: `s3://KEY:SECRET@HOST/BUCKET`, or a folder.
package func fileStore(at address: String, cache folder: String) throws -> any FileStore {
    guard address.contains("://") else { return try FolderStore(in: address) }
    guard let bucket = Bucket(address) else { throw UnknownStore() }
    return S3Store(bucket, cache: try FolderStore(in: folder))
}

/// What the settings name is neither a folder nor a bucket.
package struct UnknownStore: Error, CustomStringConvertible {
    package let description = "RABRONG_FILES must be a folder, or s3://KEY:SECRET@HOST/BUCKET?region=REGION"
}

/// A row names bytes that the store doesn't hold: a fault, and one to be told of.
package struct LostFile: Error {
    package var digest: String

    package init(digest: String) {
        self.digest = digest
    }
}
