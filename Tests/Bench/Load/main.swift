import CSystem
import Glibc
import Runtime

/// Confirms the reports of a list with a file each, over connections that are all open at once, and prints
/// `COUNT SECONDS ERRORS P50 P99 WORST PROCESSOR STATUSES`: milliseconds, and the seconds of a processor that this program
/// took.
struct Load {
    private let calls: [Call]
    private var callers: [Caller] = []
    private var next = 0
    private var waits: [Int] = []
    private var statuses: [Int: Int] = [:]
    private let epoll = system_epoll()

    init(_ calls: [Call], connections: Int, port: UInt16, paper: Paper) throws {
        self.calls = calls
        callers = try (0..<connections).map {
            try Caller(from: 0x7F00_0101 + UInt32($0 % 200), port: port, paper: paper)
        }
    }

    mutating func run() throws {
        let start = Instant.now.microseconds
        for place in callers.indices where next < calls.count {
            watch(place)
            begin(place)
        }
        let events = UnsafeMutablePointer<system_event>.allocate(capacity: 256)
        while waits.count < calls.count {
            let count = system_epoll_wait(epoll, events, 256, 60_000)
            guard count > 0 else { throw LoadError() }
            for event in UnsafeBufferPointer(start: events, count: Int(count)) {
                try handle(Events(rawValue: event.kinds), at: Int(event.mark))
            }
        }
        say(Instant.now.microseconds - start)
    }

    private func watch(_ place: Int) {
        let kinds: Events = [.readable, .writable, .edge]
        _ = system_epoll_add(
            epoll, callers[place].socket, system_event(kinds: kinds.rawValue, mark: UInt64(place)))
    }

    private mutating func begin(_ place: Int) {
        guard next < calls.count else { return }
        next += 1
        callers[place].start(calls[next - 1])
    }

    private mutating func handle(_ events: Events, at place: Int) throws {
        if events.contains(.writable) { callers[place].send() }
        guard let (status, wait) = callers[place].receive() else { return }
        waits.append(wait)
        statuses[status, default: 0] += 1
        if status != 200 {
            // What was left of the request is not sent on a connection that has had its answer.
            try callers[place].connect()
            watch(place)
        }
        begin(place)
    }

    private func say(_ elapsed: Int) {
        let sorted = waits.sorted()
        func milliseconds(_ part: Int) -> String {
            tenths(sorted[min(sorted.count * part / 100, sorted.count - 1)] / 100)
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let own = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + $1.tv_sec * 10 + Int($1.tv_usec) / 100_000 }
        let errors = statuses.filter { $0.key != 200 }
        print(
            calls.count, tenths(elapsed / 100_000), errors.values.reduce(0, +), milliseconds(50), milliseconds(99),
            milliseconds(100), tenths(own),
            statuses.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ","))
    }

    private func tenths(_ count: Int) -> String { "\(count / 10).\(count % 10)" }
}

/// Nothing has come for a minute, or the arguments make no sense.
struct LoadError: Error {}

let arguments = CommandLine.arguments.dropFirst().map { $0 }
guard arguments.count == 4, let port = UInt16(arguments[0]), let connections = Int(arguments[1]),
    let size = Int(arguments[3])
else { throw LoadError() }
let calls = try Disk.readText(arguments[2]).split(separator: "\n").compactMap { Call($0) }
var load = try Load(calls, connections: connections, port: port, paper: Paper(size: size))
try load.run()
