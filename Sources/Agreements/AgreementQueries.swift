import Catalogue
import Kernel
import Postgres
import Runtime
import Scoring
import Secrets

extension SQL {
    /// Whose agreements the viewer sees: all, for those who prepare or sign them for the area; else their own unit's.
    fileprivate static let seenByViewer: SQL = """
        (\(part: viewerHolds(.open)) OR \(part: viewerHolds(.reply)) OR g.unit_id = \(part: viewerUnit))
        """
}

extension Query where Answer == [Agreement] {
    static func agreements(in year: FiscalYear, of area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: Agreement.columns)
            FROM \(part: Agreement.tables)
            WHERE g.area_id = \(area) AND g.year = \(year.number) AND \(part: .seenByViewer)
            ORDER BY g.cancelled_at IS NOT NULL, g.number
            """
        ) { try Agreement(&$0) }
    }
}

extension Query where Answer == Agreement? {
    static func agreement(_ id: AgreementID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Agreement.columns)
            FROM \(part: Agreement.tables)
            WHERE g.area_id = \(area) AND g.id = \(id) AND \(part: .seenByViewer)
            """
        ) { try Agreement(&$0) }
    }

    /// Nobody else signs or cancels it until the deed is done.
    static func agreementForUpdate(_ id: AgreementID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Agreement.columns)
            FROM \(part: Agreement.tables)
            WHERE g.area_id = \(area) AND g.id = \(id) AND \(part: .seenByViewer)
            FOR UPDATE OF g
            """
        ) { try Agreement(&$0) }
    }

    /// For anybody who has its number and its seal.
    static func agreement(_ year: Int, _ number: Int, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Agreement.columns)
            FROM \(part: Agreement.tables)
            WHERE g.area_id = \(area) AND g.year = \(year) AND g.number = \(number)
            """
        ) { try Agreement(&$0) }
    }
}

/// What a unit is to report of a framework: the agreement that could be made with it.
struct AgreementOffer: Sendable {
    let unit: UnitID
    let unitName: String
    var items: [AgreementContent.Item]
}

extension Query where Answer == [AgreementOffer] {
    /// Of units that have no agreement on the framework yet.
    static func offers(onFramework framework: Int, of area: AreaID) -> Query {
        Query(
            """
            SELECT u.id, u.name, i.number, i.name, i.measure, i.weight, i.target,
                i.criterion_1, i.criterion_2, i.criterion_3, i.criterion_4, i.criterion_5
            FROM units u
            JOIN indicators i ON i.area_id = u.area_id AND i.framework_id = \(framework) AND i.state <> 'hidden'
            WHERE u.area_id = \(area) AND u.closed_at IS NULL
                AND EXISTS (
                    SELECT
                    FROM assignments x
                    WHERE x.area_id = i.area_id AND x.indicator_id = i.id AND x.unit_id = u.id AND x.member_id IS NULL
                )
                AND NOT EXISTS (
                    SELECT
                    FROM agreements g
                    WHERE g.area_id = u.area_id AND g.unit_id = u.id AND g.framework_id = \(framework)
                        AND g.cancelled_at IS NULL
                )
            ORDER BY u.kind DESC, u.name, u.id, i.number_order, i.id
            """
        ) { rows in
            var offers: [AgreementOffer] = []
            for var cells in rows {
                let (unit, unitName): (UnitID, String) = (try cells.next(), try cells.next())
                let item = AgreementContent.Item(
                    number: try cells.next(), name: try cells.next(), measure: try cells.next(),
                    weight: try cells.next(), target: try cells.nextIfAny(),
                    criteria: try (1...5).map { _ in try cells.nextIfAny(Exact.self) })
                if offers.last?.unit == unit {
                    offers[offers.count - 1].items.append(item)
                } else {
                    offers.append(AgreementOffer(unit: unit, unitName: unitName, items: [item]))
                }
            }
            return offers
        }
    }
}

/// A framework on which agreements can be made.
struct AgreedFramework: Sendable {
    let id: Int
    let shortName: String
    let name: String
}

extension Query where Answer == [AgreedFramework] {
    static func agreedFrameworks(in year: FiscalYear, of area: AreaID) -> Query {
        .all(
            """
            SELECT id, short_name, name
            FROM frameworks
            WHERE area_id = \(area) AND year = \(year.number)
            ORDER BY place, id
            """
        ) { AgreedFramework(id: try $0.next(), shortName: try $0.next(), name: try $0.next()) }
    }
}

extension Query where Answer == Int {
    /// The last number of the year. Whoever makes agreements waits for those who are making some.
    static func lastAgreement(in year: FiscalYear, of area: AreaID) -> Query {
        .one(
            """
            WITH held AS (
                SELECT year
                FROM fiscal_years
                WHERE area_id = \(area) AND year = \(year.number)
                FOR NO KEY UPDATE
            )
            SELECT coalesce((SELECT max(g.number) FROM agreements g WHERE g.area_id = \(area) AND g.year = held.year), 0)
            FROM held
            """
        ) { try $0.next() }
    }

    static func insert(
        _ content: AgreementContent, with unit: UnitID, onFramework framework: Int, in area: AreaID, at now: Instant
    ) -> Query {
        let text = content.json.text
        return .deed(
            """
            INSERT INTO agreements (area_id, year, number, framework_id, unit_id, content, sha256, made_at)
            VALUES (
                \(area), \(content.year.number), \(content.number), \(framework), \(unit), \(text),
                \(Bytes(Digest(of: text).bytes)), \(now)
            )
            """)
    }

    /// Touches no row where that side has signed, or it was cancelled.
    static func sign(
        _ id: AgreementID, for side: Agreement.Side, _ signature: Agreement.Signature, by member: MemberID,
        in area: AreaID
    ) -> Query {
        switch side {
        case .unit:
            .deed(
                """
                UPDATE agreements
                SET unit_signed_at = \(signature.at), unit_signer_id = \(member), unit_signer_name = \(signature.name),
                    unit_signer_position = \(signature.position), unit_signer_for = \(signature.actingFor)
                WHERE area_id = \(area) AND id = \(id) AND unit_signed_at IS NULL AND cancelled_at IS NULL
                """)
        case .area:
            .deed(
                """
                UPDATE agreements
                SET area_signed_at = \(signature.at), area_signer_id = \(member), area_signer_name = \(signature.name),
                    area_signer_position = \(signature.position), area_signer_for = \(signature.actingFor)
                WHERE area_id = \(area) AND id = \(id) AND area_signed_at IS NULL AND cancelled_at IS NULL
                """)
        }
    }

    static func cancel(
        _ id: AgreementID, by name: String, because reason: String, in area: AreaID, at now: Instant
    ) -> Query {
        .deed(
            """
            UPDATE agreements
            SET cancelled_at = \(now), cancelled_by = \(name), cancelled_because = \(reason)
            WHERE area_id = \(area) AND id = \(id) AND cancelled_at IS NULL
            """)
    }
}
