package import Kernel
package import Postgres
import Rounds
import Runtime
import Scoring

extension Query where Answer == Int {
    /// In the transaction that certifies a result, after it was stored.
    static func issueCertificate(of result: AreaResultID, _ year: FiscalYear, in area: AreaID) -> [Query] {
        [
            .takeCertificateNumber(year, in: area),
            .issue(
                """
                SELECT r.area_id, r.year, r.id AS result_id, r.decided_at AS issued_at, json_build_object(
                    'area', a.code, 'area-name', a.name, 'year', r.year, 'number', c.last, 'framework', f.short_name,
                    'indicator', n.number, 'name', n.name, 'definition', s.basis -> 'version', 'round', r.round,
                    'sending', r.number, 'values', s.basis -> 'values', 'result', round(r.result, \(ScoreRule.resultDecimals))::text,
                    'measure', n.definition ->> 'measure', 'score', round(r.official, 5)::text,
                    'evidence', ARRAY(SELECT e ->> 'sha256' FROM jsonb_array_elements(s.evidence) e),
                    'bureau', n.bureau_name, 'certified-at', \(part: .moment("r.decided_at"))
                )::text AS content
                FROM area_results r
                JOIN areas a ON a.id = r.area_id
                JOIN certificate_numbers c ON c.area_id = r.area_id AND c.year = r.year
                JOIN national_indicators n ON n.id = r.indicator_id
                JOIN national_frameworks f ON f.id = r.framework_id
                JOIN submissions s ON s.area_id = r.area_id AND s.result_id = r.id AND s.number = r.number
                WHERE r.area_id = \(area) AND r.id = \(result)
                """),
        ]
    }

    /// At a year's end, of all the area's results as they stand.
    static func issueCertificate(of year: FiscalYear, in area: AreaID, at now: Instant) -> [Query] {
        [
            .takeCertificateNumber(year, in: area),
            .issue(
                """
                SELECT c.area_id, c.year, NULL::bigint AS result_id, \(now)::timestamptz AS issued_at, json_build_object(
                    'area', a.code, 'area-name', a.name, 'year', c.year, 'number', c.last,
                    'totals', (
                        SELECT coalesce(json_agg(json_build_object(
                            'framework', f.short_name, 'round', t.round,
                            'total', round(t.weighted / nullif(t.weight, 0), 5)::text
                        ) ORDER BY f.place, f.id, t.round), '[]')
                        FROM area_totals t
                        JOIN national_frameworks f ON f.id = t.framework_id
                        WHERE t.area_id = c.area_id AND t.year = c.year
                    ),
                    'results', (
                        SELECT coalesce(json_agg(json_build_object(
                            'framework', f.short_name, 'indicator', n.number, 'name', n.name, 'round', r.round,
                            'state', r.state, 'score', round(r.official, 5)::text, 'certificate', o.number
                        ) ORDER BY f.place, f.id, n.number_order, n.id, r.round), '[]')
                        FROM area_results r
                        JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
                        JOIN national_frameworks f ON f.id = r.framework_id
                        LEFT JOIN certificates o
                            ON o.area_id = r.area_id AND o.result_id = r.id AND o.revoked_at IS NULL
                        WHERE r.area_id = c.area_id AND r.year = c.year
                    ),
                    'closed-at', \(part: .moment("\(now)::timestamptz"))
                )::text AS content
                FROM certificate_numbers c
                JOIN areas a ON a.id = c.area_id
                WHERE c.area_id = \(area) AND c.year = \(year.number)
                """),
        ]
    }

    /// The number stays, and says why it no longer holds.
    static func revokeCertificate(
        of result: AreaResultID, in area: AreaID, because reason: String, at now: Instant
    ) -> Query {
        .revokeCertificate(where: "result_id = \(result)", in: area, because: reason, at: now)
    }

    static func revokeCertificate(
        of year: FiscalYear, in area: AreaID, because reason: String, at now: Instant
    ) -> Query {
        .revokeCertificate(
            where: "year = \(year.number) AND result_id IS NULL", in: area, because: reason, at: now)
    }

    private static func revokeCertificate(
        where condition: SQL, in area: AreaID, because reason: String, at now: Instant
    ) -> Query {
        .deed(
            """
            UPDATE certificates
            SET revoked_at = \(now), revocation_reason = \(reason)
            WHERE area_id = \(area) AND \(part: condition) AND revoked_at IS NULL
            """)
    }

    private static func takeCertificateNumber(_ year: FiscalYear, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO certificate_numbers (area_id, year, last)
            VALUES (\(area), \(year.number), 1)
            ON CONFLICT (area_id, year) DO UPDATE
            SET last = certificate_numbers.last + 1
            """)
    }

    private static func issue(_ snapshot: SQL) -> Query {
        .deed(
            """
            INSERT INTO certificates (area_id, year, number, result_id, content, sha256, issued_at)
            SELECT x.area_id, x.year, c.last, x.result_id, x.content, sha256(convert_to(x.content, 'UTF8')), x.issued_at
            FROM (\(part: snapshot)) x
            JOIN certificate_numbers c ON c.area_id = x.area_id AND c.year = x.year
            RETURNING number
            """)
    }
}

/// For commands: what was certified without going through a page.
package enum MissingCertificates {
    package static func issue(in area: AreaID, _ year: FiscalYear, _ transaction: Transaction) async throws {
        let missing = try await transaction.run(.uncertificated(of: year, in: area))
        for result in missing {
            for query in Query<Int>.issueCertificate(of: result, year, in: area) { transaction.sendAlong(query) }
        }
    }
}

extension Query where Answer == [AreaResultID] {
    fileprivate static func uncertificated(of year: FiscalYear, in area: AreaID) -> Query {
        .all(
            """
            SELECT r.id
            FROM area_results r
            LEFT JOIN certificates c ON c.area_id = r.area_id AND c.result_id = r.id AND c.revoked_at IS NULL
            WHERE r.area_id = \(area) AND r.year = \(year.number) AND r.state = 'certified' AND c.number IS NULL
            ORDER BY r.id
            """
        ) { try $0.next() }
    }
}
