package import Runtime

/// What the client gets.
package struct Response: Sendable {
    package enum Body: Sendable {
        case none
        case bytes(ByteBuffer)
        /// A file on this machine, or the part of it that was asked for.
        case file(path: String, range: Range<Int>)
        /// Pieces as they come, until the stream or the client ends.
        case stream(AsyncStream<[UInt8]>)
    }

    package var status: Int
    package var headers: Headers
    package var body: Body

    package init(_ status: Int, headers: Headers = Headers(), body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func text(_ status: Int, _ text: String) -> Response {
        Response(status, headers: ["content-type": "text/plain; charset=utf-8"], body: .bytes(ByteBuffer(text)))
    }

    package static func json(_ status: Int, _ value: JSON, type: String = "application/json") -> Response {
        let buffer = ByteBuffer(capacity: 4096)
        value.write(to: buffer)
        return Response(status, headers: ["content-type": type], body: .bytes(buffer))
    }

    /// Look there with GET: the answer to every form that was taken.
    package static func seeOther(_ address: String) -> Response {
        Response(303, headers: ["location": address])
    }

    /// The standard's words for a status.
    package static func reason(_ status: Int) -> StaticString {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 204: "No Content"
        case 206: "Partial Content"
        case 303: "See Other"
        case 304: "Not Modified"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: "Unknown"
        }
    }
}

/// A cookie of ours: never read by scripts, never sent over plain HTTP but to the own machine, nor by other sites'
/// forms. The prefix makes the browser see to that.
package struct Cookie: Sendable {
    package var name: String
    package var value: String
    /// In seconds; nil: until the browser is closed.
    package var lifetime: Int?

    package init(_ name: String, _ value: String, lifetime: Int? = nil) {
        self.name = name
        self.value = value
        self.lifetime = lifetime
    }

    package static func expired(_ name: String) -> Cookie { Cookie(name, "", lifetime: 0) }

    package var header: String {
        "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax" + (lifetime.map { "; Max-Age=\($0)" } ?? "")
    }
}
