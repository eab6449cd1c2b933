package import Postgres
package import Runtime

/// Work that outlives a request: what kind, for which tenant, with which particulars.
package struct Job: Sendable {
    package var area: Int
    package var id: Int
    package var kind: String
    package var payload: JSON
    package var attempts: Int
}

/// A kind of work. It may run twice, and says itself what to do about that.
package struct JobKind: Sendable {
    package var name: String
    /// Done, it is due again then.
    package var next: (@Sendable (Instant) -> Instant)?
    package var run: @Sendable (Job) async throws -> Void

    package init(
        _ name: String, next: (@Sendable (_ now: Instant) -> Instant)?,
        run: @escaping @Sendable (Job) async throws -> Void
    ) {
        self.name = name
        self.next = next
        self.run = run
    }

    /// Once, or again after so many seconds.
    package init(_ name: String, every interval: Int? = nil, run: @escaping @Sendable (Job) async throws -> Void) {
        var next: (@Sendable (Instant) -> Instant)?
        if let interval { next = { $0 + interval } }
        self.init(name, next: next, run: run)
    }
}

extension Query where Answer == Int {
    /// To be run within the deed's own transaction: the work is there if and only if the deed is.
    package static func enqueue(_ kind: String, _ payload: JSON, in area: Int, at time: Instant) -> Query {
        .one(
            """
            WITH hint AS (SELECT pg_notify('jobs', ''))
            INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
            SELECT \(area)::int, \(kind)::text, \(payload)::jsonb, \(time)::timestamptz, \(time)::timestamptz
            FROM hint
            RETURNING id
            """
        ) { try $0.next() }
    }

    static func renew(_ job: Job, until leaseEnd: Instant) -> Query {
        .deed("UPDATE jobs SET leased_until = \(leaseEnd) WHERE area_id = \(job.area) AND id = \(job.id)")
    }

    static func finish(_ job: Job) -> Query {
        .deed("DELETE FROM jobs WHERE area_id = \(job.area) AND id = \(job.id)")
    }

    static func repeatLater(_ job: Job, at time: Instant) -> Query {
        .deed(
            """
            UPDATE jobs
            SET leased_until = NULL, run_at = \(time), attempts = 0, last_error = NULL
            WHERE area_id = \(job.area) AND id = \(job.id)
            """)
    }

    static func retry(_ job: Job, because reason: String, at time: Instant) -> Query {
        .deed(
            """
            UPDATE jobs
            SET leased_until = NULL, run_at = \(time), last_error = \(reason)
            WHERE area_id = \(job.area) AND id = \(job.id)
            """)
    }

    static func giveUp(_ job: Job, because reason: String, at now: Instant) -> Query {
        .deed(
            """
            UPDATE jobs
            SET leased_until = NULL, failed_at = \(now), last_error = \(reason)
            WHERE area_id = \(job.area) AND id = \(job.id)
            """)
    }
}

extension Query where Answer == [Int] {
    static func areasWithWork(at now: Instant) -> Query {
        .all("SELECT area FROM app.areas_with_work(\(now)) AS work (area)") { try $0.next() }
    }
}

extension Query where Answer == Job? {
    /// Takes the next job that is due, unless another worker has it. Who dies with it leaves it to others when the
    /// lease ends.
    static func lease(in area: Int, at now: Instant, until leaseEnd: Instant) -> Query {
        .first(
            """
            UPDATE jobs
            SET leased_until = \(leaseEnd), attempts = attempts + 1
            WHERE area_id = \(area) AND id = (
                SELECT id
                FROM jobs
                WHERE area_id = \(area) AND failed_at IS NULL AND run_at <= \(now)
                    AND (leased_until IS NULL OR leased_until < \(now))
                ORDER BY run_at, id
                LIMIT 1
                FOR UPDATE SKIP LOCKED
            )
            RETURNING area_id, id, kind, payload, attempts
            """
        ) {
            Job(
                area: try $0.next(), id: try $0.next(), kind: try $0.next(), payload: try $0.next(),
                attempts: try $0.next())
        }
    }
}
