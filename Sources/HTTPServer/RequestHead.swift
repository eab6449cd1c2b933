package import HTTP

/// Why a message is not read any further. There is never a second way to read it.
package enum ProtocolError: Error, Equatable {
    case badRequest
    case targetTooLong
    case unknownMethod
    case unknownCoding
    case unknownVersion

    package var status: Int {
        switch self {
        case .badRequest: 400
        case .targetTooLong: 414
        case .unknownMethod, .unknownCoding: 501
        case .unknownVersion: 505
        }
    }
}

/// The first lines of a request, read strictly by RFC 9112: what two readers could take differently is refused.
package struct RequestHead: Sendable {
    package enum Framing: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
    }

    package var method: Method
    package var path: String
    package var query: String
    package var headers: Headers
    package var framing: Framing
    package var staysOpen: Bool
    package var isHTTP10: Bool
    package var expectsContinue: Bool

    static let targetLimit = 8192
    static let fieldLimit = 100

    /// Reads the bytes before the empty line; the last line's break is included.
    package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(ProtocolError) {
        var lines = LineReader(bytes)
        (method, path, query, isHTTP10) = try Self.requestLine(try lines.next() ?? 0..<0, of: bytes)
        headers = Headers()
        headers.reserve(16)
        var facts = Framer(isHTTP10: isHTTP10)
        while let line = try lines.next() {
            guard headers.fields.count < Self.fieldLimit else { throw .badRequest }
            let (name, value) = try Self.field(line, of: bytes)
            try facts.note(name, value)
            headers.add(name, value)
        }
        framing = try facts.framing()
        staysOpen = facts.staysOpen
        expectsContinue = facts.expectsContinue && framing != .none && !isHTTP10
    }

    private static func requestLine(
        _ line: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
    ) throws(ProtocolError) -> (Method, String, String, Bool) {
        guard let first = line.first(where: { bytes[$0] == 32 }),
            let second = line[(first + 1)...].first(where: { bytes[$0] == 32 }),
            first > line.lowerBound, second > first + 1
        else { throw .badRequest }
        guard bytes[line.lowerBound..<first].allSatisfy(isTokenByte) else { throw .badRequest }
        let isHTTP10: Bool
        switch text(bytes, second + 1..<line.upperBound) {
        case "HTTP/1.1": isHTTP10 = false
        case "HTTP/1.0": isHTTP10 = true
        case let version where version.utf8.count == 8 && version.hasPrefix("HTTP/"): throw .unknownVersion
        default: throw .badRequest
        }
        guard second - first <= targetLimit else { throw .targetTooLong }
        // Visible ASCII only: browsers encode the rest, and a raw byte is read differently by every proxy.
        guard bytes[first + 1..<second].allSatisfy({ (33...126).contains($0) && $0 != 35 }) else { throw .badRequest }
        guard let method = Method(rawValue: text(bytes, line.lowerBound..<first)) else { throw .unknownMethod }
        let target = try originForm(text(bytes, first + 1..<second), method)
        let question = target.firstIndex(of: "?") ?? target.endIndex
        return (method, String(target[..<question]), String(target[question...].dropFirst()), isHTTP10)
    }

    /// `/path?query`; a proxy's `http://host/path` loses its host, which the Host field repeats; `*` goes with OPTIONS.
    private static func originForm(_ target: String, _ method: Method) throws(ProtocolError) -> String {
        if target.hasPrefix("/") || (target == "*" && method == .options) { return target }
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            let rest = target.dropFirst(scheme.count)
            guard let start = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else {
                guard !rest.isEmpty else { throw .badRequest }
                return "/"
            }
            guard start > rest.startIndex else { throw .badRequest }
            return rest[start] == "?" ? "/" + rest[start...] : String(rest[start...])
        }
        throw .badRequest
    }

    private static func field(
        _ line: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
    ) throws(ProtocolError) -> (String, String) {
        guard let colon = line.first(where: { bytes[$0] == 58 }), colon > line.lowerBound,
            bytes[line.lowerBound..<colon].allSatisfy(isTokenByte)
        else { throw .badRequest }
        var start = colon + 1
        var end = line.upperBound
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        guard bytes[start..<end].allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) else { throw .badRequest }
        let name = String(unsafeUninitializedCapacity: colon - line.lowerBound) { target in
            for index in 0..<colon - line.lowerBound { target[index] = lowercased(bytes[line.lowerBound + index]) }
            return colon - line.lowerBound
        }
        return (name, text(bytes, start..<end))
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}

/// Lines that end in CR LF and hold neither alone, nor a NUL.
private struct LineReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func next() throws(ProtocolError) -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        while position < bytes.count, bytes[position] != 13 {
            guard bytes[position] != 10, bytes[position] != 0 else { throw .badRequest }
            position += 1
        }
        guard position + 1 < bytes.count, bytes[position + 1] == 10 else { throw .badRequest }
        defer { position += 2 }
        return start..<position
    }
}

/// What the fields say of the body and the connection.
private struct Framer {
    let isHTTP10: Bool
    var staysOpen: Bool
    var expectsContinue = false
    private var length: Int?
    private var isChunked = false
    private var hosts = 0

    init(isHTTP10: Bool) {
        self.isHTTP10 = isHTTP10
        staysOpen = !isHTTP10
    }

    mutating func note(_ name: String, _ value: String) throws(ProtocolError) {
        switch name {
        case "content-length":
            guard length == nil, (1...18).contains(value.utf8.count),
                value.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(value)
            else { throw .badRequest }
            length = number
        case "transfer-encoding":
            guard !isHTTP10, !isChunked else { throw .badRequest }
            guard value.lowercased() == "chunked" else { throw .unknownCoding }
            isChunked = true
        case "connection":
            let options = value.lowercased().split(separator: ",").map { $0.trimmingSpaces }
            if options.contains("close") {
                staysOpen = false
            } else if isHTTP10, options.contains("keep-alive") {
                staysOpen = true
            }
        case "expect": expectsContinue = value.lowercased() == "100-continue"
        case "host":
            guard hosts == 0, isHost(value) else { throw .badRequest }
            hosts += 1
        default: break
        }
    }

    /// Both a length and chunks, the classic way to smuggle a second request, is no framing at all.
    func framing() throws(ProtocolError) -> RequestHead.Framing {
        guard isHTTP10 || hosts == 1, !(isChunked && length != nil) else { throw .badRequest }
        if isChunked { return .chunked }
        return length.map { $0 == 0 ? .none : .length($0) } ?? .none
    }

    private func isHost(_ value: String) -> Bool {
        value.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 58, 91, 93, 37, 126: true
            default: false
            }
        }
    }
}

/// What a name may be made of.
func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 94...122, 33, 35...39, 42, 43, 45, 46, 124, 126: true
    default: false
    }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

private func lowercased(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
