import Glibc
package import Runtime

/// clamd, asked over its socket whether a file carries a virus that it knows.
package struct VirusScanner: Sendable {
    package enum Verdict: Sendable, Equatable {
        case clean
        case infected(String)
    }

    private let address: ListenAddress
    private static let pieceSize = 65_536
    private static let seconds = 60

    package init(at address: ListenAddress) {
        self.address = address
    }

    /// Throws when nobody answers: then nobody knows.
    package func scan(_ path: String) async throws -> Verdict {
        let address = address
        return try await Blocking.run {
            let socket = try Self.connect(to: address)
            defer { close(socket) }
            try Self.send(path, over: socket)
            return try Self.verdict(try Self.answer(of: socket))
        }
    }

    /// Pieces with their lengths in front, and an empty one at the end.
    private static func send(_ path: String, over socket: Int32) throws {
        try write(Array("zINSTREAM\0".utf8), to: socket)
        try Disk.readPieces(of: path) { piece in
            var rest = piece[...]
            while !rest.isEmpty {
                let part = rest.prefix(pieceSize)
                rest = rest.dropFirst(part.count)
                try write(length(part.count) + part, to: socket)
            }
        }
        try write(length(0), to: socket)
    }

    private static func length(_ count: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(count).bigEndian) { Array($0) }
    }

    private static func write(_ bytes: [UInt8], to socket: Int32) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw ScannerFailure(description: "clamd takes no more") }
            sent += count
        }
    }

    private static func answer(of socket: Int32) throws -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 512)
        while bytes.count < 4096 {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count >= 0 else { throw ScannerFailure(description: "clamd doesn't answer") }
            if count == 0 { break }
            bytes += buffer.prefix(count)
            if bytes.last == 0 { break }
        }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// `stream: OK`, `stream: Eicar FOUND`
    private static func verdict(_ answer: String) throws -> Verdict {
        let words = answer.split(separator: " ")
        if words.last == "OK" { return .clean }
        guard words.last == "FOUND", words.count > 2 else { throw ScannerFailure(description: "clamd says: \(answer)") }
        return .infected(words[1..<words.count - 1].joined(separator: " "))
    }

    private static func connect(to address: ListenAddress) throws -> Int32 {
        let socket =
            switch address {
            case .path(let path): try connect(toPath: path)
            case .port(let host, let port): try connect(toHost: host, port)
            case .inherited: throw ScannerFailure(description: "clamd is reached by HOST:PORT or unix:PATH")
            }
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(socket, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        return socket
    }

    private static func connect(toPath path: String) throws -> Int32 {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        return try connected(socket, isConnected)
    }

    private static func connect(toHost host: String, _ port: Int) throws -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let first = found?.pointee else {
            throw ScannerFailure(description: "\(host) is not known")
        }
        defer { freeaddrinfo(found) }
        let socket = Glibc.socket(first.ai_family, first.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        return try connected(socket, Glibc.connect(socket, first.ai_addr, first.ai_addrlen) == 0)
    }

    private static func connected(_ socket: Int32, _ isConnected: Bool) throws -> Int32 {
        guard isConnected else {
            close(socket)
            throw ScannerFailure(description: "clamd can't be reached")
        }
        return socket
    }
}

/// Nobody knows whether the file is clean.
package struct ScannerFailure: Error, CustomStringConvertible {
    package var description: String
}
