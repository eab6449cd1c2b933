import Kernel
import Postgres
import Rounds
import Runtime

/// A year of an area with frameworks and indicators of every kind, as an area might have set it up.
struct DemonstrationCatalogue {
    /// An indicator that was made up; empty texts stand for nothing.
    private struct Sample {
        var framework: String
        var number: String
        var name: String
        var type: String
        var measure: String
        var weight: String
        var criteria: [String]
        var formula = ""
        var variables: [(name: String, label: String, measure: String)] = []
        var steps: [String] = []
        var state = "open"
    }

    private static let frameworks = [
        ("KRS", "คำรับรองการปฏิบัติราชการ"), ("ARS กลยุทธ์ 1", "ความปลอดภัยในสถานศึกษา"),
        ("จุดเน้น", "จุดเน้นของเขตพื้นที่"),
    ]

    private static let samples: [Sample] = [
        Sample(
            framework: "KRS", number: "1.1", name: "ร้อยละของนักเรียนชั้น ป.1 ที่อ่านออกเขียนได้", type: "percent",
            measure: "ร้อยละ", weight: "20", criteria: ["80", "85", "90", "95", "100"], formula: "a / b * 100",
            variables: [("a", "นักเรียนชั้น ป.1 ที่อ่านออกเขียนได้", "คน"), ("b", "นักเรียนชั้น ป.1 ทั้งหมด", "คน")]),
        Sample(
            framework: "KRS", number: "1.2", name: "ร้อยละของครูที่ผ่านการพัฒนาด้านดิจิทัล", type: "percent",
            measure: "ร้อยละ", weight: "20", criteria: ["60", "65", "70", "75", "80"], formula: "ร้อยละ(ผ่าน, ครู)",
            variables: [("ผ่าน", "ครูที่ผ่านการพัฒนา", "คน"), ("ครู", "ครูทั้งหมด", "คน")]),
        Sample(
            framework: "KRS", number: "1.3", name: "อัตราการออกกลางคันของนักเรียน", type: "percent-lower",
            measure: "ร้อยละ", weight: "15", criteria: ["1", "0.8", "0.6", "0.4", "0.2"], formula: "ออก / ทั้งหมด * 100",
            variables: [("ออก", "นักเรียนที่ออกกลางคัน", "คน"), ("ทั้งหมด", "นักเรียนทั้งหมด", "คน")]),
        Sample(
            framework: "KRS", number: "1.4", name: "ระดับความสำเร็จของการบริหารจัดการภาครัฐ", type: "steps",
            measure: "ระดับ", weight: "25", criteria: [],
            steps: ["แต่งตั้งคณะทำงาน", "ประเมินตนเองครบทุกหมวด", "จัดทำแผนพัฒนา", "ดำเนินงานตามแผน", "สรุปผลและเผยแพร่"]),
        Sample(
            framework: "KRS", number: "1.10", name: "รายงานการเงินถูกต้องและทันเวลา", type: "done", measure: "ส่งแล้วกรอก 1",
            weight: "20", criteria: []),
        Sample(
            framework: "ARS กลยุทธ์ 1", number: "2.1", name: "โรงเรียนจัดสภาพแวดล้อมปลอดภัย", type: "number",
            measure: "โรง", weight: "60", criteria: ["10", "15", "20", "25", "30"]),
        Sample(
            framework: "ARS กลยุทธ์ 1", number: "2.2", name: "สถานศึกษาซ้อมแผนเผชิญเหตุอย่างน้อยปีละสองครั้ง", type: "mean",
            measure: "ครั้ง", weight: "40", criteria: ["", "0.5", "1", "1.5", "2"], formula: "ครั้ง / โรง",
            variables: [("ครั้ง", "จำนวนครั้งที่ซ้อม", "ครั้ง"), ("โรง", "สถานศึกษาทั้งหมด", "โรง")]),
        Sample(
            framework: "จุดเน้น", number: "3.1", name: "คะแนนเฉลี่ยความพึงพอใจของผู้รับบริการ", type: "weighted-mean",
            measure: "คะแนน", weight: "100", criteria: ["1", "2", "3", "4", "5"], state: "hidden"),
    ]

    let area: Area
    /// Who owns the indicators.
    let username: String
    let now: Instant

    func write(_ transaction: Transaction) async throws {
        let current = FiscalYear(at: now)
        try await transaction.execute(
            "INSERT INTO fiscal_years (area_id, year, created_at) VALUES (\(area.id), \(current.number), \(now))")
        for dates in Round.all.map({ $0.ordinaryDates(in: current) }) {
            try await transaction.execute(
                """
                INSERT INTO round_dates (area_id, year, round, opens_on, due_at)
                VALUES (\(area.id), \(current.number), \(dates.round), \(dates.opening), \(dates.due))
                """)
        }
        for (place, (shortName, name)) in Self.frameworks.enumerated() {
            try await transaction.execute(
                """
                INSERT INTO frameworks (area_id, year, name, short_name, place)
                VALUES (\(area.id), \(current.number), \(name), \(shortName), \(place + 1))
                """)
        }
        for sample in Self.samples { try await write(sample, in: current, transaction) }
        try await partByDimension(in: current, transaction)
        try await openRounds(in: current, transaction)
    }

    /// D1 by the ministry's strategies, each indicator under one of them.
    private func partByDimension(in year: FiscalYear, _ transaction: Transaction) async throws {
        try await transaction.execute(
            "INSERT INTO dimensions (area_id, year, axis, name) VALUES (\(area.id), \(year.number), 1, 'ยุทธศาสตร์')")
        for (place, (strategy, numbers)) in Self.strategies.enumerated() {
            try await transaction.execute(
                """
                INSERT INTO dimension_values (area_id, year, axis, name, place)
                VALUES (\(area.id), \(year.number), 1, \(strategy), \(place))
                """)
            try await transaction.execute(
                """
                INSERT INTO indicator_dimensions (area_id, indicator_id, axis, value_id)
                SELECT i.area_id, i.id, v.axis, v.id
                FROM indicators i
                JOIN dimension_values v ON v.area_id = i.area_id AND v.year = i.year AND v.name = \(strategy)
                WHERE i.area_id = \(area.id) AND i.year = \(year.number) AND i.number = ANY (\(numbers)::text[])
                RETURNING axis
                """)
        }
    }

    private static let strategies = [
        ("ความปลอดภัยของผู้เรียน", ["2.1", "2.2"]), ("โอกาสทางการศึกษา", ["1.3"]),
        ("คุณภาพการศึกษา", ["1.1", "1.2"]), ("ประสิทธิภาพการบริหาร", ["1.4", "1.10", "3.1"]),
    ]

    /// Safety every month, all else after 6, 9 and 12 months; what is due next has been open for some weeks. All schools
    /// report in the months, and in the first of the others.
    private func openRounds(in year: FiscalYear, _ transaction: Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO indicator_rounds (area_id, indicator_id, round, opens_on, due_at, assigned)
            SELECT i.area_id, i.id, d.round,
                CASE WHEN d.round = 'c06' THEN least(d.opens_on, \(Day(inBangkok: now) + -20)::date) ELSE d.opens_on END,
                d.due_at,
                CASE
                    WHEN d.round IN ('c09', 'c12') THEN 0
                    ELSE (
                        SELECT count(*)
                        FROM units u
                        WHERE u.area_id = i.area_id AND u.kind = 'school' AND u.closed_at IS NULL
                    )
                END
            FROM indicators i
            JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
            JOIN round_dates d
                ON d.area_id = i.area_id AND d.year = i.year
                AND CASE WHEN f.short_name LIKE 'ARS%' THEN d.round LIKE 'm%' ELSE d.round LIKE 'c%' END
            WHERE i.area_id = \(area.id) AND i.year = \(year.number) AND i.state = 'open'
            RETURNING round
            """)
        try await transaction.execute(
            """
            INSERT INTO assignments (area_id, indicator_id, round, unit_id, created_at)
            SELECT r.area_id, r.indicator_id, r.round, u.id, \(now)::timestamptz
            FROM indicator_rounds r
            JOIN units u ON u.area_id = r.area_id AND u.kind = 'school' AND u.closed_at IS NULL
            WHERE r.area_id = \(area.id) AND r.assigned > 0
            RETURNING id
            """)
    }

    private func write(_ sample: Sample, in year: FiscalYear, _ transaction: Transaction) async throws {
        let criteria = (0..<5).map {
            sample.criteria.isEmpty || sample.criteria[$0].isEmpty ? nil : sample.criteria[$0]
        }
        let insert = Query<Int>.one(
            """
            INSERT INTO indicators (
                area_id, year, framework_id, number, number_order, name, measure, weight, value_type, criterion_1,
                criterion_2, criterion_3, criterion_4, criterion_5, formula, state, owner_unit_id, owner_id, search_text,
                created_at
            )
            SELECT f.area_id, f.year, f.id, \(sample.number)::text, \(numberOrder(sample.number))::text, \(sample.name)::text,
                \(sample.measure)::text, \(sample.weight)::numeric, \(sample.type)::text, \(criteria[0])::numeric,
                \(criteria[1])::numeric, \(criteria[2])::numeric, \(criteria[3])::numeric, \(criteria[4])::numeric,
                \(sample.formula)::text, \(sample.state)::text, m.unit_id, m.id,
                \("\(sample.number) \(sample.name)")::text, \(now)::timestamptz
            FROM frameworks f
            JOIN members m ON m.area_id = f.area_id AND m.username = \(username)
            WHERE f.area_id = \(area.id) AND f.year = \(year.number) AND f.short_name = \(sample.framework)
            RETURNING id
            """
        ) { try $0.next() }
        let id = try await transaction.run(insert)
        for (place, variable) in sample.variables.enumerated() {
            try await transaction.execute(
                """
                INSERT INTO variables (area_id, indicator_id, place, name, label, measure)
                VALUES (\(area.id), \(id), \(place + 1), \(variable.name), \(variable.label), \(variable.measure))
                """)
        }
        for (place, step) in sample.steps.enumerated() {
            try await transaction.execute(
                """
                INSERT INTO indicator_steps (area_id, indicator_id, step, description)
                VALUES (\(area.id), \(id), \(place + 1), \(step))
                """)
        }
    }
}
