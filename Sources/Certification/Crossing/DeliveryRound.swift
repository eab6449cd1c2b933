import Jobs
import Kernel
import Postgres
import Runtime

/// Brings a delivery to all whom it is for. Killed in the middle it is begun again, and changes nothing where it has
/// been; where it can't arrive, all others get it all the same, and it is tried again.
struct DeliveryRound: Sendable {
    let database: Database
    let kinds: [DeliveryKind]
    let clock: @Sendable () -> Instant

    func run(_ job: Job) async throws {
        guard let number = job.payload["number"]?.wholeNumber else { return }
        let sender = AreaID(job.area)
        let delivery = try await database.transaction(in: job.area) {
            try await $0.run(.delivery(number, from: sender))
        }
        guard let delivery else { return }
        // A newer copy of the program may know it.
        guard let kind = kinds.first(where: { $0.name == delivery.kind }) else {
            throw UnknownDelivery(kind: delivery.kind)
        }
        if !delivery.isPrepared {
            try await database.transaction(in: nil) { try await kind.prepare(delivery, $0) }
            _ = try await database.transaction(in: job.area) {
                try await $0.run(.notePreparation(of: delivery, at: clock()))
            }
        }
        var failure: (any Error)?
        for receiver in delivery.receivers {
            do {
                try await bring(delivery, kind, to: receiver)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        _ = try await database.transaction(in: job.area) { try await $0.run(.finish(delivery, at: clock())) }
    }

    private func bring(_ delivery: Delivery, _ kind: DeliveryKind, to receiver: AreaID) async throws {
        let now = clock()
        try await database.transaction(in: receiver.rawValue) { transaction in
            guard try await transaction.run(.receive(delivery, in: receiver, at: now)) == 1 else { return }
            try await kind.arrive(delivery, receiver, transaction, now)
        }
    }
}

struct UnknownDelivery: Error {
    var kind: String
}
