import CSystem
import Glibc
import Synchronization

/// Something that hears of its descriptor's events, on the loop's thread.
package protocol EventHandler: AnyObject {
    func handle(_ events: Events)
}

/// What a descriptor is ready for.
package struct Events: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let readable = Events(rawValue: 0x001)
    package static let writable = Events(rawValue: 0x004)
    package static let failed = Events(rawValue: 0x008)
    package static let hungUp = Events(rawValue: 0x010)
    package static let peerClosed = Events(rawValue: 0x2000)
    /// Tell of a change once, not as long as it lasts.
    package static let edge = Events(rawValue: 1 << 31)
}

/// One thread with one epoll set, which is also the executor of the tasks that prefer it.
///
/// Functions, actors, `async let` and task groups stay on the loop; `Task {}` leaves it.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    // Sendable, because everything but `shared` and `isStopping` is touched only on the loop's own thread.
    private struct Shared {
        var jobs: [UnownedJob] = []
        var isAwake = true
    }

    private struct Registration {
        var generation: UInt32 = 0
        var handler: (any EventHandler)?
    }

    /// Seconds of the monotonic clock, as of the last turn.
    package private(set) var seconds = monotonicSeconds()

    private let shared = Lock(Shared())
    private let isStopping = Atomic<Bool>(false)
    private let epoll = system_epoll()
    private let wakeUp = system_eventfd()
    private var thread = pthread_t()
    private var jobs: [UnownedJob] = []
    private var registrations: [Registration] = []
    private var tickers: [() -> Void] = []
    private static let wakeUpMark = UInt64.max

    package init() {
        system_epoll_add(epoll, wakeUp, system_event(kinds: Events.readable.rawValue, mark: Self.wakeUpMark))
        let loop = Unmanaged.passRetained(self)
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, loop.toOpaque())
    }

    package var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            jobs.append(job)
            return
        }
        let mustWake = shared.withLock { shared in
            shared.jobs.append(job)
            defer { shared.isAwake = true }
            return !shared.isAwake
        }
        if mustWake { wake() }
    }

    /// Runs `body` on the loop.
    ///
    /// Being on the loop's thread is not enough: a task that has come there by an earlier preference, which has
    /// ended, would go on elsewhere after its next suspension.
    package func run<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async rethrows -> Result {
        try await withTaskExecutorPreference(self) {
            // The preference moves the task only when it is next enqueued (Swift 6.3: not by entering a function).
            while !isCurrent { await Task.yield() }
            return try await body()
        }
    }

    package func stop() {
        isStopping.store(true, ordering: .releasing)
        wake()
    }

    /// Calls `body` about once a second. On the loop only.
    package func everySecond(_ body: @escaping () -> Void) {
        tickers.append(body)
    }

    /// Tells `handler` of the descriptor's events from now on. On the loop only.
    package func add(_ descriptor: Int32, _ events: Events, _ handler: any EventHandler) {
        while registrations.count <= Int(descriptor) { registrations.append(Registration()) }
        registrations[Int(descriptor)].generation &+= 1
        registrations[Int(descriptor)].handler = handler
        system_epoll_add(epoll, descriptor, event(events, of: descriptor))
    }

    package func change(_ descriptor: Int32, to events: Events) {
        system_epoll_change(epoll, descriptor, event(events, of: descriptor))
    }

    package func remove(_ descriptor: Int32) {
        registrations[Int(descriptor)].handler = nil
        system_epoll_remove(epoll, descriptor)
    }

    private func wake() {
        var one: UInt64 = 1
        _ = write(wakeUp, &one, 8)
    }

    /// The generation guards against an event for a descriptor that was closed and opened again meanwhile.
    private func event(_ events: Events, of descriptor: Int32) -> system_event {
        let generation = registrations[Int(descriptor)].generation
        return system_event(kinds: events.rawValue, mark: UInt64(generation) << 32 | UInt64(UInt32(descriptor)))
    }

    private func run() {
        let events = UnsafeMutablePointer<system_event>.allocate(capacity: 256)
        var lastTick = 0
        while !isStopping.load(ordering: .acquiring) {
            runJobs()
            let mayWait =
                jobs.isEmpty
                && shared.withLock { shared in
                    shared.isAwake = !shared.jobs.isEmpty
                    return !shared.isAwake
                }
            let count = system_epoll_wait(epoll, events, 256, mayWait ? 1000 : 0)
            if mayWait { shared.withLock { $0.isAwake = true } }
            seconds = monotonicSeconds()
            for index in 0..<Int(max(0, count)) { deliver(events[index]) }
            if seconds != lastTick {
                lastTick = seconds
                for ticker in tickers { ticker() }
            }
        }
        events.deallocate()
    }

    private func runJobs() {
        var batch: [UnownedJob] = []
        swap(&batch, &jobs)
        shared.withLock { shared in
            batch.append(contentsOf: shared.jobs)
            shared.jobs.removeAll(keepingCapacity: true)
        }
        let executor = asUnownedTaskExecutor()
        for job in batch { job.runSynchronously(on: executor) }
        if jobs.isEmpty {
            batch.removeAll(keepingCapacity: true)
            swap(&batch, &jobs)
        }
    }

    private func deliver(_ event: system_event) {
        let mark = event.mark
        guard mark != Self.wakeUpMark else {
            var count: UInt64 = 0
            _ = read(wakeUp, &count, 8)
            return
        }
        let registration = registrations[Int(UInt32(truncatingIfNeeded: mark))]
        guard registration.generation == UInt32(mark >> 32) else { return }
        registration.handler?.handle(Events(rawValue: event.kinds))
    }
}

/// Seconds of a clock that nobody sets, cheap and coarse.
package func monotonicSeconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return time.tv_sec
}
