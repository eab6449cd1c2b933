import CPostgres

/// A trip under way: what is expected, what has come.
struct Trip {
    enum Expectation {
        case preparation(of: String)
        case rows
    }

    var expectations: [Expectation] = []
    var position = 0
    var answers: [Rows] = []
    var error: DatabaseError?
    var continuation: UnsafeContinuation<[Rows], any Error>?
}

final class CancelRequest: @unchecked Sendable {
    // Sendable, because libpq made it for use by any thread.
    private let request: OpaquePointer

    init(_ request: OpaquePointer) {
        self.request = request
    }

    deinit { PQfreeCancel(request) }

    func send() {
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(request, &message, 256)
    }
}

/// The values as C strings, for the length of `body`.
func withCStrings(_ values: [String?], _ body: ([UnsafePointer<CChar>?]) -> Void) {
    var pointers: [UnsafePointer<CChar>?] = []
    pointers.reserveCapacity(values.count)
    func bind(_ index: Int) {
        guard index < values.count else { return body(pointers) }
        guard let value = values[index] else {
            pointers.append(nil)
            return bind(index + 1)
        }
        value.withCString {
            pointers.append($0)
            bind(index + 1)
        }
    }
    bind(0)
}
