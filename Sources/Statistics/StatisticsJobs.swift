package import Jobs
import Kernel
package import Postgres
import Runtime

/// What is counted by itself.
package enum StatisticsJobs {
    package static func kinds(_ database: Database) -> [JobKind] {
        // Half a minute's work for all areas together, if all have changed.
        [JobKind(Counting.job, every: 300) { try await Counting(database).run(in: AreaID($0.area), at: .now) }]
    }
}
