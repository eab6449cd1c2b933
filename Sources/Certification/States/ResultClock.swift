import Jobs
import Kernel
import Postgres
import Runtime

/// What happens to an area's results when a time goes by: nothing sent is cut, nothing decided lapses.
struct ResultClock: Sendable {
    static let job = "result-clock"
    let database: Database

    func run(in area: AreaID, at now: Instant) async throws {
        let due = try await database.transaction(in: area.rawValue) { try await $0.run(.dueResults(in: area, at: now)) }
        _ = due
    }
}

extension Query where Answer == [Int] {
    fileprivate static func dueResults(in area: AreaID, at now: Instant) -> Query {
        .all("SELECT id FROM area_results WHERE area_id = \(area) AND false") { try $0.next() }
    }
}
