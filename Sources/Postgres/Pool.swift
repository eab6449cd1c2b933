import Runtime

/// The sessions of one event loop. A lost one is replaced; while the server is away, callers hear so at once.
final class Pool: @unchecked Sendable {
    // Sendable, because it is used only on its loop's thread.
    struct Limits: Sendable {
        var sessions = 4
        /// When 2,000 people send their reports at once, all are served in about ten: with 5, a third was turned away.
        var waitSeconds = 30
        var connectSeconds = 5
        var answerSeconds = 20
        /// In tests the session stays in its one transaction from lease to lease.
        var keepsTransaction = false
    }

    let loop: EventLoop
    private let address: String
    private let limits: Limits
    private var idle: [Connection] = []
    private var all: [Connection] = []
    private var opening: [Connection] = []
    private var waiters: [(since: Int, continuation: UnsafeContinuation<Connection?, Never>)] = []
    private var lastFailure: (error: DatabaseUnavailable, until: Int)?
    private var isTicking = false
    private var isClosed = false

    init(address: String, loop: EventLoop, limits: Limits) {
        self.address = address
        self.loop = loop
        self.limits = limits
    }

    /// A session for the caller alone, until it is given back.
    func lease() async throws -> Connection {
        startTicking()
        let begin = loop.seconds
        while true {
            if isClosed { throw DatabaseUnavailable("the sessions are closed") }
            if let connection = idle.popLast() { return connection }
            if all.count + opening.count < limits.sessions { return try await open() }
            guard loop.seconds - begin <= limits.waitSeconds else {
                throw DatabaseUnavailable("no session was free for \(limits.waitSeconds) seconds")
            }
            if let connection = await withUnsafeContinuation({ waiters.append((loop.seconds, $0)) }) {
                return connection
            }
        }
    }

    func giveBack(_ connection: Connection) {
        let isLeftOpen = connection.isInTransaction && !limits.keepsTransaction
        if connection.isBroken || connection.wasCancelled || isLeftOpen {
            connection.close()
            forget(connection)
            wakeOne()
        } else if waiters.isEmpty {
            idle.append(connection)
        } else {
            // From hand to hand: lying there, it would go to who comes just then, and who waited would wait anew
            // (measured: of 1,159 who came at once, 22 waited for more than 5 seconds).
            waiters.removeFirst().continuation.resume(returning: connection)
        }
    }

    var statementCount: Int { all.reduce(0) { $0 + $1.statementCount } }

    func closeAll() {
        isClosed = true
        for connection in all { connection.abandon() }
        all = []
        idle = []
        while !waiters.isEmpty { wakeOne() }
    }

    private func open() async throws -> Connection {
        if let lastFailure, loop.seconds < lastFailure.until { throw lastFailure.error }
        let connection = try Connection(to: address, on: loop, answerLimit: limits.answerSeconds)
        opening.append(connection)
        defer { opening.removeAll { $0 === connection } }
        do {
            try await connection.open(limit: limits.connectSeconds)
            connection.whenLost = { [weak self, weak connection] in
                if let connection { self?.forget(connection) }
            }
            all.append(connection)
            lastFailure = nil
            return connection
        } catch let error as DatabaseUnavailable {
            // One attempt a second is enough to notice that the server is back.
            lastFailure = (error, loop.seconds + 1)
            wakeOne()
            throw error
        }
    }

    private func forget(_ connection: Connection) {
        all.removeAll { $0 === connection }
        idle.removeAll { $0 === connection }
    }

    /// Has who waits longest look for themselves.
    private func wakeOne() {
        if !waiters.isEmpty { waiters.removeFirst().continuation.resume(returning: nil) }
    }

    private func startTicking() {
        guard !isTicking else { return }
        isTicking = true
        loop.everySecond { [weak self] in self?.tick() }
    }

    private func tick() {
        for connection in all + opening { connection.checkTime() }
        while let first = waiters.first, loop.seconds - first.since > limits.waitSeconds { wakeOne() }
    }
}
