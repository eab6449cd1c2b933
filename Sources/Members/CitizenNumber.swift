import Kernel
import Postgres
import Runtime
import Secrets

/// The thirteen digits by which the state knows a person. Never stored as they are, nor shown whole.
struct CitizenNumber: Sendable, Equatable {
    let digits: String

    /// As people type it: with dashes or spaces, in either digits. Nil when the last digit doesn't check the others.
    init?(_ text: String) {
        let digits = arabicDigits(text).filter { $0 != "-" && $0 != " " }
        let values = digits.utf8.map { Int($0) - 48 }
        guard values.count == 13, values.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let sum = values.dropLast().enumerated().reduce(0) { $0 + $1.element * (13 - $1.offset) }
        guard (11 - sum % 11) % 10 == values[12] else { return nil }
        self.digits = digits
    }

    /// 1-2345-67890-12-1
    var grouped: String { group(digits) }

    /// Enough to tell two people apart who have it before them: x-xxxx-xxxx0-12-1
    var masked: String { group(String(repeating: "x", count: 9) + digits.suffix(4)) }

    private func group(_ digits: String) -> String {
        var rest = Substring(digits)
        return [1, 4, 5, 2, 1].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }

    func sealed(by key: SecretKey, in area: AreaID) throws -> SealedCitizenNumber {
        SealedCitizenNumber(
            sealed: Bytes(try key.sealed(digits, for: Self.purpose(area))),
            hash: Bytes(key.derived(for: "known " + Self.purpose(area)).code(of: digits)))
    }

    fileprivate static func purpose(_ area: AreaID) -> String { "citizen number \(area)" }
}

/// A citizen number as it is stored: readable with the platform's key, found by its keyed hash. Of two areas neither is
/// alike, so that nobody can follow a person from one to the other.
struct SealedCitizenNumber: Sendable, Equatable {
    var sealed: Bytes
    var hash: Bytes

    func opened(by key: SecretKey, in area: AreaID) -> CitizenNumber? {
        key.opened(sealed.bytes, for: CitizenNumber.purpose(area)).flatMap { CitizenNumber($0) }
    }
}
