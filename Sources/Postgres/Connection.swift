import CPostgres
import Glibc
import Runtime

/// One session with PostgreSQL in pipeline mode: many statements, one trip.
///
/// It belongs to one event loop, and everything here happens on it.
final class Connection: EventHandler, @unchecked Sendable {
    // Sendable, because it is used only on its loop's thread.
    let loop: EventLoop
    private(set) var isBroken = false
    private(set) var statementCount = 0
    /// Set by the pool: told when the session is lost while nobody uses it.
    var whenLost: (() -> Void)?
    var whenNotified: ((String) -> Void)?

    private let handle: OpaquePointer
    private let answerLimit: Int
    private var prepared: [String: String] = [:]
    private var namesGiven = 0
    private var trip: Trip?
    private var tripNumber = 0
    private var socketWaiter: UnsafeContinuation<Void, Never>?
    private var busySince = 0
    private var connectLimit: Int?
    /// A request to cancel may still be on its way, and would hit the next statement: the session isn't used again.
    private(set) var wasCancelled = false

    /// A trip of more than `answerLimit` seconds is cancelled, and the session dropped if even that isn't answered.
    init(to address: String, on loop: EventLoop, answerLimit: Int) throws {
        self.loop = loop
        self.answerLimit = answerLimit
        guard let handle = PQconnectStart(address) else { throw DatabaseUnavailable("out of memory") }
        self.handle = handle
        // What the server has to say besides answers would go to our log's stream, in its own form.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    /// Opens the session; gives up after `limit` seconds, which only `checkTime` notices while the server says nothing.
    func open(limit: Int) async throws {
        busySince = monotonicSeconds()
        connectLimit = limit
        defer { connectLimit = nil }
        do {
            try await finishConnecting(limit: limit)
        } catch {
            isBroken = true
            throw error
        }
    }

    private var lastMessage: String {
        String(cString: PQerrorMessage(handle)).split(separator: "\n").joined(separator: " ")
    }

    private func finishConnecting(limit: Int) async throws {
        var registered: Int32 = -1
        var progress = PGRES_POLLING_WRITING
        while progress != PGRES_POLLING_OK {
            let isLate = monotonicSeconds() - busySince > limit
            guard progress != PGRES_POLLING_FAILED, !isLate else {
                if registered >= 0 { loop.remove(registered) }
                throw DatabaseUnavailable(isLate ? "the server didn't answer in \(limit) seconds" : lastMessage)
            }
            let socket = PQsocket(handle)
            guard socket >= 0 else { throw DatabaseUnavailable(lastMessage) }
            if registered >= 0 { loop.remove(registered) }
            loop.add(socket, progress == PGRES_POLLING_READING ? .readable : .writable, self)
            registered = socket
            await withUnsafeContinuation { socketWaiter = $0 }
            progress = PQconnectPoll(handle)
        }
        loop.change(registered, to: .readable)
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
            throw DatabaseUnavailable(lastMessage)
        }
    }

    func close() {
        isBroken = true
        if PQsocket(handle) >= 0 { loop.remove(PQsocket(handle)) }
    }

    /// Closes the session whatever it is doing; who waits for it hears so.
    func abandon() {
        close()
        settle(.failure(DatabaseUnavailable("the session was closed")))
    }

    /// Sends all statements and the mark that ends their implicit transaction, and waits for what they return.
    func run(_ statements: [SQL]) async throws -> [Rows] {
        guard !isBroken, trip == nil else { throw DatabaseUnavailable("the session is not free") }
        trip = Trip()
        tripNumber += 1
        statementCount += statements.count
        busySince = loop.seconds
        for statement in statements { send(statement) }
        guard PQpipelineSync(handle) == 1 else { throw lose() }
        flush()
        let number = tripNumber
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                if isBroken {
                    continuation.resume(throwing: DatabaseUnavailable(lastMessage))
                } else {
                    trip?.continuation = continuation
                }
            }
        } onCancel: {
            Task(executorPreference: loop) { await self.cancel(number) }
        }
    }

    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    private func send(_ statement: SQL) {
        let name: String
        if let known = prepared[statement.text] {
            name = known
        } else {
            namesGiven += 1
            name = "s\(namesGiven)"
            prepared[statement.text] = name
            PQsendPrepare(handle, name, statement.text, 0, nil)
            trip?.expectations.append(.preparation(of: statement.text))
        }
        trip?.expectations.append(.rows)
        withCStrings(statement.values) { values in
            _ = PQsendQueryPrepared(handle, name, Int32(values.count), values, nil, nil, 0)
        }
    }

    private func flush() {
        let socket = PQsocket(handle)
        guard socket >= 0 else { return }
        if PQflush(handle) == 1 { loop.change(socket, to: [.readable, .writable]) }
    }

    func handle(_ events: Events) {
        if socketWaiter != nil { return resumeSocketWaiter() }
        if events.contains(.writable), PQflush(handle) == 0 { loop.change(PQsocket(handle), to: .readable) }
        guard PQconsumeInput(handle) == 1 else {
            settle(.failure(lose()))
            return
        }
        while let notification = PQnotifies(handle) {
            whenNotified?(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        receive()
    }

    private func resumeSocketWaiter() {
        let waiter = socketWaiter
        socketWaiter = nil
        waiter?.resume()
    }

    private func receive() {
        while trip != nil, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle) else {
                trip?.position += 1
                continue
            }
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                finishTrip()
            case PGRES_FATAL_ERROR, PGRES_PIPELINE_ABORTED:
                noteFailure(result)
                PQclear(result)
            default:
                keep(result)
            }
        }
        if PQstatus(handle) != CONNECTION_OK { settle(.failure(lose())) }
    }

    private func keep(_ result: OpaquePointer) {
        guard let trip, trip.position < trip.expectations.count, case .rows = trip.expectations[trip.position] else {
            PQclear(result)
            return
        }
        self.trip?.answers.append(Rows(result))
    }

    private func noteFailure(_ result: OpaquePointer) {
        guard let trip, trip.error == nil else { return }
        self.trip?.error = DatabaseError(result)
        // What comes after the failed statement is skipped, so its preparations do not happen.
        for case .preparation(let text) in trip.expectations[min(trip.position, trip.expectations.count)...] {
            prepared[text] = nil
        }
    }

    private func finishTrip() {
        guard let trip else { return }
        settle(trip.error.map { .failure($0) } ?? .success(trip.answers))
    }

    private func settle(_ outcome: Result<[Rows], any Error>) {
        let continuation = trip?.continuation
        trip = nil
        continuation?.resume(with: outcome)
    }

    private func lose() -> DatabaseUnavailable {
        let error = DatabaseUnavailable(lastMessage)
        let wasIdle = trip == nil
        close()
        if wasIdle { whenLost?() }
        return error
    }

    /// Called every second: ends an opening or a trip that takes too long.
    func checkTime() {
        if let connectLimit, loop.seconds - busySince > connectLimit { resumeSocketWaiter() }
        guard trip != nil, !isBroken else { return }
        let duration = loop.seconds - busySince
        if duration > answerLimit && !wasCancelled {
            let number = tripNumber
            Task(executorPreference: loop) { await self.cancel(number) }
        }
        if duration > answerLimit + 5 { settle(.failure(lose())) }
    }

    /// Asks the server to stop the statement. What it answers, if anything, ends the trip.
    private func cancel(_ number: Int) async {
        guard trip != nil, tripNumber == number, !wasCancelled, let request = PQgetCancel(handle) else { return }
        wasCancelled = true
        // Off the loop: libpq opens a connection of its own for this and waits for it.
        let sending = CancelRequest(request)
        try? await Blocking.run { sending.send() }
    }

    /// Sends a table's rows as fast as the server takes them. `next` gives text in COPY's own form, nil at the end.
    func copyIn(_ statement: String, next: () throws -> [UInt8]?) async throws -> Int {
        guard !isBroken, trip == nil, PQexitPipelineMode(handle) == 1, PQsendQuery(handle, statement) == 1 else {
            throw lose()
        }
        try await pushOut()
        _ = try await copyResult()
        do {
            while let chunk = try next() {
                let text = chunk.map { CChar(bitPattern: $0) }
                while PQputCopyData(handle, text, Int32(text.count)) == 0 { await socketChange(.writable) }
                try await pushOut()
            }
        } catch {
            close()
            throw error
        }
        while PQputCopyEnd(handle, nil) == 0 { await socketChange(.writable) }
        try await pushOut()
        let count = try await copyResult()
        while let rest = PQgetResult(handle) { PQclear(rest) }
        guard PQenterPipelineMode(handle) == 1 else { throw lose() }
        return count
    }

    private func pushOut() async throws {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1: await socketChange([.readable, .writable])
            default: throw lose()
            }
        }
    }

    private func copyResult() async throws -> Int {
        while PQisBusy(handle) == 1 {
            await socketChange(.readable)
            guard PQconsumeInput(handle) == 1 else { throw lose() }
        }
        guard let result = PQgetResult(handle) else { return 0 }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COPY_IN, PGRES_COMMAND_OK: return Int(String(cString: PQcmdTuples(result))) ?? 0
        default:
            let error = DatabaseError(result)
            close()
            throw error
        }
    }

    private func socketChange(_ events: Events) async {
        loop.change(PQsocket(handle), to: events)
        await withUnsafeContinuation { socketWaiter = $0 }
        loop.change(PQsocket(handle), to: .readable)
    }
}
