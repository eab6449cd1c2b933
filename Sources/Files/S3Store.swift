import Glibc
import Outbound
import Runtime
package import Secrets

/// A bucket of a store that speaks S3: `s3://KEY:SECRET@HOST[:PORT]/BUCKET`, or `s3+http://` without TLS.
package struct Bucket: Sendable {
    let signer: RequestSigner
    private let root: String

    package init?(_ address: String) {
        let isPlain = address.hasPrefix("s3+http://")
        guard isPlain || address.hasPrefix("s3://"),
            let rest = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last
        else { return nil }
        let parts = rest.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let keys = parts[0].split(separator: ":", maxSplits: 1).map(String.init)
        let place = parts[1].split(separator: "?", maxSplits: 1)
        guard keys.count == 2, place[0].contains("/"), !place[0].hasSuffix("/") else { return nil }
        let region = place.count > 1 && place[1].hasPrefix("region=") ? String(place[1].dropFirst(7)) : "us-east-1"
        signer = RequestSigner(key: keys[0], secret: keys[1], region: region, service: "s3")
        root = "\(isPlain ? "http" : "https")://\(place[0])"
    }

    func address(of digest: Digest) -> String {
        let name = digest.hexadecimal
        return "\(root)/\(name.prefix(2))/\(name)"
    }
}

/// Files in a bucket that all copies of the program share. What a copy has read or sent lies in its cache as well:
/// what is named by its own digest never changes.
package struct S3Store: FileStore {
    private let bucket: Bucket
    private let cache: FolderStore

    init(_ bucket: Bucket, cache: FolderStore) {
        self.bucket = bucket
        self.cache = cache
    }

    package func keep(_ path: String) async throws -> Digest {
        let digest = try await cache.keep(path)
        if try await holds(digest) { return digest }
        var request = request("PUT", digest)
        request.body = .file(path)
        request.headers.append(("x-amz-content-sha256", digest.hexadecimal))
        let response = try await request.perform()
        guard response.status == 200 else { throw StoreRefusal(status: response.status, deed: "PUT") }
        return digest
    }

    package func path(of digest: Digest) async throws -> String? {
        if let known = try await cache.path(of: digest) { return known }
        let (descriptor, draft) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        defer { unlink(draft) }
        var request = request("GET", digest)
        request.target = draft
        let response = try await request.perform()
        if response.status == 404 { return nil }
        guard response.status == 200 else { throw StoreRefusal(status: response.status, deed: "GET") }
        // A line that dropped, or a disk that errs, must not become the file.
        guard try await cache.keep(draft) == digest else { throw StoreRefusal(status: 200, deed: "GET: other bytes") }
        return try await cache.path(of: digest)
    }

    private func holds(_ digest: Digest) async throws -> Bool {
        let response = try await request("HEAD", digest).perform()
        guard [200, 404].contains(response.status) else { throw StoreRefusal(status: response.status, deed: "HEAD") }
        return response.status == 200
    }

    private func request(_ method: String, _ digest: Digest) -> OutboundRequest {
        var request = OutboundRequest(method, bucket.address(of: digest))
        request.signer = bucket.signer
        return request
    }
}

/// The store answered, but did not do what was asked: a fault of the operator's settings, or of the store.
struct StoreRefusal: Error, CustomStringConvertible {
    var status: Int
    var deed: String

    var description: String { "the file store answered \(status) to \(deed)" }
}
