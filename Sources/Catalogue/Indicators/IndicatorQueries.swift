import HTTP
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A line of the list of indicators.
struct IndicatorLine: Sendable {
    var id: IndicatorID
    var framework: FrameworkID
    /// Under what the list shows it: the framework's number, or that of a dimension's value, 0 without one.
    var group: Int
    /// Where it isn't the framework that the line stands under.
    var frameworkName: String?
    var parent: IndicatorID?
    var number: String
    var name: String
    var weight: Exact
    var type: ValueType
    var state: Indicator.State
    var ownerName: String
    /// What levels 1 to 5 are worth; empty for 1 to 5.
    var worths: [Exact]

    var json: JSON {
        [
            "id": JSON(id.rawValue), "framework": JSON(framework.rawValue),
            "parent": parent.map { JSON($0.rawValue) } ?? .null, "number": .text(number), "name": .text(name),
            "weight": .text(weight.text(decimals: ScoreRule.weightDecimals)), "type": .text(type.rawValue),
            "state": .text(state.rawValue), "owner": .text(ownerName),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("framework", .number), ("parent", .optional(.number)), ("number", .text), ("name", .text),
        ("weight", .text), ("type", .text), ("state", .text), ("owner", .text),
    ])
}

/// Which indicators a list shows.
struct IndicatorFilter: Sendable {
    var words: String
    var framework: FrameworkID?
    var state: Indicator.State?
    /// The dimension that the list is grouped by; nil for frameworks.
    var axis: Int?

    init(_ query: Fields = Fields()) {
        words = arabicDigits((query["q"] ?? "").lowercased())
        framework = query["framework"].flatMap { FrameworkID(sqlText: $0) }
        state = query["state"].flatMap { Indicator.State(rawValue: $0) }
        axis = query["by"].flatMap { Int($0) }.flatMap { Dimension.axes.contains($0) ? $0 : nil }
    }
}

extension IndicatorFilter {
    fileprivate var group: SQL { axis == nil ? "i.framework_id" : "coalesce(v.id, 0)" }
    fileprivate var frameworkName: SQL { axis == nil ? "NULL::text" : "f.short_name" }
    fileprivate var groupOrder: SQL { axis == nil ? "" : "v.place NULLS LAST, " }

    fileprivate var groupTables: SQL {
        guard let axis else { return "" }
        return """
            LEFT JOIN indicator_dimensions d ON d.area_id = i.area_id AND d.indicator_id = i.id AND d.axis = \(axis)
            LEFT JOIN dimension_values v ON v.area_id = d.area_id AND v.id = d.value_id
            """
    }
}

/// `1.2.10` so that it sorts after `1.2.9`: each run of digits with zeros in front.
func numberOrder(_ number: String) -> String {
    var parts = ""
    var digits = ""
    for character in arabicDigits(number) + " " {
        if ("0"..."9").contains(character) {
            digits.append(character)
        } else {
            if !digits.isEmpty { parts += String(repeating: "0", count: max(0, 6 - digits.count)) + digits }
            digits = ""
            parts.append(character)
        }
    }
    return parts
}

extension Query where Answer == [IndicatorLine] {
    /// Hidden ones too: a page leaves them out for those who do not define indicators.
    static func indicators(
        of year: FiscalYear, in area: AreaID, matching filter: IndicatorFilter
    ) -> Query {
        .all(
            """
            SELECT i.id, i.framework_id, \(part: filter.group), \(part: filter.frameworkName), i.parent_id, i.number, i.name, i.weight, i.value_type, i.state,
                coalesce(m.title || m.first_name || ' ' || m.last_name, u.name, ''), i.worths
            FROM indicators i
            JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
            LEFT JOIN members m ON m.area_id = i.area_id AND m.id = i.owner_id
            LEFT JOIN units u ON u.area_id = i.area_id AND u.id = i.owner_unit_id
            \(part: filter.groupTables)
            WHERE i.area_id = \(area) AND i.year = \(year.number)
                AND (\(filter.words) = '' OR i.search_text LIKE '%' || \(likePattern(filter.words)) || '%')
                AND (\(filter.framework?.rawValue ?? 0) = 0 OR i.framework_id = \(filter.framework?.rawValue ?? 0))
                AND (\(filter.state?.rawValue ?? "") = '' OR i.state = \(filter.state?.rawValue ?? ""))
            ORDER BY \(part: filter.groupOrder)f.place, f.id, i.number_order, i.id
            """
        ) {
            IndicatorLine(
                id: try $0.next(), framework: try $0.next(), group: try $0.next(), frameworkName: try $0.nextIfAny(),
                parent: try $0.nextIfAny(),
                number: try $0.next(),
                name: try $0.next(), weight: try $0.next(), type: try $0.next(), state: try $0.next(),
                ownerName: try $0.next(), worths: try $0.nextArray(of: Exact.self))
        }
    }
}

/// An indicator with everything that belongs to it, in one row of `indicators i`.
let wholeIndicator: SQL = """
    i.id, i.year, i.framework_id, i.parent_id, i.number, i.name, i.definition, i.rationale, i.measure,
        i.weight, i.target, i.ratio, i.value_type, i.criterion_1, i.criterion_2, i.criterion_3, i.criterion_4,
        i.criterion_5, i.below, i.formula, i.baseline_1, i.baseline_2, i.baseline_3, i.data_source, i.state,
        i.owner_unit_id, i.owner_id, i.version, i.worths,
        ARRAY(SELECT d.axis || ' ' || d.value_id FROM indicator_dimensions d
            WHERE d.area_id = i.area_id AND d.indicator_id = i.id),
        ARRAY(SELECT x FROM variables v,
                unnest(ARRAY[v.name, v.label, v.measure, v.source, array_to_string(v.rounds, ' ')])
            WITH ORDINALITY AS c (x, n)
            WHERE v.area_id = i.area_id AND v.indicator_id = i.id ORDER BY v.place, n),
        ARRAY(SELECT s.description FROM indicator_steps s
            WHERE s.area_id = i.area_id AND s.indicator_id = i.id ORDER BY s.step),
        ARRAY(SELECT x FROM indicator_people p, unnest(ARRAY[p.part, p.name, p.position, p.phone])
            WITH ORDINALITY AS c (x, n)
            WHERE p.area_id = i.area_id AND p.indicator_id = i.id ORDER BY p.part, p.place, n)
    """

extension Query where Answer == Indicator? {
    static func indicator(_ id: IndicatorID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: wholeIndicator)
            FROM indicators i
            WHERE i.area_id = \(area) AND i.id = \(id)
            """
        ) { try Indicator(&$0) }
    }
}

extension Query where Answer == [Indicator] {
    /// All of a year with everything that belongs to them, in the order of the list.
    static func wholeIndicators(of year: FiscalYear, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: wholeIndicator)
            FROM indicators i
            JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
            WHERE i.area_id = \(area) AND i.year = \(year.number)
            ORDER BY f.place, f.id, i.number_order, i.id
            """
        ) { try Indicator(&$0) }
    }
}

extension Query where Answer == IndicatorID? {
    static func id(ofNumber number: String, in framework: FrameworkID, of area: AreaID) -> Query {
        .first(
            "SELECT id FROM indicators WHERE area_id = \(area) AND framework_id = \(framework) AND number = \(number)"
        ) { try $0.next() }
    }
}

extension Indicator {
    init(_ cells: inout Cells) throws {
        id = try cells.next()
        year = FiscalYear(try cells.next())
        framework = try cells.next()
        parent = try cells.nextIfAny()
        number = try cells.next()
        name = try cells.next()
        definition = try cells.next()
        rationale = try cells.next()
        measure = try cells.next()
        weight = try cells.next()
        target = try cells.nextIfAny()
        ratio = try cells.nextIfAny()
        type = try cells.next()
        criteria = []
        for _ in 1...Criteria.levels { criteria.append(try cells.nextIfAny()) }
        below = try cells.next()
        formula = try cells.next()
        baseline = []
        for _ in 1...3 { baseline.append(try cells.nextIfAny()) }
        dataSource = try cells.next()
        state = try cells.next()
        ownerUnit = try cells.nextIfAny()
        owner = try cells.nextIfAny()
        version = try cells.next()
        worths = try cells.nextArray(of: Exact.self)
        for pair in try cells.nextArray() {
            let parts = pair.split(separator: " ").compactMap { Int($0) }
            dimensions[parts[0] - 1] = DimensionValueID(parts[1])
        }
        variables = try cells.nextArray().inRows(of: 5).map {
            Variable(
                name: $0[0], label: $0[1], measure: $0[2], source: Variable.Source(rawValue: $0[3]) ?? .entered,
                rounds: $0[4].split(separator: " ").compactMap { Round(code: String($0)) })
        }
        steps = try cells.nextArray()
        for cells in try cells.nextArray().inRows(of: 4) {
            let contact = Contact(name: cells[1], position: cells[2], phone: cells[3])
            if cells[0] == "supervisor" { supervisors.append(contact) } else { collectors.append(contact) }
        }
    }
}

extension [String] {
    func inRows(of width: Int) -> [[String]] {
        stride(from: 0, to: count - count % width, by: width).map { Array(self[$0..<$0 + width]) }
    }
}

extension ValueType: SQLValue {}
extension Criteria.Below: SQLValue {}

extension Query where Answer == [String] {
    /// The numbers of an indicator's sub-indicators, which its formula may name.
    static func subIndicators(of id: IndicatorID, in area: AreaID) -> Query {
        .all("SELECT number FROM indicators WHERE area_id = \(area) AND parent_id = \(id) ORDER BY number_order") {
            try $0.next()
        }
    }
}
