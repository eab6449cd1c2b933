import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// Opening a year, empty or with what another year had: what comes along is shown first.
struct YearOpeningPage: NarrowPage {
    let visit: Visit
    let years: [OpenedYear]
    /// By year: frameworks and indicators.
    let contents: [YearContents]

    var title: Phrase { Phrase("เปิดปีงบประมาณ", en: "Open a fiscal year") }

    func write(to html: HTML) {
        html.head(title)
        html.form(to: "/years", visit, .className("panel")) {
            let form = FormWriter(html, fields, values: values, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) {
                html.submit(Phrase("เปิดปี", en: "Open the year"))
                html.action(visit.link("/years"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }

    static let fields: [FormField] = [
        FormField(
            "year", Phrase("ปีงบประมาณ (พ.ศ.)", en: "Fiscal year (BE)"), .number(FiscalYear.plausible), required: true),
        FormField("from", Phrase("คัดลอกจากปี", en: "Copy from"), .number(FiscalYear.plausible)),
    ]

    private var fields: [FormField] {
        var fields = Self.fields
        fields[1].kind = .choice(
            contents.map {
                .init(
                    "\($0.year.number)",
                    Phrase(
                        "\($0.year.number): \($0.frameworks) ชุด \($0.indicators) ตัวชี้วัด พร้อมเกณฑ์ ตัวแปร และผู้รับผิดชอบ",
                        en:
                            "\($0.year.number): \($0.frameworks) frameworks, \($0.indicators) indicators with criteria, variables and owners"
                    ))
            })
        return fields
    }

    private var values: Fields {
        let latest = years.first?.year.number
        let next = latest.map { $0 + 1 } ?? FiscalYear(at: visit.now).number
        return Fields(["year": "\(next)", "from": contents.first.map { "\($0.year.number)" } ?? ""])
    }
}

/// What a year holds that another can take over.
struct YearContents: Sendable {
    var year: FiscalYear
    var frameworks: Int
    var indicators: Int
}

extension Query where Answer == [YearContents] {
    static func yearContents(in area: AreaID) -> Query {
        .all(
            """
            SELECT f.year, count(DISTINCT f.id), count(i.id)
            FROM frameworks f
            LEFT JOIN indicators i ON i.area_id = f.area_id AND i.framework_id = f.id
            WHERE f.area_id = \(area)
            GROUP BY f.year
            ORDER BY f.year DESC
            """
        ) { YearContents(year: FiscalYear(try $0.next()), frameworks: try $0.next(), indicators: try $0.next()) }
    }
}

func showNewYear(_ context: Context) async throws -> Outcome {
    let (visit, years, contents) = try await context.page(
        .years(of: context.area.id), .yearContents(in: context.area.id))
    return .page(YearOpeningPage(visit: visit, years: years, contents: contents), visit)
}

/// The year, and all that comes along, in one deed.
func openYear(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(YearOpeningPage.fields, context.form.fields)
    try draft.check()
    let year = FiscalYear(draft.number("year"))
    let source = draft.textIfAny("from").map { _ in FiscalYear(draft.number("from")) }
    let copied = try await context.deed { deed in
        if let source {
            guard source != year, try await deed.run(.year(source, of: deed.area)) != nil else {
                throw Refusal.invalid("from", Phrase("ไม่มีปีนี้ให้คัดลอก", en: "There is no such year to copy"))
            }
        }
        try await Rounds.open(year, from: source, deed)
        guard let source else { return 0 }
        _ = try await deed.run(.copyFrameworks(from: source, to: year, in: deed.area))
        let count = try await deed.run(.copyIndicators(from: source, to: year, in: deed.area, at: deed.now))
        _ = try await deed.run(.copyParents(in: year, of: deed.area))
        for part in Query.copyParts(into: year, of: deed.area) { _ = try await deed.run(part) }
        try await deed.record(
            .yearCopied, on: "year/\(year.number)", named: "\(year.number)",
            after: ["from": JSON(source.number), "indicators": JSON(count)])
        return count
    }
    let said =
        copied == 0
        ? Phrase("เปิดปี \(year.number) แล้ว", en: "The year \(year.number) is open")
        : Phrase(
            "เปิดปี \(year.number) แล้ว คัดลอกมา \(copied) ตัวชี้วัด ทั้งหมดยังซ่อนอยู่",
            en: "The year \(year.number) is open with \(copied) indicators, all hidden still")
    return .done(
        "/indicators?year=\(year.number)", says: said, json: ["indicators": JSON(copied)], made: true)
}

extension Query where Answer == Int {
    static func copyFrameworks(from source: FiscalYear, to year: FiscalYear, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO frameworks (area_id, year, name, short_name, place)
            SELECT area_id, \(year.number)::int, name, short_name, place
            FROM frameworks
            WHERE area_id = \(area) AND year = \(source.number)
            ORDER BY place
            RETURNING id
            """)
    }

    /// Hidden at first: the area looks through them, and opens each when it is right.
    static func copyIndicators(
        from source: FiscalYear, to year: FiscalYear, in area: AreaID, at now: Instant
    ) -> Query {
        .deed(
            """
            INSERT INTO indicators (
                area_id, year, framework_id, number, number_order, name, definition, rationale, measure, weight, target,
                ratio, value_type, criterion_1, criterion_2, criterion_3, criterion_4, criterion_5, below, formula,
                baseline_1, baseline_2, baseline_3, data_source, owner_unit_id, owner_id, copied_from, search_text,
                created_at
            )
            SELECT i.area_id, \(year.number)::int, n.id, i.number, i.number_order, i.name, i.definition, i.rationale,
                i.measure, i.weight, i.target, i.ratio, i.value_type, i.criterion_1, i.criterion_2, i.criterion_3,
                i.criterion_4, i.criterion_5, i.below, i.formula, i.baseline_1, i.baseline_2, i.baseline_3,
                i.data_source, i.owner_unit_id, i.owner_id, i.id, i.search_text, \(now)::timestamptz
            FROM indicators i
            JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
            JOIN frameworks n ON n.area_id = f.area_id AND n.year = \(year.number) AND n.short_name = f.short_name
            WHERE i.area_id = \(area) AND i.year = \(source.number)
            RETURNING id
            """)
    }

    static func copyParents(in year: FiscalYear, of area: AreaID) -> Query {
        .deed(
            """
            UPDATE indicators
            SET parent_id = p.id
            FROM indicators o, indicators p
            WHERE indicators.area_id = \(area) AND indicators.year = \(year.number)
                AND o.area_id = \(area) AND o.id = indicators.copied_from
                AND p.area_id = \(area) AND p.year = \(year.number) AND p.copied_from = o.parent_id
            """)
    }

    static func copyParts(into year: FiscalYear, of area: AreaID) -> [Query] {
        [
            .deed(
                """
                INSERT INTO variables (area_id, indicator_id, place, name, label, measure, source)
                SELECT v.area_id, i.id, v.place, v.name, v.label, v.measure, v.source
                FROM indicators i
                JOIN variables v ON v.area_id = i.area_id AND v.indicator_id = i.copied_from
                WHERE i.area_id = \(area) AND i.year = \(year.number)
                RETURNING place
                """),
            .deed(
                """
                INSERT INTO indicator_steps (area_id, indicator_id, step, description)
                SELECT s.area_id, i.id, s.step, s.description
                FROM indicators i
                JOIN indicator_steps s ON s.area_id = i.area_id AND s.indicator_id = i.copied_from
                WHERE i.area_id = \(area) AND i.year = \(year.number)
                RETURNING step
                """),
            .deed(
                """
                INSERT INTO indicator_people (area_id, indicator_id, part, place, name, position, phone)
                SELECT p.area_id, i.id, p.part, p.place, p.name, p.position, p.phone
                FROM indicators i
                JOIN indicator_people p ON p.area_id = i.area_id AND p.indicator_id = i.copied_from
                WHERE i.area_id = \(area) AND i.year = \(year.number)
                RETURNING place
                """),
        ]
    }
}
