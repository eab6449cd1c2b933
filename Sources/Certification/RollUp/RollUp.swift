import Catalogue
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring
import Secrets

/// What the area's schools report for a national indicator in a round, and what it comes to: as it is at the moment.
struct RollUp: Sendable {
    /// The area's own indicator that asks them; nil where none was chosen.
    let source: Source?
    let reports: [SchoolReport]

    struct Source: Sendable {
        let id: IndicatorID
        let title: String
    }

    var counted: [SchoolReport] { reports.filter { $0.standing == .checked } }

    /// By the names of the variables, as a sheet takes them.
    func figures(for variables: [RolledVariable]) -> [String: String] {
        let counted = counted
        return variables.reduce(into: [:]) { figures, variable in
            let numbers = counted.compactMap { $0.number(of: variable.name) }
            figures[variable.name] = variable.total(of: numbers, expected: reports.count)?.sqlText
        }
    }
}

/// A school's report, as far as the area's result counts it.
struct SchoolReport: Sendable {
    enum Standing: String, SQLValue {
        /// It counts once it was checked.
        case unsent, unchecked, checked
    }

    let id: AssignmentID
    let name: String
    let standing: Standing
    /// Of what was checked.
    let entries: [String: String]

    func number(of variable: String) -> Exact? { entries[variable].flatMap { Exact($0) } }
}

extension Query where Answer == RollUp {
    static func rollUp(for result: AreaResultID, in area: AreaID) -> Query {
        Query(
            """
            SELECT i.id, i.number || ' ' || i.name, a.id,
                coalesce(m.title || m.first_name || ' ' || m.last_name || ' · ', '') || u.name,
                CASE a.state WHEN 'checked' THEN 'checked' WHEN 'confirmed' THEN 'unchecked' ELSE 'unsent' END,
                CASE a.state WHEN 'checked' THEN a.entries END
            FROM area_results r
            JOIN indicators i ON i.area_id = r.area_id AND i.feeds = r.indicator_id
            LEFT JOIN assignments a ON a.area_id = i.area_id AND a.indicator_id = i.id AND a.round = r.round
            LEFT JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            LEFT JOIN members m ON m.area_id = a.area_id AND m.id = a.member_id
            WHERE r.area_id = \(area) AND r.id = \(result)
            ORDER BY u.name, a.id
            """
        ) { rows in
            var source: RollUp.Source?
            var reports: [SchoolReport] = []
            for var cells in rows {
                source = RollUp.Source(id: try cells.next(), title: try cells.next())
                guard let id = try cells.nextIfAny(AssignmentID.self) else { continue }
                reports.append(
                    SchoolReport(
                        id: id, name: try cells.next(), standing: try cells.next(),
                        entries: try cells.nextIfAny(JSON.self)?.texts ?? [:]))
            }
            return RollUp(source: source, reports: reports)
        }
    }
}

extension Query where Answer == [RollUp.Source] {
    /// The area's own indicators of the same year whose schools report any of what is wanted.
    static func possibleSources(for result: AreaResultID, in area: AreaID) -> Query {
        .all(
            """
            SELECT i.id, i.number || ' ' || i.name
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id
            JOIN indicators i ON i.area_id = r.area_id AND i.year = r.year AND i.state <> 'hidden'
            WHERE r.area_id = \(area) AND r.id = \(result) AND (i.feeds IS NULL OR i.feeds = n.id) AND EXISTS (
                SELECT
                FROM jsonb_array_elements(n.definition -> 'variables') w
                JOIN variables v ON v.area_id = i.area_id AND v.indicator_id = i.id AND v.name = w ->> 'name'
                WHERE w ->> 'source' IN ('sum', 'mean', 'count', 'share')
            )
            ORDER BY i.number_order, i.id
            """
        ) { RollUp.Source(id: try $0.next(), title: try $0.next()) }
    }
}

extension Query where Answer == NationalFramework? {
    static func nationalFramework(of result: AreaResultID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: NationalFramework.columns)
            FROM area_results r
            JOIN national_frameworks f ON f.id = r.framework_id
            WHERE r.area_id = \(area) AND r.id = \(result)
            """
        ) { try NationalFramework(&$0) }
    }
}

extension Query where Answer == Int {
    /// From none, or another, to this one; nil leaves none.
    static func feed(_ national: IndicatorID, from source: IndicatorID?, in area: AreaID) -> [Query] {
        [
            .deed(
                """
                UPDATE indicators SET feeds = NULL
                WHERE area_id = \(area) AND feeds = \(national)
                """),
            .deed(
                """
                UPDATE indicators SET feeds = \(national)
                WHERE area_id = \(area) AND id = \(source)
                """),
        ]
    }
}
