import Glibc

/// Runs what takes longer than a millisecond (argon2, spreadsheets, mail) away from the event loops.
package enum Blocking {
    /// As many as run at once; the others wait. Each argon2 takes 19 MiB, so the cap is also one on memory.
    private static let threads = BlockingThreads(count: 4)

    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withUnsafeThrowingContinuation { continuation in
            threads.add { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}

private final class BlockingThreads: @unchecked Sendable {
    // Sendable, because the condition is used only with the lock.
    private let queue = Lock<[@Sendable () -> Void]>([])
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(count: Int) {
        pthread_cond_init(condition, nil)
        for _ in 0..<count {
            var thread = pthread_t()
            let me = Unmanaged.passRetained(self)
            pthread_create(
                &thread, nil,
                { argument in
                    if let argument { Unmanaged<BlockingThreads>.fromOpaque(argument).takeRetainedValue().work() }
                    return nil
                }, me.toOpaque())
        }
    }

    func add(_ job: @escaping @Sendable () -> Void) {
        queue.withLock { $0.append(job) }
        pthread_cond_signal(condition)
    }

    private func work() {
        while true {
            let job = queue.waiting(on: condition, until: { !$0.isEmpty }) { $0.removeFirst() }
            job()
        }
    }
}
