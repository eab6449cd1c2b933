import Kernel
import Postgres
import TestSupport

typealias Act = @Sendable () async throws -> Int

extension TestSite {
    /// Lets all run into a row that is held, one after the other, and then go on.
    func race(_ acts: [Act], holding held: SQL) async throws -> [Int] {
        let tasks = try await database.transaction(in: area.id.rawValue) { transaction in
            try await transaction.execute(held)
            var tasks: [Task<Int, any Error>] = []
            for act in acts {
                tasks.append(Task { try await act() })
                while try await waiting() < tasks.count {}
            }
            return tasks
        }
        var statuses: [Int] = []
        for task in tasks { try await statuses.append(task.value) }
        return statuses
    }

    /// How many sessions wait for another's lock.
    private func waiting() async throws -> Int {
        let count = try await row(
            """
            SELECT count(DISTINCT l.pid)
            FROM pg_locks l
            JOIN pg_stat_activity s ON s.pid = l.pid
            WHERE NOT l.granted AND s.datname = current_database()
            """)[0]
        return Int(count) ?? 0
    }
}
