import Glibc
import Outbound
package import Runtime
package import Secrets

/// Files in a bucket that all copies of the program share. What a copy has read or sent lies in its cache as well:
/// what is named by its own digest never changes.
package struct S3Store: FileStore {
    private let bucket: Bucket
    private let cache: FolderStore
    /// What nobody opened for so long leaves the cache.
    private static let cacheDays = 14

    init(_ bucket: Bucket, cache: FolderStore) {
        self.bucket = bucket
        self.cache = cache
    }

    package func keep(_ path: String) async throws -> Digest {
        let digest = try await cache.keep(path)
        try await tidy(besides: digest)
        if try await holds(digest) { return digest }
        var request = request("PUT", digest)
        request.body = .file(path)
        request.headers.append(("x-amz-content-sha256", digest.hexadecimal))
        _ = try await perform(request, awaiting: 200)
        return digest
    }

    package func path(of digest: Digest) async throws -> String? {
        if let known = try await cache.path(of: digest) {
            Disk.touch(known)
            return known
        }
        let (descriptor, draft) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        defer { unlink(draft) }
        // Once more where it was first: it may have been on its way.
        var isThere = false
        for shelf in [Shelf.kept, .aside, .kept] where !isThere {
            var request = request("GET", digest, on: shelf)
            request.target = draft
            isThere = try await perform(request, awaiting: 200, 404) != 404
        }
        guard isThere else { return nil }
        // A line that dropped, or a disk that errs, must not become the file.
        guard try await cache.keep(draft) == digest else { throw StoreRefusal(status: 200, deed: "GET: other bytes") }
        try await tidy(besides: digest)
        return try await cache.path(of: digest)
    }

    package func digests(
        on shelf: Shelf, beginningWith digit: Character, before time: Instant
    ) async throws -> [Digest] {
        let prefix = "\(shelf.rawValue)\(digit)"
        // The other shelf begins with no digit, so it is never in the list of what is kept.
        var (digests, last) = ([Digest](), prefix)
        while true {
            let entries = try await bucket.list(beginningWith: prefix, after: last)
            guard let end = entries.last?.name else { return digests }
            last = end
            for entry in entries where entry.changed < time {
                if let digest = Digest(hexadecimal: entry.name.suffix(64)) { digests.append(digest) }
            }
        }
    }

    package func move(_ digest: Digest, to shelf: Shelf) async throws {
        var copy = request("PUT", digest, on: shelf)
        copy.headers.append(("x-amz-copy-source", bucket.source(of: digest, on: shelf.other)))
        let response = try await copy.perform()
        if response.status == 404 { return }
        // A copy may fail after its 200 was sent: then the answer says something else.
        guard response.status == 200, String(decoding: response.body, as: UTF8.self).contains("<CopyObjectResult")
        else {
            throw StoreRefusal(status: response.status, deed: "COPY")
        }
        _ = try await perform(request("DELETE", digest, on: shelf.other), awaiting: 204)
    }

    package func discard(_ digest: Digest) async throws {
        _ = try await perform(request("DELETE", digest, on: .aside), awaiting: 204)
    }

    private func holds(_ digest: Digest) async throws -> Bool {
        try await perform(request("HEAD", digest), awaiting: 200, 404) == 200
    }

    /// The answer's status, if it is one of those that are awaited.
    private func perform(_ request: OutboundRequest, awaiting statuses: Int...) async throws -> Int {
        let status = try await request.perform().status
        guard statuses.contains(status) else { throw StoreRefusal(status: status, deed: request.method) }
        return status
    }

    private func request(_ method: String, _ digest: Digest, on shelf: Shelf = .kept) -> OutboundRequest {
        var request = OutboundRequest(method, bucket.address(of: digest, on: shelf))
        request.signer = bucket.signer
        return request
    }

    /// Where something comes, something that nobody uses goes.
    private func tidy(besides digest: Digest) async throws {
        let cache = cache
        try await Blocking.run {
            try cache.forget(besides: digest, unusedSince: .now + -Self.cacheDays * 86_400)
        }
    }
}

/// The store answered, but did not do what was asked: a fault of the operator's settings, or of the store.
struct StoreRefusal: Error, CustomStringConvertible {
    var status: Int
    var deed: String

    var description: String { "the file store answered \(status) to \(deed)" }
}
