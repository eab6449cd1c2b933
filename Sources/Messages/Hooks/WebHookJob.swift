import Jobs
import Kernel
import Postgres
import Runtime

/// Brings one other program all that it hasn't heard of. What it doesn't take is brought again, later each time; what
/// is given up then goes along with the next news.
struct WebHookJob {
    static let kind = "web-hook"
    private static let eventsAtOnce = 100
    private static let days = 3
    let platform: Platform

    func run(_ job: Job) async throws {
        guard let id = job.payload["hook"].flatMap({ Int($0.text) }).map({ WebHookID($0) }) else { return }
        let area = AreaID(job.area)
        while let (hook, code, events) = try await waiting(id, in: area), let last = events.last {
            do {
                try await HookMessage(events, area: code, at: .now).send(to: hook, in: area, platform)
            } catch let failure as HookFailure {
                try await note(.noteFailure(failure.text, of: id, in: area, at: .now), in: area)
                // The area's administrators are told on their home page; it is no failure of ours.
                if job.attempts >= Worker.attempts { return }
                throw failure
            }
            try await note(.noteDelivery(to: id, upTo: last.number, in: area, at: .now), in: area)
            if events.count < Self.eventsAtOnce { return }
        }
    }

    private func waiting(_ id: WebHookID, in area: AreaID) async throws -> (WebHook, String, [HookEvent])? {
        try await platform.database.transaction(in: area.rawValue) { transaction in
            let (found, code) = try await transaction.run(.webHook(id, in: area), .code(of: area))
            guard let hook = found else { return nil }
            let events = try await transaction.run(
                .events(
                    for: hook, in: area, since: .now + -Self.days * 86_400, limit: Self.eventsAtOnce,
                    platform.registry, address: platform.baseURL))
            return (hook, code, events)
        }
    }

    private func note(_ query: Query<Int>, in area: AreaID) async throws {
        _ = try await platform.database.transaction(in: area.rawValue) { try await $0.run(query) }
    }
}

extension Query where Answer == String {
    fileprivate static func code(of area: AreaID) -> Query {
        .one("SELECT code FROM areas WHERE id = \(area)") { try $0.next() }
    }
}
