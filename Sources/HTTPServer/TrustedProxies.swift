package import HTTP
import Runtime

/// The proxies in front of us whose word on the client's address we take.
package struct TrustedProxies: Sendable {
    private let addresses: Set<String>

    package init(_ addresses: some Sequence<String>) {
        self.addresses = Set(addresses)
    }

    /// A Unix socket's peer is `unix`: whoever may open the socket is let in by the file's owner.
    package func contains(_ peer: String) -> Bool {
        addresses.contains(peer)
    }

    /// The nearest address in `X-Forwarded-For` that is not itself a trusted proxy; what stands before it anybody
    /// could have written.
    package func origin(of headers: Headers, from peer: String) -> (peer: String, isSecure: Bool) {
        guard contains(peer) else { return (peer, false) }
        let isSecure = headers.all("x-forwarded-proto").last == "https"
        let chain = headers.all("x-forwarded-for").flatMap {
            $0.split(separator: ",").map { String($0.trimmingSpaces) }
        }
        let origin = chain.last { !contains($0) && isAddress($0) }
        return (origin ?? peer, isSecure)
    }

    private func isAddress(_ text: String) -> Bool {
        (2...45).contains(text.utf8.count)
            && text.utf8.allSatisfy { hexadecimalValue($0) != nil || $0 == 46 || $0 == 58 }
    }
}
