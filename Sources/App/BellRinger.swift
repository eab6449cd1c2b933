import Kernel
import Postgres
import Runtime

/// The task that hears of news from the database, as long as the program serves.
final class BellRinger: Sendable {
    private let task = Lock<Task<Void, Never>?>(nil)

    func set(_ new: Task<Void, Never>) { task.withLock { $0 = new } }
    func stop() { task.withLock { $0?.cancel() } }
}

private let secondsBetweenBeats = 20

/// Rings the bells of open pages until cancelled.
func ring(_ bells: LiveBells, from database: Database) async {
    await withTaskGroup { group in
        group.addTask {
            while !Task.isCancelled {
                do {
                    try await database.listen(to: "notices") { bells.ring($0) }
                } catch {
                    try? await Task.sleep(nanoseconds: 2_000_000_000)
                }
            }
        }
        group.addTask {
            while !Task.isCancelled {
                try? await Task.sleep(nanoseconds: UInt64(secondsBetweenBeats) * 1_000_000_000)
                bells.beat()
            }
        }
    }
}
