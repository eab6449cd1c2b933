import Glibc
import HTTP
import HTTPServer
import Runtime

// Serves at the path given until its input ends, and tells each client how it read what was sent.

signal(SIGPIPE, SIG_IGN)
guard let path = CommandLine.arguments.dropFirst().first else {
    print("usage: ProbeHTTP PATH")
    exit(64)
}
var limits = ServerLimits()
limits.headSeconds = 1
limits.bodyStallSeconds = 1
let loop = EventLoop()
let server = try await Server(at: .path(path), on: [loop], limits: limits, respond: tellReading)
// Not print, which would hold it back.
_ = write(1, "ready\n", 6)
while readLine() != nil {}
await server.stop(grace: 0)

/// The reading, as JSON in a field: the answer to HEAD has no body to put it in. A body's bytes are told as the
/// characters of the same numbers.
@Sendable func tellReading(of request: Request) async -> Response {
    guard let body = try? await request.body.collected(limit: 1 << 20) else { return .text(400, "") }
    let reading: JSON = [
        "method": .text(request.method.rawValue), "path": .text(request.path),
        "query": .array(request.query.all.map { .array([.text($0.name), .text($0.value)]) }),
        "fields": .array(request.headers.fields.map { .array([.text($0.name), .text($0.value)]) }),
        "body": .text(String(String.UnicodeScalarView(body.map { Unicode.Scalar($0) }))),
    ]
    return Response(204, headers: ["x-reading": reading.text])
}
