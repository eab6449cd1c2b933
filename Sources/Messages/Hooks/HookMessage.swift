import Kernel
import Outbound
import Runtime
import Secrets

/// What is sent to another program: events as JSON, signed, so that it can tell that they are ours and fresh.
struct HookMessage {
    let body: String
    let time: Int

    init(_ events: [HookEvent], area code: String, at now: Instant) {
        let whole: JSON = ["area": .text(code), "events": .array(events.map(\.json))]
        body = whole.text
        time = now.seconds
    }

    /// `t=SECONDS,v1=HEX`: HMAC-SHA-256 of `SECONDS.BODY`.
    func signature(with key: String) -> String {
        "t=\(time),v1=\(SecretKey(Array(key.utf8)).code(of: "\(time).\(body)").hexadecimal)"
    }

    /// Whatever is not an answer from 200 to 299 is a failure.
    func send(to hook: WebHook, in area: AreaID, _ platform: Platform) async throws {
        var request = OutboundRequest("POST", hook.address)
        request.headers = [
            ("content-type", "application/json"), ("user-agent", "Rabrong"),
            ("x-rabrong-signature", signature(with: hook.key(in: area, from: platform.key))),
        ]
        request.body = .bytes(Array(body.utf8))
        request.seconds = 10
        request.staysOutside = !platform.mayReachInside
        let status: Int
        do {
            status = try await request.perform().status
        } catch let failure as OutboundFailure {
            throw HookFailure(failure)
        }
        guard (200...299).contains(status) else { throw HookFailure.answered(status) }
    }
}
