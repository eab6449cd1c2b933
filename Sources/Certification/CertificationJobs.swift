package import Jobs
package import Kernel
package import Postgres
package import Runtime

/// What crosses between tenants, and what happens to results by themselves.
package enum CertificationJobs {
    package static func papers(_ platform: Platform) -> [JobKind] { [ResultVolume(platform: platform).kind] }

    package static func kinds(
        _ database: Database, clock: @escaping @Sendable () -> Instant = { .now }
    ) -> [JobKind] {
        let round = DeliveryRound(
            database: database, kinds: [.publication, .centralData, .forCentre, .yearEnd], clock: clock)
        return [
            JobKind(Delivery.job) { try await round.run($0) },
            // Run again, it finds nothing left to do.
            JobKind(ResultClock.job) {
                try await ResultClock(database: database).run(in: AreaID($0.area), at: clock())
            },
        ]
    }
}
