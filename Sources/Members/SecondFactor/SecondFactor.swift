import Kernel
import Postgres
import Runtime
import Secrets

/// A secret that a member's telephone shares with us, from which both make codes.
struct SecondFactor: Sendable {
    private static let secretLength = 20
    private static let recoveryCodes = 10

    var member: MemberID
    private var sealed: Bytes
    var isConfirmed: Bool
    private var lastStep: Int

    init(_ cells: inout Cells) throws {
        member = try cells.next()
        sealed = try cells.next()
        isConfirmed = try cells.next()
        lastStep = try cells.next()
    }

    private static func purpose(_ member: MemberID, _ area: AreaID) -> String { "second factor \(area) \(member)" }

    /// A new secret, as it is stored.
    static func sealedSecret(for member: MemberID, in area: AreaID, _ key: SecretKey) throws -> Bytes {
        Bytes(try key.sealed(randomBytes(secretLength).hexadecimal, for: purpose(member, area)))
    }

    func secret(in area: AreaID, _ key: SecretKey) -> [UInt8]? {
        key.opened(sealed.bytes, for: Self.purpose(member, area)).flatMap { [UInt8](hexadecimal: $0) }
    }

    /// The half minute of a code that is right and wasn't taken before.
    func step(of code: String, in area: AreaID, at now: Instant, _ key: SecretKey) -> Int? {
        guard let secret = secret(in: area, key), let step = OneTimeCode(secret: secret).step(of: code, at: now),
            step > lastStep
        else { return nil }
        return step
    }

    /// Ten codes, each of which opens the account once.
    static func newRecoveryCodes() -> [String] { (0..<recoveryCodes).map { _ in readableCode(groups: 2, of: 5) } }

    static func hash(ofRecovery code: String, of member: MemberID, in area: AreaID, _ key: SecretKey) -> Bytes {
        let letters = code.lowercased().filter { $0.isLetter || $0.isNumber }
        return Bytes(key.derived(for: "recovery \(area) \(member)").code(of: letters))
    }
}

extension Query where Answer == SecondFactor? {
    static func secondFactor(of member: MemberID, in area: AreaID) -> Query {
        .first(
            """
            SELECT member_id, sealed, confirmed_at IS NOT NULL, last_step
            FROM second_factors
            WHERE area_id = \(area) AND member_id = \(member)
            """
        ) { try SecondFactor(&$0) }
    }
}

extension Query where Answer == Int {
    /// A new secret takes the place of one that was begun, never of one that is in use.
    static func beginSecondFactor(_ sealed: Bytes, of member: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO second_factors AS f (area_id, member_id, sealed)
            VALUES (\(area), \(member), \(sealed))
            ON CONFLICT (area_id, member_id) DO UPDATE
            SET sealed = excluded.sealed
            WHERE f.confirmed_at IS NULL
            """)
    }

    /// Touches no row when the code was taken already, in this moment too.
    static func takeStep(_ step: Int, of member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE second_factors
            SET last_step = \(step), confirmed_at = coalesce(confirmed_at, \(now))
            WHERE area_id = \(area) AND member_id = \(member) AND last_step < \(step)
            """)
    }

    static func removeSecondFactor(of member: MemberID, in area: AreaID) -> Query {
        .deed("DELETE FROM second_factors WHERE area_id = \(area) AND member_id = \(member)")
    }

    static func removeRecoveryCodes(of member: MemberID, in area: AreaID) -> Query {
        .deed("DELETE FROM recovery_codes WHERE area_id = \(area) AND member_id = \(member)")
    }

    static func insertRecoveryCodes(_ hashes: [Bytes], of member: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO recovery_codes (area_id, member_id, hash)
            SELECT \(area)::int, \(member)::bigint, unnest(\(hashes)::bytea[])
            ON CONFLICT DO NOTHING
            """)
    }

    /// How many were used up by this: one, or none.
    static func useRecoveryCode(_ hash: Bytes, of member: MemberID, in area: AreaID) -> Query {
        .deed("DELETE FROM recovery_codes WHERE area_id = \(area) AND member_id = \(member) AND hash = \(hash)")
    }

    static func recoveryCodesLeft(of member: MemberID, in area: AreaID) -> Query {
        .one("SELECT count(*) FROM recovery_codes WHERE area_id = \(area) AND member_id = \(member)") {
            try $0.next()
        }
    }
}

extension Deed {
    /// Takes a code of the member's, from the telephone or the list; false for one that isn't right, or was used.
    func takeCode(_ typed: String, of member: MemberID) async throws -> Bool {
        let code = arabicDigits(typed).filter { $0 != " " }
        let key = context.platform.key
        guard let factor = try await run(.secondFactor(of: member, in: area)) else { return false }
        if let step = factor.step(of: code, in: area, at: now, key) {
            return try await run(.takeStep(step, of: member, in: area, at: now)) == 1
        }
        guard factor.isConfirmed else { return false }
        let hash = SecondFactor.hash(ofRecovery: code, of: member, in: area, key)
        return try await run(.useRecoveryCode(hash, of: member, in: area)) == 1
    }

    /// The codes before lose their use.
    func giveRecoveryCodes(to member: MemberID) async throws -> [String] {
        let codes = SecondFactor.newRecoveryCodes()
        let hashes = codes.map { SecondFactor.hash(ofRecovery: $0, of: member, in: area, context.platform.key) }
        _ = try await run(
            .removeRecoveryCodes(of: member, in: area), .insertRecoveryCodes(hashes, of: member, in: area))
        return codes
    }
}
