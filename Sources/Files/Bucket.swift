import Outbound
import Runtime
import Secrets

/// A bucket of a store that speaks S3: `s3://KEY:SECRET@HOST[:PORT]/BUCKET`, or `s3+http://` without TLS.
package struct Bucket: Sendable {
    let signer: RequestSigner
    private let root: String
    /// As a request to copy names where from.
    private let path: String

    package init?(_ address: String) {
        let isPlain = address.hasPrefix("s3+http://")
        guard isPlain || address.hasPrefix("s3://"),
            let rest = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last
        else { return nil }
        let parts = rest.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let keys = parts[0].split(separator: ":", maxSplits: 1).map(String.init)
        let place = parts[1].split(separator: "?", maxSplits: 1)
        guard keys.count == 2, place[0].count(where: { $0 == "/" }) == 1, !place[0].hasSuffix("/") else { return nil }
        let region = place.count > 1 && place[1].hasPrefix("region=") ? String(place[1].dropFirst(7)) : "us-east-1"
        signer = RequestSigner(key: keys[0], secret: keys[1], region: region, service: "s3")
        path = place[0].drop { $0 != "/" }.description
        root = "\(isPlain ? "http" : "https")://\(place[0])"
    }

    func address(of digest: Digest, on shelf: Shelf = .kept) -> String { "\(root)/\(shelf.place(of: digest))" }

    /// Where a copy is to come from.
    func source(of digest: Digest, on shelf: Shelf) -> String { "\(path)/\(shelf.place(of: digest))" }

    /// What lies there under names that begin so, after a name: a thousand at a time.
    func list(beginningWith prefix: String, after name: String) async throws -> [BucketEntry] {
        func encoded(_ text: String) -> String { text.replacing("/", with: "%2F") }
        var request = OutboundRequest(
            "GET", "\(root)?list-type=2&prefix=\(encoded(prefix))&start-after=\(encoded(name))")
        request.signer = signer
        let response = try await request.perform()
        guard response.status == 200 else { throw StoreRefusal(status: response.status, deed: "LIST") }
        return BucketEntry.all(in: String(decoding: response.body, as: UTF8.self))
    }
}

/// A line of a bucket's list.
struct BucketEntry: Sendable, Equatable {
    var name: String
    var changed: Instant

    /// Our names need no escaping, so what stands between the tags is what they are.
    static func all(in listing: String) -> [BucketEntry] {
        listing.split(separator: "<Contents>").dropFirst().compactMap { entry in
            func text(of tag: String) -> Substring? {
                entry.firstRange(of: "<\(tag)>").map { entry[$0.upperBound...].prefix { $0 != "<" } }
            }
            guard let name = text(of: "Key"), let changed = text(of: "LastModified").flatMap({ Instant($0) }) else {
                return nil
            }
            return BucketEntry(name: String(name), changed: changed)
        }
    }
}
