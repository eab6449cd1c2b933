import Glibc

/// A client that sends bytes as they come, and reads what the server says to them.
struct RawClient: Sendable {
    let port: Int

    /// Sends the pieces until there are no more or the server answers; returns its answer.
    func answer(to pieces: @escaping @Sendable () -> [UInt8]?) async throws -> String {
        try await onThread { try talk(pieces, waits: true) }
    }

    /// Sends the bytes, and is gone as soon as the server is seen to have them.
    func cutOff(after bytes: [UInt8], once areSeen: @escaping @Sendable () -> Bool) async throws {
        let pieces = Pieces([bytes])
        _ = try await onThread {
            try talk {
                if let piece = pieces.next() { return piece }
                while !areSeen() { sched_yield() }
                return nil
            }
        }
    }

    private func talk(_ pieces: () -> [UInt8]?, waits: Bool = false) throws -> String {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw ClientFailure(code: errno) }
        while !hasNews(socket, within: 0), let piece = pieces() {
            guard send(piece, over: socket) else { break }
        }
        return !waits || !hasNews(socket, within: 15_000) ? "" : read(from: socket)
    }

    private func hasNews(_ socket: Int32, within milliseconds: Int32) -> Bool {
        var wanted = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, milliseconds) == 1
    }

    /// False when the server takes no more.
    private func send(_ bytes: [UInt8], over socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func read(from socket: Int32) -> String {
        var (bytes, piece) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while hasNews(socket, within: 300) {
            let count = recv(socket, &piece, piece.count, 0)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

struct ClientFailure: Error {
    let code: Int32
}

/// Waiting for a server would hold a thread that its program may need.
private func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let work = Unmanaged.passRetained(Work { continuation.resume(with: Swift.Result { try body() }) })
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, work.toOpaque())
        pthread_detach(thread)
    }
}

private final class Work: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
