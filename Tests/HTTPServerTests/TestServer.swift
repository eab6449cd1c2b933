import Glibc
import HTTP
import HTTPServer
import Runtime

/// Serves on a port of its own while `body` runs.
func serving(
    within limits: ServerLimits = ServerLimits(), trusting proxies: [String] = [], _ respond: @escaping Responder,
    body: (Server) async throws -> Void
) async throws {
    try await serving(at: .port(host: "127.0.0.1", 0), within: limits, trusting: proxies, respond, body: body)
}

func serving(
    at address: ListenAddress, within limits: ServerLimits = ServerLimits(), trusting proxies: [String] = [],
    _ respond: @escaping Responder, body: (Server) async throws -> Void
) async throws {
    // As the program does at its start: sendfile has no flag against the signal.
    signal(SIGPIPE, SIG_IGN)
    let loops = [EventLoop(), EventLoop()]
    defer { for loop in loops { loop.stop() } }
    let server = try await Server(
        at: address, on: loops, limits: limits, trusting: TrustedProxies(proxies), respond: respond)
    do {
        try await body(server)
    } catch {
        await server.stop(grace: 0)
        throw error
    }
    await server.stop(grace: 2)
}

/// Says what was asked and what came with it.
@Sendable func echo(_ request: Request) async -> Response {
    do {
        let body = String(decoding: try await request.body.collected(limit: 1 << 20), as: UTF8.self)
        return .text(200, "\(request.method.rawValue) \(request.path)\(request.query.queryText) \(body)")
    } catch {
        return .text(status(of: error), "\(error)")
    }
}

/// What the program answers when a body can't be read.
func status(of error: any Error) -> Int {
    switch error as? BodyError {
    case .tooLarge: 413
    case .tooSlow: 408
    default: 400
    }
}

extension ServerLimits {
    static func with(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }
}

/// Something that a test waits for, or lets happen.
struct Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    }

    func open() { continuation.finish() }

    /// Returns when the gate opens; false when the task was cancelled before that.
    @discardableResult
    func wait() async -> Bool {
        for await _ in stream {}
        return !Task.isCancelled
    }
}
