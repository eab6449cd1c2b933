import CSystem
import Glibc
import HTTP
import Runtime

/// One client's connection: reads a request, has it answered, and so on, on one loop.
final class ClientConnection: EventHandler, @unchecked Sendable {
    // Sendable, because it is used only on its loop's thread.
    let socket: Int32
    let peer: String
    let limits: ServerLimits
    let loop: EventLoop
    /// When the client has been too slow, in the loop's seconds.
    var deadline: Int
    var task: Task<Void, Never>?

    private static let ordinaryCapacity = 8192
    private var input: UnsafeMutablePointer<UInt8>
    private var capacity = ordinaryCapacity
    private var start = 0
    private var end = 0
    private var isReadable = true
    /// The end of the stream is told once, maybe together with the last bytes.
    private var hasEnd = false
    private(set) var isDead = false
    /// The client was too slow; it may still be told so.
    private(set) var isOverdue = false
    private var reader: UnsafeContinuation<Void, Never>?
    private var writer: UnsafeContinuation<Void, Never>?

    init(_ socket: Int32, from peer: String, on loop: EventLoop, _ limits: ServerLimits) {
        self.socket = socket
        self.peer = peer
        self.loop = loop
        self.limits = limits
        deadline = loop.seconds + limits.idleSeconds
        input = .allocate(capacity: capacity)
    }

    deinit { input.deallocate() }

    /// Waits for a request of which nothing has come yet.
    var isIdle: Bool { reader != nil && start == end && isBetweenRequests }
    var isBetweenRequests = true
    var unread: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: input + start, count: end - start) }

    func handle(_ events: Events) {
        if !events.isDisjoint(with: [.readable, .peerClosed, .failed, .hungUp]) {
            isReadable = true
            if !events.isDisjoint(with: [.peerClosed, .failed, .hungUp]) { hasEnd = true }
            resumeReader()
        }
        if !events.isDisjoint(with: [.writable, .failed, .hungUp]) { resumeWriter() }
        // The client is gone for good: nobody waits for what the handler is doing.
        if !events.isDisjoint(with: [.failed, .hungUp]) || events.contains(.peerClosed) && !isBetweenRequests {
            task?.cancel()
        }
    }

    /// The client was too slow. Nothing more is read; what we still have to say may fit into the socket's buffer.
    func expire() {
        guard !isOverdue else { return cut() }
        isOverdue = true
        deadline = loop.seconds + 2
        resumeReader()
        resumeWriter()
    }

    /// Ends the connection from our side, whatever is going on.
    func cut() {
        isDead = true
        shutdown(socket, Int32(SHUT_RDWR))
        resumeReader()
        resumeWriter()
        task?.cancel()
    }

    private func resumeReader() {
        let waiting = reader
        reader = nil
        waiting?.resume()
    }

    private func resumeWriter() {
        let waiting = writer
        writer = nil
        waiting?.resume()
    }

    func consume(_ count: Int) {
        start += count
    }

    /// Waits for more bytes; false when none will come.
    func fill() async -> Bool {
        makeRoom()
        while !isDead && !isOverdue {
            if isReadable {
                let count = read(socket, input + end, capacity - end)
                if count > 0 {
                    // A short read means that the socket is drained: it will tell when there is more.
                    isReadable = hasEnd || count == capacity - end
                    end += count
                    return true
                }
                if count < 0 && errno == EINTR { continue }
                guard count < 0, errno == EAGAIN else { return false }
                isReadable = false
            }
            await withUnsafeContinuation { reader = $0 }
        }
        return false
    }

    private func makeRoom() {
        if start == end {
            start = 0
            end = 0
        } else if end == capacity && start > 0 {
            memmove(input, input + start, end - start)
            end -= start
            start = 0
        }
        if end == capacity { grow(to: capacity * 2) }
    }

    /// A larger window for bodies; heads fit into the small one.
    func grow(to size: Int) {
        if size > capacity { move(to: size) }
    }

    /// Back to the small window after a body: 2,000 who wait for their answers would else hold 130 MB.
    func shrink() {
        if capacity > Self.ordinaryCapacity, end - start <= Self.ordinaryCapacity { move(to: Self.ordinaryCapacity) }
    }

    private func move(to size: Int) {
        let other = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        memcpy(other, input + start, end - start)
        input.deallocate()
        input = other
        end -= start
        start = 0
        capacity = size
    }

    func send(_ bytes: UnsafeBufferPointer<UInt8>, then more: UnsafeBufferPointer<UInt8>? = nil) async throws {
        var sent = 0
        let total = bytes.count + (more?.count ?? 0)
        while sent < total {
            let skipped = max(0, sent - bytes.count)
            let count = Int(
                sent < bytes.count
                    ? system_send_two(
                        socket, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, more?.baseAddress,
                        more?.count ?? 0)
                    : system_send_two(
                        socket, more?.baseAddress.map { $0 + skipped }, total - bytes.count - skipped, nil, 0))
            if count > 0 {
                sent += count
            } else {
                try await waitToSend()
            }
        }
    }

    func send(_ text: String) async throws {
        let buffer = ByteBuffer(text)
        try await send(buffer.bytes)
        withExtendedLifetime(buffer) {}
    }

    func sendFile(_ path: String, _ range: Range<Int>) async throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw DiskError.last(path) }
        defer { close(file) }
        var position = range.lowerBound
        while position < range.upperBound {
            let count = system_send_file(socket, file, Int64(position), min(range.upperBound - position, 1 << 20))
            // A file that has become shorter can't be sent as announced: the connection ends, so the client knows.
            guard count != 0 else { throw BodyError.gone }
            if count > 0 {
                position += Int(count)
            } else {
                try await waitToSend()
            }
        }
    }

    /// After a send that took nothing: waits for room, or finds that the client is gone.
    private func waitToSend() async throws {
        if errno == EINTR { return }
        guard errno == EAGAIN, !isDead, !isOverdue else { throw BodyError.gone }
        deadline = loop.seconds + limits.writeStallSeconds
        await withUnsafeContinuation { writer = $0 }
        guard !isDead, !isOverdue else { throw BodyError.gone }
    }

    /// Lets the answer reach a client that still sends, as closing at once would destroy it on its way.
    func linger() async {
        guard !isDead else { return }
        shutdown(socket, Int32(SHUT_WR))
        deadline = loop.seconds + 2
        while await fill() { start = end }
    }
}
