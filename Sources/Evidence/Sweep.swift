import Files
import Kernel
import Postgres
import Runtime
import Secrets

/// Each night: bytes that no row names are set aside, and those that lay aside for a week without a name are gone. Who
/// names them at the same moment finds them all the same, and they are taken back.
struct Sweep {
    static let kind = "sweep"
    private static let day = 86_400
    let platform: Platform
    let now: Instant

    func run() async throws {
        let areas = try await areaNumbers()
        for area in areas {
            _ = try await platform.database.transaction(in: area) { transaction in
                try await transaction.run(
                    .forgetPieces(in: AreaID(area), before: now + -2 * Self.day),
                    // For an area that was made while yesterday's program still served.
                    .insertFileSpace(of: AreaID(area)),
                    .countSpace(in: AreaID(area)))
            }
        }
        for digit in "0123456789abcdef" { try await sweep(digit, areas) }
    }

    private func sweep(_ digit: Character, _ areas: [Int]) async throws {
        let files = platform.files
        let kept = try await files.digests(on: .kept, beginningWith: digit, before: now + -2 * Self.day)
        let aside = try await files.digests(on: .aside, beginningWith: digit, before: now + -7 * Self.day)
        guard !kept.isEmpty || !aside.isEmpty else { return }
        let named = try await digestsNamed(digit, areas)
        // In this order: what is set aside now has its week, also when it lay there once before.
        for digest in aside {
            named.contains(digest) ? try await files.move(digest, to: .kept) : try await files.discard(digest)
        }
        for digest in kept where !named.contains(digest) { try await files.move(digest, to: .aside) }
    }

    private func areaNumbers() async throws -> [Int] {
        let query = Query<[Int]>.all("SELECT id FROM areas ORDER BY id") { try $0.next() }
        return try await query.decode(platform.database.read([.statement(query.sql)])[0])
    }

    private func digestsNamed(_ digit: Character, _ areas: [Int]) async throws -> Set<Digest> {
        var named: Set<Digest> = []
        for area in areas {
            let query = Query<[Digest]>.digests(
                beginningWith: digit, in: AreaID(area), platform.registry.bytesInUse)
            named.formUnion(
                try await query.decode(platform.database.read([.tenant(area), .statement(query.sql)])[0]))
        }
        return named
    }
}

extension Query where Answer == [Digest] {
    fileprivate static func digests(
        beginningWith digit: Character, in area: AreaID,
        _ others: [@Sendable (AreaID, _ first: Bytes, _ last: Bytes) -> SQL]
    ) -> Query {
        let value = UInt8(digit.hexDigitValue ?? 0) << 4
        let (first, last) = (Bytes([value]), Bytes([value | 15] + Array(repeating: 255, count: 31)))
        return .all(
            """
            SELECT sha256
            FROM files
            WHERE area_id = \(area) AND sha256 BETWEEN \(first) AND \(last)
            UNION
            SELECT sha256
            FROM upload_pieces
            WHERE area_id = \(area) AND sha256 BETWEEN \(first) AND \(last)
            \(part: others.map { $0(area, first, last) }.reduce("") { $0 + " UNION " + $1 })
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Int {
    /// Two who bring the same bytes in the same moment are both counted; here they count once again.
    fileprivate static func countSpace(in area: AreaID) -> Query {
        .deed(
            """
            UPDATE file_space
            SET used = least(quota, (
                SELECT coalesce(sum(size), 0)
                FROM (SELECT DISTINCT sha256, size FROM files WHERE area_id = \(area)) once
            ))
            WHERE area_id = \(area)
            """)
    }
}
