import Glibc
import Runtime

/// Why we can't listen there: one sentence for the operator.
package struct ListenError: Error, CustomStringConvertible {
    package var description: String
}

/// A socket that takes connections.
struct Listener {
    let socket: Int32
    let path: String?
    /// The port that was given, which matters when any was asked for.
    let port: Int?

    init(at address: ListenAddress) throws {
        switch address {
        case .inherited(let descriptor):
            var kind: Int32 = 0
            var length = socklen_t(4)
            guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &kind, &length) == 0, kind == 1 else {
                throw ListenError(description: "descriptor \(descriptor) is not a listening socket")
            }
            (socket, path, port) = (descriptor, nil, nil)
        case .path(let path):
            (socket, self.path, port) = (try Self.open(path: path), path, nil)
        case .port(let host, let port):
            let (socket, given) = try Self.open(host: host, port: port)
            (self.socket, path, self.port) = (socket, nil, given)
        }
        let flags = fcntl(socket, F_GETFL)
        _ = fcntl(socket, F_SETFL, flags | O_NONBLOCK)
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    }

    private static func open(host: String, port: Int) throws -> (Int32, Int) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else {
            throw ListenError(description: "\(host) is not an address of this machine")
        }
        defer { freeaddrinfo(found) }
        let socket = Glibc.socket(found.pointee.ai_family, found.pointee.ai_socktype, 0)
        var one: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, 4)
        guard bind(socket, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0, listen(socket, 1024) == 0 else {
            let reason = errno == EADDRINUSE ? "another program listens there" : String(cString: strerror(errno))
            close(socket)
            throw ListenError(description: "can't listen on \(host):\(port): \(reason)")
        }
        return (socket, givenPort(socket))
    }

    private static func givenPort(_ socket: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
            // The port stands at the same place in both families' addresses.
            return $0.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    private static func open(path: String) throws -> Int32 {
        var facts = stat()
        guard lstat(path, &facts) != 0 || facts.st_mode & S_IFMT == S_IFSOCK else {
            throw ListenError(description: "can't listen on \(path): something else lies there")
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        return try withUnsafePointer(to: &address) {
            try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard connect(socket, address, size) != 0 else {
                    close(socket)
                    throw ListenError(description: "can't listen on \(path): another program listens there")
                }
                // Nobody answers there: the file was left by a server that is gone.
                unlink(path)
                guard bind(socket, address, size) == 0, listen(socket, 1024) == 0 else {
                    let reason = String(cString: strerror(errno))
                    close(socket)
                    throw ListenError(description: "can't listen on \(path): \(reason)")
                }
                return socket
            }
        }
    }
}

/// The address a connection comes from; `unix` for a Unix socket.
func peerAddress(of socket: Int32) -> String {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    var host = [CChar](repeating: 0, count: 64)
    let isKnown = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            getpeername(socket, address, &length) == 0 && Int32(address.pointee.sa_family) != AF_UNIX
                && getnameinfo(address, length, &host, 64, nil, 0, NI_NUMERICHOST) == 0
        }
    }
    guard isKnown else { return "unix" }
    return String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
