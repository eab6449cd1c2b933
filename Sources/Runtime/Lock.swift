import Glibc

/// State that several threads share, reached by one at a time.
///
/// A pthread mutex and not `Synchronization.Mutex`: ThreadSanitizer reports false races with the latter.
package final class Lock<State>: @unchecked Sendable {
    // Sendable, because `state` is touched only between lock and unlock.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var state: State

    package init(_ state: consuming sending State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Sleeps until `condition` is signalled, with the lock given up meanwhile, until `ready` holds.
    func waiting<Result>(
        on condition: UnsafeMutablePointer<pthread_cond_t>,
        until ready: (State) -> Bool,
        _ body: (inout State) -> Result
    ) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !ready(state) { pthread_cond_wait(condition, mutex) }
        return body(&state)
    }
}
