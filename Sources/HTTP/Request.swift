/// What a client asks.
package struct Request: Sendable {
    package var method: Method
    /// As sent, percent signs and all, without the query.
    package var path: String
    package var query: Fields
    package var headers: Headers
    /// Where the request really comes from: behind a proxy that we trust, what it says.
    package var peer: String
    package var isSecure: Bool
    package var body: any BodyReader
    /// What stands at the router's placeholders.
    package var parameters: [String: String] = [:]

    package init(
        _ method: Method, _ path: String, query: Fields = Fields(), headers: Headers = Headers(),
        peer: String = "", isSecure: Bool = false, body: any BodyReader = NoBody()
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.peer = peer
        self.isSecure = isSecure
        self.body = body
    }

    /// The path's parts, decoded; nil when a percent sign is not followed by two hexadecimal digits, or what comes
    /// out is not UTF-8 or holds a NUL.
    package var segments: [String]? {
        var segments: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            guard let segment = percentDecoded(part.utf8, plusIsSpace: false), !segment.utf8.contains(0) else {
                return nil
            }
            segments.append(segment)
        }
        return segments
    }
}

/// The body, piece by piece, as it arrives. Not asking for more makes the sender wait.
package protocol BodyReader: Sendable {
    /// The length that the sender announced.
    var announcedLength: Int? { get }
    /// The next piece; nil at the end. Throws `BodyError` when more than `limit` bytes come in all.
    func next(limit: Int) async throws -> [UInt8]?
}

package struct NoBody: BodyReader {
    package init() {}
    package var announcedLength: Int? { 0 }
    package func next(limit: Int) async throws -> [UInt8]? { nil }
}

/// Why a body can't be read to its end.
package enum BodyError: Error {
    case tooLarge
    case malformed
    case tooSlow
    case gone
}

extension BodyReader {
    /// The whole body, which is known to be small.
    package func collected(limit: Int) async throws -> [UInt8] {
        if let announcedLength, announcedLength > limit { throw BodyError.tooLarge }
        var bytes: [UInt8] = []
        while let piece = try await next(limit: limit) { bytes.append(contentsOf: piece) }
        return bytes
    }
}
