import Glibc
import Runtime

/// Runs async work from the synchronous main, and waits for it.
func waitFor<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) throws -> Result {
    let outcome = Lock<Swift.Result<Result, any Error>?>(nil)
    let done = Semaphore()
    Task.detached {
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        outcome.withLock { $0 = result }
        done.signal()
    }
    done.wait()
    guard let result = outcome.withLock({ $0 }) else { throw UsageError(description: "the work left no result") }
    return try result.get()
}

private final class Semaphore: @unchecked Sendable {
    // Sendable, because POSIX semaphores are made for threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }
    func wait() { while sem_wait(semaphore) != 0 {} }
}
