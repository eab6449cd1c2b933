import Catalogue
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// A national indicator's central data in a round: for how many areas it is there.
struct CentralSupply: Sendable {
    let indicator: IndicatorID
    let number: String
    let name: String
    let round: Round
    let due: Instant
    let areas: Int
    let supplied: Int
    let disputed: Int

    var path: String { "/central-data/\(indicator)/\(round.code)/import" }

    var json: JSON {
        [
            "indicator": JSON(indicator.rawValue), "number": .text(number), "name": .text(name),
            "round": .text(round.code), "due-at": .text(due.text), "areas": JSON(areas), "supplied": JSON(supplied),
            "disputed": JSON(disputed),
        ]
    }

    static let schema = APISchema.object([
        ("indicator", .number), ("number", .text), ("name", .text), ("round", .text), ("due-at", .moment),
        ("areas", .number), ("supplied", .number), ("disputed", .number),
    ])
}

func listCentralData(_ context: Context) async throws -> Outcome {
    let (visit, supplies) = try await context.centralPage(of: .supplies(in: context.year))
    return .page(
        CentralDataPage(visit: visit, supplies: supplies), visit, json: ["items": .array(supplies.map(\.json))])
}

/// Sends all rows to their areas, or none when a single cell is wrong.
func sendCentralData(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let (_, table) = try await CentralTable.page(context)
    let list = table.read(input, at: context.now)
    try list.table.check()
    try await context.deed { deed in
        deed.send(
            .centralData,
            [
                "indicator": JSON(table.indicator.id.rawValue), "round": .text(table.round.dates.round.code),
                "supplier": .text(deed.viewer?.name ?? ""), "rows": .array(list.rows.map(\.json)),
            ], to: list.rows.map(\.area))
        try await deed.record(
            .centralDataSent, on: "indicator/\(table.indicator.id)",
            named: "\(table.indicator.title) · \(table.round.dates.round.name.thai)",
            after: ["rows": JSON(list.rows.count)])
    }
    return .done(
        "/central-data",
        says: Phrase("กำลังส่งข้อมูลถึง \(list.rows.count) เขต", en: "The data is on its way to \(list.rows.count) areas"),
        json: ["rows": JSON(list.rows.count)], made: true)
}

/// What an import needs to know of its indicator and round.
struct CentralTable: ImportTarget {
    static let templateName = "central-data"

    let indicator: NationalIndicator
    let round: NationalRound
    let areas: [Area]
    let certified: Set<AreaID>

    static func page(_ context: Context) async throws -> (Visit, CentralTable) {
        guard let id = context.request.parameters["indicator"].flatMap({ IndicatorID(sqlText: $0) }),
            let code = context.request.parameters["round"].flatMap({ Round(code: $0) })
        else { throw Refusal.notFound }
        let (visit, indicator, areas, certified) = try await context.centralPage(
            of: .nationalIndicator(id), .reportingAreas, .certifiedAreas(of: id, in: code))
        guard let indicator, let round = indicator.rounds.first(where: { $0.dates.round == code }),
            !indicator.definition.centralVariables.isEmpty
        else { throw Refusal.notFound }
        return (visit, CentralTable(indicator: indicator, round: round, areas: areas, certified: Set(certified)))
    }

    var subject: ImportPage.Subject {
        ImportPage.Subject(
            title: Phrase("ข้อมูลส่วนกลาง ", en: "Central data: ") + Phrase(same: indicator.definition.number + " ")
                + round.dates.round.name,
            path: "/central-data/\(indicator.id)/\(round.dates.round.code)/import", back: "/central-data",
            guide: Phrase(
                "แถวละหนึ่งเขต พร้อมแหล่งข้อมูลและวันที่ของข้อมูล เขตเห็นและทักท้วงได้จนครบกำหนด",
                en: "One area a row, with source and date. Areas see it, and may dispute it until the round is due.")
        ) { Phrase("\($0) เขต", en: "\($0) areas") }
    }

    /// The codes of all areas that it is for.
    func template(in language: Language) -> Sheet {
        let columns = CentralImport.columns(of: indicator).map { Sheet.Column($0, in: language) }
        return Sheet(
            indicator.definition.number, columns, of: areas.filter { indicator.rule.applies(to: $0) }
        ) { area in
            [area.code, area.shortName].map { Sheet.Cell($0) } + columns.dropFirst(2).map { _ in .empty }
        }
    }

    func table(_ input: TableInput, at now: Instant) -> TableImport { read(input, at: now).table }

    func read(_ input: TableInput, at now: Instant) -> CentralImport {
        CentralImport(input, for: indicator, areas: areas, certified: certified, isLocked: round.dates.due < now)
    }
}

extension Query where Answer == NationalIndicator? {
    static func nationalIndicator(_ id: IndicatorID) -> Query {
        .first(
            """
            SELECT \(part: NationalIndicator.columns)
            FROM national_indicators n
            WHERE n.id = \(id) AND n.withdrawn_at IS NULL
            """
        ) { try NationalIndicator(&$0) }
    }
}

extension Query where Answer == [AreaID] {
    fileprivate static func certifiedAreas(of indicator: IndicatorID, in round: Round) -> Query {
        .all(
            """
            SELECT a.id
            FROM areas a
            JOIN area_results r ON r.area_id = a.id AND r.indicator_id = \(indicator) AND r.round = \(round)
            WHERE r.state = 'certified'
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == [CentralSupply] {
    /// Of all indicators that have central variables.
    fileprivate static func supplies(in year: FiscalYear) -> Query {
        .all(
            """
            SELECT n.id, n.number, n.name, q.round, q.due_at, count(r.id), count(v.indicator_id),
                count(*) FILTER (WHERE v.is_disputed)
            FROM national_indicators n
            JOIN national_rounds q ON q.indicator_id = n.id
            CROSS JOIN areas a
            JOIN area_results r ON r.area_id = a.id AND r.indicator_id = n.id AND r.round = q.round
            LEFT JOIN LATERAL (
                SELECT x.indicator_id, bool_or(x.disputed_at IS NOT NULL AND x.answered_at IS NULL) AS is_disputed
                FROM central_values x
                WHERE x.area_id = r.area_id AND x.indicator_id = r.indicator_id AND x.round = r.round
                GROUP BY x.indicator_id
            ) v ON true
            WHERE n.year = \(year.number) AND n.withdrawn_at IS NULL
                AND n.definition @> '{"variables": [{"source": "central"}]}'
            GROUP BY n.id, q.indicator_id, q.round
            ORDER BY q.due_at, n.number_order, n.id
            """
        ) {
            CentralSupply(
                indicator: try $0.next(), number: try $0.next(), name: try $0.next(), round: try $0.next(),
                due: try $0.next(), areas: try $0.next(), supplied: try $0.next(), disputed: try $0.next())
        }
    }
}
