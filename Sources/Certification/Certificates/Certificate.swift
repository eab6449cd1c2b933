import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Secrets

/// What was certified, as it was: a numbered snapshot that anybody can verify, for good.
struct Certificate: Sendable {
    let areaCode: String
    let year: FiscalYear
    let number: Int
    /// Whether it is all of a year's results, and not one of them.
    let isOfYear: Bool
    /// To the byte that was hashed.
    let content: String
    let digest: Digest
    let issuedAt: Instant
    let revoked: (at: Instant, reason: String)?

    /// `2570/12`
    var name: String { "\(year.number)/\(number)" }
    var key: CertificateKey { CertificateKey(year: year, number: number, seal: String(digest.hexadecimal.prefix(16))) }
    var path: String { "/verify/\(key)" }

    /// Whether it is still what was hashed when it was issued.
    var isIntact: Bool { Digest(of: content) == digest }

    /// Where anybody can look it up.
    func address(under base: String) -> String { "\(base)/\(areaCode)\(path)" }

    static let columns: SQL = """
        a.code, c.year, c.number, c.result_id IS NULL, c.content, c.sha256, c.issued_at, c.revoked_at, c.revocation_reason
        """

    init(_ cells: inout Cells) throws {
        areaCode = try cells.next()
        year = FiscalYear(try cells.next())
        number = try cells.next()
        isOfYear = try cells.next()
        content = try cells.next()
        guard let digest = Digest(bytes: try cells.next(Bytes.self).bytes) else { throw DecodingError() }
        self.digest = digest
        issuedAt = try cells.next()
        let at = try cells.nextIfAny(Instant.self)
        let reason = try cells.nextIfAny(String.self)
        revoked = at.map { ($0, reason ?? "") }
    }
}

/// `2570-12-3f9ac0d1e2b34a55`: what stands in a certificate's address. The seal keeps others from counting through them.
struct CertificateKey: CustomStringConvertible, Sendable {
    let year: FiscalYear
    let number: Int
    let seal: String

    init(year: FiscalYear, number: Int, seal: String) {
        (self.year, self.number, self.seal) = (year, number, seal)
    }

    /// Nil where it can't be one.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), FiscalYear.plausible.contains(year),
            let number = Int(parts[1]), (1...Int(Int32.max)).contains(number), parts[2].utf8.count == 16
        else { return nil }
        self.init(year: FiscalYear(year), number: number, seal: String(parts[2]))
    }

    var description: String { "\(year.number)-\(number)-\(seal)" }
}

extension Query where Answer == Certificate? {
    static func certificate(_ key: CertificateKey, in area: AreaID) -> Query {
        .certificate(
            where: """
                c.year = \(key.year.number) AND c.number = \(key.number)
                AND left(encode(c.sha256, 'hex'), 16) = \(key.seal)
                """, in: area)
    }

    /// The one that is in force.
    static func certificate(of result: AreaResultID, in area: AreaID) -> Query {
        .certificate(where: "c.result_id = \(result) AND c.revoked_at IS NULL", in: area)
    }

    /// Of all results of a year, once that is closed.
    static func certificate(ofYear year: FiscalYear, in area: AreaID) -> Query {
        .certificate(
            where: "c.year = \(year.number) AND c.result_id IS NULL AND c.revoked_at IS NULL", in: area)
    }

    private static func certificate(where condition: SQL, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Certificate.columns)
            FROM certificates c
            JOIN areas a ON a.id = c.area_id
            WHERE c.area_id = \(area) AND \(part: condition)
            """
        ) { try Certificate(&$0) }
    }
}
