/// What a request wants done with its target.
package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"

    /// Changes nothing, so nothing need be proven about where the request came from.
    package var isSafe: Bool { self == .get || self == .head || self == .options }
}
