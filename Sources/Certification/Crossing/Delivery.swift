import Jobs
import Kernel
import Postgres
import Runtime

/// What one tenant has for others: written in the deed that it tells of, and brought to each by a job. A transaction
/// writes one tenant, so that what crosses can't be part of the deed itself.
struct Delivery: Sendable {
    let sender: AreaID
    let number: Int
    let kind: String
    let payload: JSON
    let receivers: [AreaID]
    let sentAt: Instant
    let isPrepared: Bool

    /// The work that brings it.
    static let job = "delivery"
}

/// What a delivery of a kind does where it arrives.
struct DeliveryKind: Sendable {
    let name: String
    /// Before the first arrives: what it changes in central tables, which a repetition changes in the same way. Done, it
    /// isn't done again, as something newer may have come since.
    var prepare: @Sendable (Delivery, Transaction) async throws -> Void = { _, _ in }
    /// In the receiver's own transaction, once.
    let arrive: @Sendable (Delivery, AreaID, Transaction, Instant) async throws -> Void
}

extension Deed {
    /// Sends it together with the deed: it is brought if and only if that is done.
    func send(_ kind: DeliveryKind, _ payload: JSON, to receivers: [AreaID]) {
        sendAlong(.send(kind.name, payload, to: receivers, from: area, at: now))
    }
}

extension Query where Answer == Int {
    fileprivate static func send(
        _ kind: String, _ payload: JSON, to receivers: [AreaID], from area: AreaID, at now: Instant
    ) -> Query {
        .deed(
            """
            WITH hint AS (SELECT pg_notify('jobs', '')), sent AS (
                SELECT nextval('delivery_numbers') AS number
                FROM hint
            ), written AS (
                INSERT INTO deliveries (area_id, number, kind, payload, receivers, sent_at)
                SELECT \(area)::int, number, \(kind)::text, \(payload)::jsonb, \(receivers)::int[], \(now)::timestamptz
                FROM sent
                ON CONFLICT DO NOTHING
            )
            INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
            SELECT \(area)::int, \(Delivery.job)::text, jsonb_build_object('number', number), \(now)::timestamptz,
                \(now)::timestamptz
            FROM sent
            ON CONFLICT DO NOTHING
            """)
    }

    /// One when it is the first time that it comes.
    static func receive(_ delivery: Delivery, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO received_deliveries (area_id, sender, number, received_at)
            VALUES (\(area), \(delivery.sender), \(delivery.number), \(now))
            ON CONFLICT DO NOTHING
            """)
    }

    /// How many of a kind have not even reached the central tables.
    static func unprepared(_ kind: DeliveryKind, from area: AreaID) -> Query {
        .undelivered(kind, from: area, where: "prepared_at IS NULL")
    }

    /// How many of a kind have not reached everybody.
    static func undelivered(_ kind: DeliveryKind, from area: AreaID, where condition: SQL = "true") -> Query {
        .one(
            """
            SELECT count(*)
            FROM deliveries
            WHERE area_id = \(area) AND kind = \(kind.name) AND delivered_at IS NULL AND \(part: condition)
            """
        ) { try $0.next() }
    }

    static func notePreparation(of delivery: Delivery, at now: Instant) -> Query {
        .deed(
            """
            UPDATE deliveries
            SET prepared_at = \(now)
            WHERE area_id = \(delivery.sender) AND number = \(delivery.number)
            """)
    }

    static func finish(_ delivery: Delivery, at now: Instant) -> Query {
        .deed(
            """
            UPDATE deliveries
            SET delivered_at = \(now)
            WHERE area_id = \(delivery.sender) AND number = \(delivery.number)
            """)
    }
}

extension Query where Answer == Delivery? {
    static func delivery(_ number: Int, from area: AreaID) -> Query {
        .first(
            """
            SELECT area_id, number, kind, payload, receivers, sent_at, prepared_at IS NOT NULL
            FROM deliveries
            WHERE area_id = \(area) AND number = \(number) AND delivered_at IS NULL
            """
        ) {
            Delivery(
                sender: try $0.next(), number: try $0.next(), kind: try $0.next(), payload: try $0.next(),
                receivers: try $0.nextArray(of: AreaID.self), sentAt: try $0.next(), isPrepared: try $0.next())
        }
    }
}
