import Glibc
import HTTP
import Runtime

/// One loop's share of the server.
final class ServerPart: @unchecked Sendable {
    // Sendable, because it is used only on its loop's thread.
    let loop: EventLoop
    let limits: ServerLimits
    let respond: Responder
    private(set) var isStopping = false
    private(set) var dateLine = ""
    private(set) var answered: [Int: Int] = [:]
    private var connections: [Int32: ClientConnection] = [:]
    private var perPeer: [String: Int] = [:]
    private let proxies: TrustedProxies

    init(on loop: EventLoop, _ limits: ServerLimits, _ proxies: TrustedProxies, _ respond: @escaping Responder) {
        self.loop = loop
        self.limits = limits
        self.proxies = proxies
        self.respond = respond
    }

    var connectionCount: Int { connections.count }

    func start() {
        tick()
        loop.everySecond { [weak self] in self?.tick() }
    }

    /// Takes a new connection, or says why not.
    func adopt(_ socket: Int32, from peer: String) {
        let isKnownProxy = proxies.contains(peer)
        guard connections.count < limits.connections,
            isKnownProxy || perPeer[peer, default: 0] < limits.connectionsPerPeer
        else {
            let status = connections.count < limits.connections ? 429 : 503
            let message = BareRefusal(status: status, dateLine: dateLine).message
            _ = Glibc.send(socket, message, message.utf8.count, Int32(MSG_NOSIGNAL))
            count(status)
            close(socket)
            return
        }
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        let connection = ClientConnection(socket, from: peer, on: loop, limits)
        connections[socket] = connection
        perPeer[peer, default: 0] += 1
        loop.add(socket, [.readable, .writable, .peerClosed, .edge], connection)
        connection.task = Task(executorPreference: loop) {
            await Exchange(connection: connection, part: self).serve()
            self.release(connection)
        }
    }

    private func release(_ connection: ClientConnection) {
        loop.remove(connection.socket)
        connections[connection.socket] = nil
        close(connection.socket)
        let left = perPeer[connection.peer, default: 1] - 1
        perPeer[connection.peer] = left > 0 ? left : nil
    }

    func request(_ head: RequestHead, _ body: RequestBody, from peer: String) -> Request {
        let origin = proxies.origin(of: head.headers, from: peer)
        return Request(
            head.method, head.path, query: Fields(decoding: head.query.utf8) ?? Fields(), headers: head.headers,
            peer: origin.peer, isSecure: origin.isSecure, body: body)
    }

    func count(_ status: Int) {
        answered[status, default: 0] += 1
    }

    func stopTaking() {
        isStopping = true
        for connection in connections.values where connection.isIdle { connection.cut() }
    }

    func endAll() {
        for connection in connections.values { connection.cut() }
    }

    private func tick() {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        var line = [CChar](repeating: 0, count: 64)
        let length = strftime(&line, 64, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts)
        dateLine = String(decoding: line[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for connection in connections.values where connection.deadline < loop.seconds { connection.expire() }
    }
}
