/// Where the server is reached.
package enum ListenAddress: Sendable, Equatable {
    case port(host: String, Int)
    case path(String)
    /// Opened by whoever started us (systemd's socket activation).
    case inherited(Int32)

    /// `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/rabrong.sock`, `fd:3`.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            guard text.utf8.count > 5, text.utf8.count <= 5 + 107 else { return nil }
            self = .path(String(text.dropFirst(5)))
        } else if text.hasPrefix("fd:") {
            guard let descriptor = Int32(text.dropFirst(3)), descriptor > 2 else { return nil }
            self = .inherited(descriptor)
        } else if let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon > text.startIndex
        {
            let host = text[..<colon]
            self = .port(host: host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host), port)
        } else {
            return nil
        }
    }
}
