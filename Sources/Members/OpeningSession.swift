import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

/// One who has shown who they are: to their page, or to the code that is asked for besides.
func letIn(
    _ applicant: Applicant, named name: String, isKept: Bool, forgiving attempts: [[UInt8]] = [], next: String,
    _ context: Context
) async throws -> Outcome {
    guard applicant.hasSecondFactor else {
        return try await openSession(
            for: applicant, named: name, isKept: isKept, forgiving: attempts, next: next, context)
    }
    let ticket = SignInTicket(for: applicant.id, named: name, isKept: isKept, at: context.now)
    return .done(
        "/sign-in/code" + (next.isEmpty ? "" : Fields(["next": next]).queryText),
        cookies: [ticket.cookie(applicant.password, in: context.area.id, context.platform.key)])
}

func openSession(
    for applicant: Applicant, named name: String, isKept: Bool, forgiving attempts: [[UInt8]], next: String,
    code: String? = nil, _ context: Context
) async throws -> Outcome {
    let session = NewSession(
        member: applicant.id, address: context.request.peer,
        device: deviceName(context.request.headers["user-agent"] ?? ""), isKept: isKept)
    try await context.deed { deed in
        if let code, try await !deed.takeCode(code, of: applicant.id) { throw Refusal.invalid("code", .wrongCode) }
        for key in attempts { deed.sendAlong(.forgiveAttempts(key, in: deed.area)) }
        _ = try await deed.run(
            .insert(session, in: deed.area, at: deed.now), .noteSignIn(of: applicant.id, in: deed.area, at: deed.now),
            .endOutdatedSessions(in: deed.area, at: deed.now))
        let entry = JournalEntry(
            area: deed.area, happenedAt: deed.now, actorArea: deed.area, actor: applicant.id,
            actorName: applicant.name, address: session.address, action: Action.signedIn.name,
            subject: "member/\(applicant.id)", subjectName: applicant.name)
        _ = try await deed.run(.record(entry))
    }
    let cookie = Cookie(
        Gate.cookieName(of: context.area), session.token, lifetime: session.isKept ? keptLifetime : nil)
    return .done(
        isOwnPath(next, context) ? String(next.dropFirst(context.prefix.count)) : "/",
        cookies: [cookie, KnownDevice(of: context).cookie(for: name, context)]
            + (code == nil ? [] : [SignInTicket.expired]))
}

/// Only within this area: an address of another site here would make our page the bait of a trap.
private func isOwnPath(_ path: String, _ context: Context) -> Bool {
    path.hasPrefix(context.prefix + "/") && !path.hasPrefix("//") && !path.contains("\\")
        && path.utf8.allSatisfy { (33...126).contains($0) }
}

/// A browser from which somebody has signed in before. Its attempts are counted apart from those of all others, so
/// that a stranger behind the same address does not use them up.
struct KnownDevice {
    private static let name = "__Host-rabrong-device"
    private let id: String
    private let proof: String

    init(of context: Context) {
        let parts = (context.request.headers.cookie(Self.name) ?? "").split(separator: ".")
        id = parts.count == 2 ? String(parts[0]) : randomBytes(12).base64url
        proof = parts.count == 2 ? String(parts[1]) : ""
    }

    func attemptKey(for name: String, _ context: Context) -> [UInt8] {
        let isKnown = isSame(Array(proof.utf8), Array(proof(for: name, context).utf8))
        let place = isKnown ? "device \(id)" : "address \(network(of: context.request.peer))"
        return context.platform.key.derived(for: "attempt").code(of: "\(name) \(place)")
    }

    func cookie(for name: String, _ context: Context) -> Cookie {
        Cookie(Self.name, "\(id).\(proof(for: name, context))", lifetime: 400 * 86_400)
    }

    private func proof(for name: String, _ context: Context) -> String {
        context.platform.key.derived(for: "device").code(of: "\(context.area.id) \(name) \(id)").prefix(18).base64url
    }

    /// One who has a whole IPv6 network has more addresses than we can count.
    private func network(of address: String) -> String {
        address.contains(":") ? address.split(separator: ":").prefix(4).joined(separator: ":") : address
    }
}

/// What people call the thing they sit at.
private func deviceName(_ agent: String) -> String {
    let systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]
    let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Firefox/", "Firefox"), ("Safari/", "Safari"),
    ]
    let browser = browsers.first { agent.contains($0.0) }?.1
    let system = systems.first { agent.contains($0) }
    return [browser, system].compactMap(\.self).joined(separator: " · ")
}
