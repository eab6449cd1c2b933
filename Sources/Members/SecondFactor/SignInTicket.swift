import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

/// Shows, for some minutes, that somebody has given the right password and needs only a code. It lies in a cookie, signed;
/// a changed password makes it void.
struct SignInTicket {
    private static let cookie = "__Host-rabrong-ticket"
    private static let lifetime = 600

    let member: MemberID
    let expiresAt: Instant
    let isKept: Bool
    /// As it was typed.
    let username: String

    init(for member: MemberID, named username: String, isKept: Bool, at now: Instant) {
        self.member = member
        self.username = username
        self.isKept = isKept
        expiresAt = now + Self.lifetime
    }

    /// Nil when there is none, or it is too old; whether we made it shows with the password.
    init?(in request: Request, at now: Instant) {
        let parts = (request.headers.cookie(Self.cookie) ?? "").split(separator: ".")
        guard parts.count == 5, let member = MemberID(sqlText: String(parts[0])), let seconds = Int(parts[1]),
            seconds <= now.seconds + Self.lifetime, seconds > now.seconds,
            let name = [UInt8](base64url: String(parts[3]))
        else { return nil }
        self.member = member
        self.expiresAt = Instant(microseconds: seconds * 1_000_000)
        self.isKept = parts[2] == "1"
        self.username = String(decoding: name, as: UTF8.self)
    }

    private var facts: String {
        "\(member).\(expiresAt.seconds).\(isKept ? 1 : 0).\(Array(username.utf8).base64url)"
    }

    private func proof(_ password: PasswordHash?, in area: AreaID, _ key: SecretKey) -> String {
        key.derived(for: "sign-in ticket").code(of: "\(area) \(facts) \(password?.text ?? "")").base64url
    }

    func cookie(_ password: PasswordHash?, in area: AreaID, _ key: SecretKey) -> Cookie {
        Cookie(Self.cookie, "\(facts).\(proof(password, in: area, key))", lifetime: Self.lifetime)
    }

    func isOurs(_ request: Request, _ password: PasswordHash?, in area: AreaID, _ key: SecretKey) -> Bool {
        let proof = request.headers.cookie(Self.cookie)?.split(separator: ".").last ?? ""
        return isSame(Array(proof.utf8), Array(self.proof(password, in: area, key).utf8))
    }

    static var expired: Cookie { .expired(cookie) }
}
