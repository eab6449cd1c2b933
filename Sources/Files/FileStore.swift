package import Secrets

/// The bytes of all files, each under its SHA-256: the same bytes lie there once, and what lies there never changes.
package protocol FileStore: Sendable {
    /// Keeps the bytes of a file that lies elsewhere, which itself stays. When this returns, they outlive a crash.
    func keep(_ path: String) async throws -> Digest

    /// Where the bytes lie on this machine, to be read; nil when the store doesn't hold them.
    func path(of digest: Digest) async throws -> String?
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
