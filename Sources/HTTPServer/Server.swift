import CSystem
import Glibc
import HTTP
package import Runtime

/// The HTTP server: takes connections and shares them out among its loops.
package final class Server: @unchecked Sendable {
    // Sendable: what changes after the start is changed on the first loop only.
    package let port: Int?
    private let listener: Listener
    private let parts: [ServerPart]
    private let door: Door
    /// The listening socket is closed; its number may be another's by now.
    private var isShut = false

    package init(
        at address: ListenAddress, on loops: [EventLoop], limits: ServerLimits = ServerLimits(),
        trusting proxies: TrustedProxies = TrustedProxies([]), respond: @escaping Responder
    ) async throws {
        let listener = try Listener(at: address)
        let parts = loops.map { ServerPart(on: $0, limits, proxies, respond) }
        let door = Door(listener.socket, parts)
        (self.listener, port, self.parts, self.door) = (listener, listener.port, parts, door)
        for part in parts { await part.loop.run { part.start() } }
        await loops[0].run { loops[0].add(listener.socket, .readable, door) }
    }

    /// Takes no more connections, lets what is under way end within `grace` seconds, then closes what is left.
    package func stop(grace: Int) async {
        await parts[0].loop.run { self.shut() }
        for part in parts { await part.loop.run { part.stopTaking() } }
        for _ in 0..<grace * 20 {
            if await connectionCount == 0 { return }
            try? await Task.sleep(nanoseconds: 50_000_000)
        }
        for part in parts { await part.loop.run { part.endAll() } }
    }

    private func shut() {
        guard !isShut else { return }
        isShut = true
        parts[0].loop.remove(listener.socket)
        close(listener.socket)
        if let path = listener.path { unlink(path) }
    }

    package var connectionCount: Int {
        get async {
            var count = 0
            for part in parts { count += await part.loop.run { part.connectionCount } }
            return count
        }
    }

    /// How many requests were answered with each status.
    package var answered: [Int: Int] {
        get async {
            var sum: [Int: Int] = [:]
            for part in parts { sum.merge(await part.loop.run { part.answered }, uniquingKeysWith: +) }
            return sum
        }
    }
}

/// Where connections come in.
private final class Door: EventHandler, @unchecked Sendable {
    // Sendable, because it is used only on the first loop.
    private let socket: Int32
    private let parts: [ServerPart]
    private var next = 0

    init(_ socket: Int32, _ parts: [ServerPart]) {
        self.socket = socket
        self.parts = parts
    }

    func handle(_ events: Events) {
        while true {
            let connection = system_accept(socket)
            guard connection >= 0 else { return }
            let peer = peerAddress(of: connection)
            let part = parts[next % parts.count]
            next += 1
            if part.loop.isCurrent {
                part.adopt(connection, from: peer)
            } else {
                Task(executorPreference: part.loop) { part.adopt(connection, from: peer) }
            }
        }
    }
}
