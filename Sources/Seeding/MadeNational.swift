import Catalogue
import Certification
import Kernel
import Postgres
import Rounds
import Runtime

/// National indicators as the central office might have set them up, in its own year and frameworks.
struct MadeNational: Sendable {
    /// An indicator that was made up.
    struct Sample: Sendable {
        var number: String
        var name: String
        var type = "percent"
        var measure = "ร้อยละ"
        var weight: String
        var criteria = ["60", "65", "70", "75", "80"]
        var formula = "a / b * 100"
        var variables = [("a", "จำนวนที่เป็นไปตามเกณฑ์", "คน"), ("b", "จำนวนทั้งหมด", "คน")]
        var steps: [String] = []
        var baseline: String?
        /// What the central office supplies, and what comes from the schools.
        var central: [String] = []
        var summed: [String] = []
        /// The place of the bureau.
        var bureau: Int

        func source(of variable: String) -> String {
            central.contains(variable) ? "central" : summed.contains(variable) ? "sum" : "entered"
        }
    }

    let year: FiscalYear
    let samples: [Sample]
    let now: Instant
    /// Until the first round is due.
    let days: Int

    static let demonstration: [Sample] = [
        Sample(
            number: "1.2.4", name: "ร้อยละของนักเรียนชั้น ป.1 ที่อ่านออกเขียนได้", weight: "30",
            criteria: ["80", "85", "90", "95", "100"],
            variables: [("a", "ผู้ผ่านการประเมิน", "คน"), ("b", "นักเรียนทั้งหมด", "คน")], baseline: "89.7",
            summed: ["a", "b"], bureau: 2),
        Sample(
            number: "1.2.5", name: "ร้อยละของครูที่ผ่านการพัฒนาสมรรถนะด้านดิจิทัล", weight: "20",
            variables: [("a", "ครูที่ผ่านการพัฒนา", "คน"), ("b", "ครูทั้งหมด", "คน")], baseline: "71.4", bureau: 2),
        Sample(
            number: "2.1", name: "อัตราการออกกลางคันของนักเรียน", type: "percent-lower", weight: "20",
            criteria: ["1", "0.8", "0.6", "0.4", "0.2"],
            variables: [("a", "นักเรียนที่ออกกลางคัน", "คน"), ("b", "นักเรียนทั้งหมด", "คน")], baseline: "0.55",
            central: ["b"], bureau: 2),
        Sample(
            number: "11.3", name: "ระดับความสำเร็จของการตรวจสอบด้านการเงินการบัญชี", type: "steps", measure: "ระดับ",
            weight: "15", criteria: [], formula: "", variables: [],
            steps: ["แต่งตั้งคณะทำงาน", "จัดทำแผนการตรวจสอบ", "ตรวจสอบตามแผน", "รายงานผลการตรวจสอบ", "ติดตามการแก้ไข"],
            bureau: 4),
        Sample(
            number: "11.5", name: "รายงานบัญชีต้นทุนต่อหน่วยผลผลิตครบถ้วนทันเวลา", type: "done",
            measure: "ดำเนินการกรอก 1", weight: "15", criteria: [], formula: "", variables: [], bureau: 4),
    ]

    /// Fifty, for measuring.
    static let fifty: [Sample] = (1...50).map { place in
        Sample(
            number: "\((place - 1) / 10 + 1).\((place - 1) % 10 + 1)", name: "ตัวชี้วัดระดับประเทศที่ \(place)", weight: "2",
            bureau: place % 20)
    }

    /// Returns the framework's number.
    func write(_ transaction: Transaction) async throws -> Int {
        let centre = Area.central
        try await transaction.execute(
            """
            INSERT INTO fiscal_years (area_id, year, created_at)
            VALUES (\(centre), \(year.number), \(now))
            ON CONFLICT DO NOTHING
            """)
        for dates in Round.all.map({ $0.ordinaryDates(in: year) }) {
            try await transaction.execute(
                """
                INSERT INTO round_dates (area_id, year, round, opens_on, due_at)
                VALUES (\(centre), \(year.number), \(dates.round), \(dates.opening), \(dates.due))
                ON CONFLICT DO NOTHING
                """)
        }
        let insert = Query<Int>.one(
            """
            INSERT INTO frameworks (area_id, year, name, short_name, place, published_at)
            VALUES (\(centre), \(year.number), 'การประเมินส่วนราชการตามมาตรการปรับปรุงประสิทธิภาพ', 'KRS', 1, \(now))
            RETURNING id
            """
        ) { try $0.next() }
        let framework = try await transaction.run(insert)
        for sample in samples { try await write(sample, in: framework, transaction) }
        try await transaction.execute(
            """
            INSERT INTO indicator_rounds (area_id, indicator_id, round, opens_on, due_at)
            SELECT i.area_id, i.id, d.round,
                CASE WHEN d.round = 'c06' THEN \(Day(inBangkok: now) + -20)::date ELSE d.opens_on END,
                CASE WHEN d.round = 'c06' THEN \(dueFirst)::timestamptz ELSE d.due_at END
            FROM indicators i
            JOIN round_dates d ON d.area_id = i.area_id AND d.year = i.year AND d.round LIKE 'c%'
            WHERE i.area_id = \(centre) AND i.framework_id = \(framework)
            RETURNING round
            """)
        return framework
    }

    /// Published to all areas, of which so many in a hundred have sent the first round, and so many of those are decided.
    func fill(_ areas: [Area], sent: Int, decided: Int, in database: Database) async throws {
        let framework = try await database.transaction(in: Area.central.rawValue) { try await write($0) }
        try await NationalPublication.publish(framework: framework, in: database, by: "กพร.", at: now)
        let drafts = try await database.transaction(in: Area.central.rawValue) {
            try await $0.run(Query.nationalDrafts(of: framework, in: Area.central))
        }
        let results = MadeResults(drafts: drafts, now: now, sent: sent, decided: decided)
        for area in areas where area.kind != .central {
            try await database.transaction(in: area.id.rawValue) { transaction in
                try await results.write(area, transaction)
                try await transaction.execute(sameNamedFeeds(in: area))
                try await MissingCertificates.issue(in: area.id, year, transaction)
            }
        }
    }

    /// What the area's schools report under the same name goes to the national indicator.
    private func sameNamedFeeds(in area: Area) -> SQL {
        """
        UPDATE indicators
        SET feeds = n.id
        FROM national_indicators n
        WHERE indicators.area_id = \(area.id) AND indicators.year = \(year.number) AND n.year = \(year.number)
            AND n.name = indicators.name AND n.definition -> 'variables' @> '[{"source": "sum"}]'
        """
    }

    private var dueFirst: Instant { (Day(inBangkok: now) + days).instant(hour: 16, minute: 30) }

    private func write(_ sample: Sample, in framework: Int, _ transaction: Transaction) async throws {
        let criteria = (0..<5).map { sample.criteria.isEmpty ? nil : sample.criteria[$0] }
        let insert = Query<Int>.one(
            """
            INSERT INTO indicators (
                area_id, year, framework_id, number, number_order, name, measure, weight, target, value_type, criterion_1,
                criterion_2, criterion_3, criterion_4, criterion_5, formula, baseline_1, state, owner_unit_id, search_text,
                created_at
            )
            SELECT u.area_id, \(year.number)::int, \(framework)::bigint, \(sample.number)::text,
                \(numberOrder(sample.number))::text, \(sample.name)::text, \(sample.measure)::text,
                \(sample.weight)::numeric, \(criteria[3])::numeric, \(sample.type)::text, \(criteria[0])::numeric,
                \(criteria[1])::numeric, \(criteria[2])::numeric, \(criteria[3])::numeric, \(criteria[4])::numeric,
                \(sample.formula)::text, \(sample.baseline)::numeric, 'open', u.id,
                \("\(sample.number) \(sample.name)")::text, \(now)::timestamptz
            FROM units u
            WHERE u.area_id = \(Area.central) AND u.kind = 'bureau'
            ORDER BY u.id
            OFFSET \(sample.bureau)
            LIMIT 1
            RETURNING id
            """
        ) { try $0.next() }
        let id = try await transaction.run(insert)
        for (place, variable) in sample.variables.enumerated() {
            try await transaction.execute(
                """
                INSERT INTO variables (area_id, indicator_id, place, name, label, measure, source)
                VALUES (
                    \(Area.central), \(id), \(place + 1), \(variable.0), \(variable.1), \(variable.2),
                    \(sample.source(of: variable.0))
                )
                """)
        }
        for (place, step) in sample.steps.enumerated() {
            try await transaction.execute(
                """
                INSERT INTO indicator_steps (area_id, indicator_id, step, description)
                VALUES (\(Area.central), \(id), \(place + 1), \(step))
                """)
        }
    }
}
