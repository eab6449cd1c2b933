import Glibc
import HTTPServer
import Runtime

/// What a server said.
struct Reply {
    var status: Int
    var fields: [(name: String, value: String)]
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}

enum ClientError: Error {
    case system(Int32)
    case ended
    case silent
}

/// A client that sends exactly the bytes it is given, and takes nothing on trust of what comes back.
final class TestClient {
    let socket: Int32
    private var held: [UInt8] = []

    convenience init(to server: Server) throws {
        try self.init(port: server.port ?? 0)
    }

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        try connect(to: &address)
    }

    init(path: String) throws {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try connect(to: &address)
    }

    deinit { close(socket) }

    private func connect<Address>(to address: inout Address) throws {
        let socket = socket
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard result == 0 else { throw ClientError.system(errno) }
        var limit = timeval(tv_sec: 15, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        let socket = socket
        try await onThread {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw ClientError.system(errno) }
                sent += count
            }
        }
    }

    /// Sends until the server has taken nothing for a while; returns how much it took.
    func sendUntilFull(_ most: Int) async throws -> Int {
        let socket = socket
        return try await onThread {
            let piece = [UInt8](repeating: 120, count: 65_536)
            var sent = 0
            var wanted = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            while sent < most, poll(&wanted, 1, 300) == 1 {
                let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                let count = Glibc.send(socket, piece, min(piece.count, most - sent), flags)
                guard count > 0 || errno == EAGAIN else { throw ClientError.system(errno) }
                sent += max(0, count)
            }
            return sent
        }
    }

    func hasNews(withinMilliseconds time: Int32) -> Bool {
        var wanted = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, time) == 1
    }

    /// Says that nothing more will come, but listens on.
    func finish() { shutdown(socket, Int32(SHUT_WR)) }

    /// The next bytes; none at the end.
    func receive() async throws -> [UInt8] {
        if !held.isEmpty {
            defer { held = [] }
            return held
        }
        let socket = socket
        return try await onThread {
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = read(socket, &piece, piece.count)
            guard count >= 0 else { throw errno == EAGAIN ? ClientError.silent : .system(errno) }
            return Array(piece[..<count])
        }
    }

    /// All that comes until the server closes the connection.
    func restBytes() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try await receive(), !piece.isEmpty { bytes += piece }
        return bytes
    }

    func rest() async throws -> String { String(decoding: try await restBytes(), as: UTF8.self) }

    func reply(toHead: Bool = false) async throws -> Reply {
        var reply = try await head()
        if toHead || reply.status < 200 || reply.status == 204 || reply.status == 304 { return reply }
        if reply["transfer-encoding"] == "chunked" {
            while case let chunk = try await self.chunk(), !chunk.isEmpty { reply.body += chunk }
        } else if let length = reply["content-length"].flatMap({ Int($0) }) {
            reply.body = try await take(length)
        } else {
            reply.body = try await restBytes()
        }
        return reply
    }

    func head() async throws -> Reply {
        let first = try await line().split(separator: " ", maxSplits: 2)
        guard first.count == 3, first[0] == "HTTP/1.1", let status = Int(first[1]) else { throw ClientError.ended }
        var fields: [(String, String)] = []
        while case let line = try await line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields.append((parts[0].lowercased(), String(parts[1].dropFirst())))
        }
        return Reply(status: status, fields: fields)
    }

    /// A chunk's bytes; none: it was the last.
    func chunk() async throws -> [UInt8] {
        guard let size = Int(try await line(), radix: 16) else { throw ClientError.ended }
        let bytes = try await take(size)
        guard try await line().isEmpty else { throw ClientError.ended }
        return bytes
    }

    private func line() async throws -> String {
        var line: [UInt8] = []
        while !line.suffix(2).elementsEqual([13, 10]) {
            line += try await take(1)
        }
        return String(decoding: line.dropLast(2), as: UTF8.self)
    }

    private func take(_ count: Int) async throws -> [UInt8] {
        while held.count < count {
            let before = held
            held = []
            let piece = try await receive()
            guard !piece.isEmpty else { throw ClientError.ended }
            held = before + piece
        }
        defer { held.removeFirst(count) }
        return Array(held.prefix(count))
    }
}

/// The reply to a request that has the connection to itself.
func ask(_ server: Server, _ request: String) async throws -> Reply {
    let client = try TestClient(to: server)
    try await client.send(request)
    return try await client.reply(toHead: request.hasPrefix("HEAD"))
}

/// Runs `body`, which may wait long, on a thread of its own: `Blocking` has four, and those who wait for each other
/// could hold them all.
private func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let job = Unmanaged.passRetained(Job { continuation.resume(with: Swift.Result { try body() }) })
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, job.toOpaque())
        pthread_detach(thread)
    }
}

private final class Job: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
