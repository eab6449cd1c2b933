import HTTP
import Runtime

/// A request's body as its connection brings it. Nothing is read ahead of the handler but what the socket holds.
final class RequestBody: BodyReader, @unchecked Sendable {
    // Sendable, because it is used only on the connection's loop.
    private let connection: ClientConnection
    private var remaining: Int
    private var chunks: ChunkedBody?
    private var mustInvite: Bool
    private var total = 0
    private(set) var hasFailed = false
    let announcedLength: Int?

    init(_ framing: RequestHead.Framing, expectsContinue: Bool, on connection: ClientConnection) {
        self.connection = connection
        mustInvite = expectsContinue
        switch framing {
        case .none: (remaining, announcedLength) = (0, 0)
        case .length(let length): (remaining, announcedLength) = (length, length)
        case .chunked:
            (remaining, announcedLength) = (0, nil)
            chunks = ChunkedBody()
        }
    }

    var isFinished: Bool { chunks?.isFinished ?? (remaining == 0) }

    func next(limit: Int) async throws -> [UInt8]? {
        guard !isFinished else { return nil }
        if let announcedLength, announcedLength > limit { throw BodyError.tooLarge }
        if mustInvite {
            mustInvite = false
            try await connection.send("HTTP/1.1 100 Continue\r\n\r\n")
        }
        while true {
            if connection.unread.isEmpty { try await fill() }
            let piece = try take()
            total += piece.count
            if isFinished { connection.shrink() }
            guard total <= limit else {
                hasFailed = true
                throw BodyError.tooLarge
            }
            if !piece.isEmpty { return piece }
            if isFinished { return nil }
        }
    }

    /// Reads over what the handler left, if that is little; false when the connection had better be closed.
    func skipRest() async -> Bool {
        guard !isFinished else { return true }
        guard !hasFailed, !mustInvite, remaining < 1 << 18 else { return false }
        do {
            while try await next(limit: total + 1 << 18) != nil {}
            return true
        } catch {
            return false
        }
    }

    private func fill() async throws {
        connection.deadline = connection.loop.seconds + connection.limits.bodyStallSeconds
        connection.grow(to: 65_536)
        guard await connection.fill() else {
            hasFailed = true
            throw connection.isOverdue ? BodyError.tooSlow : .gone
        }
        connection.deadline = .max
    }

    private func take() throws -> [UInt8] {
        let unread = connection.unread
        guard chunks != nil else {
            let piece = Array(unread.prefix(remaining))
            remaining -= piece.count
            connection.consume(piece.count)
            return piece
        }
        do {
            guard let (taken, data) = try chunks?.take(unread) else { return [] }
            let piece = Array(unread[data])
            connection.consume(taken)
            return piece
        } catch {
            hasFailed = true
            throw BodyError.malformed
        }
    }
}
