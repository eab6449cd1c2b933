import HTML
import Kernel
import Postgres
import Runtime

/// How an indicator of the central office is certified: for whom it is, and what happens by itself.
struct CertificationRule: Sendable, Equatable {
    /// The areas that it applies to.
    enum Scope: String, SQLValue, CaseIterable {
        case all, primary, secondary, listed

        var phrase: Phrase {
            switch self {
            case .all: Phrase("ทุกเขต", en: "All areas")
            case .primary: Phrase("สพป. ทุกเขต", en: "Primary areas")
            case .secondary: Phrase("สพม. ทุกเขต", en: "Secondary areas")
            case .listed: Phrase("เฉพาะเขตที่ระบุ", en: "Only the areas listed")
            }
        }
    }

    /// What becomes of what the bureau hasn't decided in time.
    enum Undecided: String, SQLValue, CaseIterable {
        case escalate, certify, refuse

        var phrase: Phrase {
            switch self {
            case .escalate: Phrase("ส่งให้ กพร. ตัดสิน", en: "The indicator office decides")
            case .certify: Phrase("รับรองตามที่เขตรายงาน", en: "It is certified as reported")
            case .refuse: Phrase("ไม่รับรอง ได้ 1.00000", en: "It isn't certified: 1.00000")
            }
        }
    }

    var scope = Scope.all
    /// Of `listed`.
    var areas: [AreaID] = []
    /// Whether what isn't certified may be corrected.
    var mayCorrect = true
    var undecided = Undecided.escalate
    /// Whether a second person must agree.
    var needsSecond = false
    /// Until the bureau has decided, after the due date.
    var decideDays = 30

    func applies(to area: Area) -> Bool {
        switch scope {
        case .all: area.kind != .central
        case .primary: area.kind == .primary
        case .secondary: area.kind == .secondary
        case .listed: areas.contains(area.id)
        }
    }

    var json: JSON {
        [
            "scope": .text(scope.rawValue), "areas": .array(areas.map { JSON($0.rawValue) }),
            "may-correct": .bool(mayCorrect), "undecided": .text(undecided.rawValue),
            "needs-second": .bool(needsSecond), "decide-days": JSON(decideDays),
        ]
    }
}

extension CertificationRule {
    static let columns: SQL = """
        coalesce(c.scope, 'all'), coalesce(c.scope_areas, '{}'), coalesce(c.may_correct, true),
        coalesce(c.undecided, 'escalate'), coalesce(c.needs_second, false), coalesce(c.decide_days, 30)
        """

    init(_ cells: inout Cells) throws {
        scope = try cells.next()
        areas = try cells.nextArray(of: AreaID.self)
        mayCorrect = try cells.next()
        undecided = try cells.next()
        needsSecond = try cells.next()
        decideDays = try cells.next()
    }
}

/// The rule of one indicator, with what its page says of it.
struct RuledIndicator: Sendable {
    let id: Int
    let framework: Int
    let number: String
    let name: String
    let rule: CertificationRule
    let version: Int
}

extension Query where Answer == RuledIndicator? {
    static func rule(of indicator: Int, in area: AreaID) -> Query {
        .first(
            """
            SELECT i.id, i.framework_id, i.number, i.name, \(part: CertificationRule.columns), coalesce(c.version, 0)
            FROM indicators i
            LEFT JOIN certification_rules c ON c.area_id = i.area_id AND c.indicator_id = i.id
            WHERE i.area_id = \(area) AND i.id = \(indicator)
            """
        ) {
            RuledIndicator(
                id: try $0.next(), framework: try $0.next(), number: try $0.next(), name: try $0.next(),
                rule: try CertificationRule(&$0), version: try $0.next())
        }
    }
}

extension Query where Answer == [Int: CertificationRule] {
    /// Of a framework's indicators, by their numbers.
    static func rules(of framework: Int, in area: AreaID) -> Query {
        Query(
            """
            SELECT i.id, \(part: CertificationRule.columns)
            FROM indicators i
            LEFT JOIN certification_rules c ON c.area_id = i.area_id AND c.indicator_id = i.id
            WHERE i.area_id = \(area) AND i.framework_id = \(framework)
            """
        ) { rows in
            var rules: [Int: CertificationRule] = [:]
            for var cells in rows { rules[try cells.next()] = try CertificationRule(&cells) }
            return rules
        }
    }
}

extension Query where Answer == Int {
    static func save(_ rule: CertificationRule, of indicator: Int, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO certification_rules (
                area_id, indicator_id, scope, scope_areas, may_correct, undecided, needs_second, decide_days
            )
            VALUES (
                \(area), \(indicator), \(rule.scope), \(rule.areas), \(rule.mayCorrect), \(rule.undecided),
                \(rule.needsSecond), \(rule.decideDays)
            )
            ON CONFLICT (area_id, indicator_id) DO UPDATE
            SET scope = excluded.scope, scope_areas = excluded.scope_areas, may_correct = excluded.may_correct,
                undecided = excluded.undecided, needs_second = excluded.needs_second,
                decide_days = excluded.decide_days, version = certification_rules.version + 1
            """)
    }
}

extension Query where Answer == [Area] {
    /// All that report to the central office, in the order of their names.
    static var reportingAreas: Query {
        .all(
            """
            SELECT \(part: Area.columns)
            FROM areas
            WHERE kind <> 'central'
            ORDER BY short_name
            """
        ) { try Area(&$0) }
    }
}
