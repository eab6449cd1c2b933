/// A file's facts, as conditional and partial requests need them.
package struct FileFacts: Sendable {
    package var path: String
    package var size: Int
    package var type: String
    /// Changes whenever the bytes do.
    package var tag: String

    package init(path: String, size: Int, type: String, tag: String) {
        self.path = path
        self.size = size
        self.type = type
        self.tag = tag
    }
}

extension Response {
    /// The file, the part of it that was asked for, or word that the client has it already.
    package static func file(_ facts: FileFacts, for request: Request, headers: Headers = Headers()) -> Response {
        var headers = headers
        let tag = "\"\(facts.tag)\""
        headers["etag"] = tag
        headers["content-type"] = facts.type
        headers["accept-ranges"] = "bytes"
        if request.knows(tag) {
            headers["content-type"] = nil
            return Response(304, headers: headers)
        }
        var range = 0..<facts.size
        var status = 200
        let mayBePart = request.headers["if-range"].map { $0 == tag } ?? true
        if mayBePart, let wanted = request.headers["range"] {
            switch ByteRange(wanted, of: facts.size) {
            case .whole: break
            case .part(let part):
                range = part
                status = 206
                headers["content-range"] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(facts.size)"
            case .outside:
                headers["content-range"] = "bytes */\(facts.size)"
                return Response(416, headers: headers)
            }
        }
        return Response(status, headers: headers, body: .file(path: facts.path, range: range))
    }
}

extension Request {
    /// Whether the client has what bears this tag: `*`, or one of a list; weak and strong ones compare alike for GET.
    package func knows(_ tag: String) -> Bool {
        headers["if-none-match"]?.split(separator: ",").contains { candidate in
            let candidate = candidate.trimmingSpaces
            return candidate == "*" || candidate == tag || candidate == "W/\(tag)"
        } ?? false
    }
}

/// What a `Range` field asks for. Several ranges at once are answered with the whole, as the standard allows.
package enum ByteRange: Equatable {
    case whole
    case part(Range<Int>)
    case outside

    package init(_ field: String, of size: Int) {
        self = .whole
        guard field.hasPrefix("bytes="), !field.contains(",") else { return }
        let ends = field.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else { return }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?) where first <= last:
            // The last may be the largest number there is, to which nothing can be added.
            self = first < size ? .part(first..<min(last, size - 1) + 1) : .outside
        case (let first?, nil) where ends[1].isEmpty:
            self = first < size ? .part(first..<size) : .outside
        case (nil, let length?) where ends[0].isEmpty:
            self = length > 0 && size > 0 ? .part(max(0, size - length)..<size) : .outside
        default: return
        }
    }
}
