import Kernel
import Runtime
import Secrets

/// The private part of a calendar's address: whose it is, and proof that we gave it out.
struct CalendarKey: Sendable {
    let member: MemberID
    /// Of the addresses that were given out for this member.
    let number: Int
    private let code: String

    init(of member: MemberID, number: Int, in area: AreaID, signedWith key: SecretKey) {
        self.member = member
        self.number = number
        code = Self.code(member, number, area, key)
    }

    /// Nil when it isn't one of ours.
    init?(_ text: String, in area: AreaID, signedWith key: SecretKey) {
        let name = text.hasSuffix(".ics") ? text.dropLast(4) : text[...]
        let parts = name.split(separator: "-", maxSplits: 2).map(String.init)
        guard parts.count == 3, let member = MemberID(sqlText: parts[0]), let number = Int(parts[1]),
            isSame(Array(parts[2].utf8), Array(Self.code(member, number, area, key).utf8))
        else { return nil }
        self.member = member
        self.number = number
        code = parts[2]
    }

    var path: String { "/calendar/\(member)-\(number)-\(code).ics" }

    private static func code(_ member: MemberID, _ number: Int, _ area: AreaID, _ key: SecretKey) -> String {
        key.derived(for: "calendar").code(of: "\(area)/\(member)/\(number)").prefix(18).base64url
    }
}
