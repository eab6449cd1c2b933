package import HTTP
import Runtime

/// What answers requests.
package typealias Responder = @Sendable (Request) async -> Response

/// Serves one connection: request after request, in the order in which they came.
struct Exchange {
    let connection: ClientConnection
    let part: ServerPart

    private enum Ending: Error {
        case refused(Int)
        case gone
    }

    func serve() async {
        var bodyLeft = false
        do {
            while let head = try await nextHead() {
                connection.isBetweenRequests = false
                let body = RequestBody(head.framing, expectsContinue: head.expectsContinue, on: connection)
                connection.deadline = .max
                let response = await part.respond(part.request(head, body, from: connection.peer))
                let isDrained = await body.skipRest()
                bodyLeft = !isDrained
                let staysOpen = head.staysOpen && isDrained && !part.isStopping && hasEnd(response, to: head)
                try await send(response, to: head, staysOpen: staysOpen)
                part.count(response.status)
                connection.isBetweenRequests = true
                guard staysOpen else { break }
            }
        } catch Ending.refused(let status) {
            await refuse(status)
            bodyLeft = true
        } catch {
            connection.cut()
        }
        if bodyLeft { await connection.linger() }
    }

    /// Nil when the client has nothing more to ask.
    private func nextHead() async throws -> RequestHead? {
        var scanned = 0
        connection.deadline = connection.loop.seconds + connection.limits.idleSeconds
        var hasBegun = false
        while true {
            let unread = connection.unread
            if !hasBegun, !unread.isEmpty {
                hasBegun = true
                connection.deadline = connection.loop.seconds + connection.limits.headSeconds
            }
            if let length = headLength(unread, from: scanned) {
                // Bytes may come faster than we look at them: a head that is whole may be too long all the same.
                guard length <= connection.limits.headBytes else { throw Ending.refused(431) }
                defer { connection.consume(length + 2) }
                return try parse(UnsafeBufferPointer(rebasing: unread[..<length]))
            }
            // What is no HTTP at all, or will never end as a head does, need not be waited for.
            if unread.prefix(16).contains(where: { $0 < 9 || $0 > 126 }) { throw Ending.refused(400) }
            if hasBareLineFeed(unread, from: scanned) { throw Ending.refused(400) }
            guard unread.count <= connection.limits.headBytes else { throw Ending.refused(431) }
            scanned = max(0, unread.count - 3)
            guard await connection.fill() else {
                if connection.isOverdue && hasBegun { throw Ending.refused(408) }
                if hasBegun { throw Ending.gone }
                return nil
            }
        }
    }

    private func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws -> RequestHead {
        do {
            return try RequestHead(parsing: bytes)
        } catch {
            throw Ending.refused(error.status)
        }
    }

    /// Up to and with the line break before the empty line.
    private func headLength(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        bytes.firstIndex(of: "\r\n\r\n", from: start).map { $0 + 2 }
    }

    private func hasBareLineFeed(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        guard start < bytes.count else { return false }
        return (start..<bytes.count).contains { bytes[$0] == 10 && ($0 == 0 || bytes[$0 - 1] != 13) }
    }

    private func refuse(_ status: Int) async {
        part.count(status)
        try? await connection.send(BareRefusal(status: status, dateLine: part.dateLine).message)
    }

    private func send(_ response: Response, to head: RequestHead, staysOpen: Bool) async throws {
        let isHead = head.method == .head
        let lines = headLines(of: response, to: head, staysOpen: staysOpen)
        switch response.body {
        case .bytes(let body) where !isHead:
            try await connection.send(lines.bytes, then: body.bytes)
            withExtendedLifetime(body) {}
        case .file(let path, let range) where !isHead:
            try await connection.send(lines.bytes)
            try await connection.sendFile(path, range)
        case .stream(let pieces) where !isHead:
            try await connection.send(lines.bytes)
            try await send(pieces, inChunks: !head.isHTTP10)
        default: try await connection.send(lines.bytes)
        }
        withExtendedLifetime(lines) {}
    }

    /// HTTP/1.0 knows no chunks: there the end of a stream is the end of the connection.
    private func hasEnd(_ response: Response, to head: RequestHead) -> Bool {
        guard case .stream = response.body else { return true }
        return !head.isHTTP10
    }

    private func headLines(of response: Response, to head: RequestHead, staysOpen: Bool) -> ByteBuffer {
        let lines = ByteBuffer(capacity: 1024)
        lines.append("HTTP/1.1 " as StaticString)
        lines.append(decimal: response.status)
        lines.append(32)
        lines.append(Response.reason(response.status))
        lines.append("\r\n" as StaticString)
        lines.append(part.dateLine)
        for (name, value) in response.headers.fields {
            lines.append(name)
            lines.append(": " as StaticString)
            // A line break in a value would begin a field, or a body, of somebody else's choice.
            for byte in value.utf8 where byte >= 32 || byte == 9 { lines.append(byte) }
            lines.append("\r\n" as StaticString)
        }
        switch response.body {
        case .none where response.status == 204 || response.status == 304: break
        case .none: lines.append("Content-Length: 0\r\n" as StaticString)
        case .bytes(let body): appendLength(body.count, to: lines)
        case .file(_, let range): appendLength(range.count, to: lines)
        case .stream where head.isHTTP10: break
        case .stream: lines.append("Transfer-Encoding: chunked\r\n" as StaticString)
        }
        if !staysOpen {
            lines.append("Connection: close\r\n" as StaticString)
        } else if head.isHTTP10 {
            lines.append("Connection: keep-alive\r\n" as StaticString)
        }
        lines.append("\r\n" as StaticString)
        return lines
    }

    private func appendLength(_ length: Int, to lines: ByteBuffer) {
        lines.append("Content-Length: " as StaticString)
        lines.append(decimal: length)
        lines.append("\r\n" as StaticString)
    }

    private func send(_ pieces: AsyncStream<[UInt8]>, inChunks: Bool) async throws {
        for await piece in pieces where !piece.isEmpty {
            let chunk = ByteBuffer(capacity: piece.count + 16)
            if inChunks { chunk.append(String(piece.count, radix: 16) + "\r\n") }
            piece.withUnsafeBufferPointer { if let base = $0.baseAddress { chunk.append(base, $0.count) } }
            if inChunks { chunk.append("\r\n" as StaticString) }
            try await connection.send(chunk.bytes)
            withExtendedLifetime(chunk) {}
            connection.deadline = .max
        }
        guard !Task.isCancelled, !connection.isDead else { throw Ending.gone }
        if inChunks { try await connection.send("0\r\n\r\n") }
    }
}
