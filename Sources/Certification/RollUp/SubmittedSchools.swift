import Catalogue
import Kernel
import Postgres
import Runtime

/// What a school had reported when the area sent its result, and what it had when that was decided before.
struct SubmittedSchool: Sendable {
    let name: String
    let entries: [String: String]
    let before: [String: String]?
}

extension Query where Answer == Int {
    static func insert(
        _ schools: [SchoolReport], as number: Int, of result: AreaResultID, in area: AreaID
    ) -> Query {
        let entries = schools.map { school in
            JSON.object(school.entries.map { .init(name: $0.key, value: .text($0.value)) }).text
        }
        return .deed(
            """
            INSERT INTO submission_schools (area_id, result_id, number, assignment_id, name, entries)
            SELECT \(area)::int, \(result)::bigint, \(number)::int, id, name, entries::jsonb
            FROM unnest(\(schools.map(\.id))::bigint[], \(schools.map(\.name))::text[], \(entries)::text[])
                AS s (id, name, entries)
            ON CONFLICT (area_id, result_id, number, assignment_id) DO NOTHING
            """)
    }
}

extension Query where Answer == [SubmittedSchool] {
    /// Of the last sending, beside the one that was decided on.
    static func submittedSchools(_ key: DeskKey) -> Query {
        .all(
            """
            SELECT s.name, s.entries, b.entries
            FROM area_results r
            JOIN submission_schools s ON s.area_id = r.area_id AND s.result_id = r.id AND s.number = r.number
            LEFT JOIN submission_schools b ON b.area_id = s.area_id AND b.result_id = s.result_id
                AND b.number = r.decided_number AND b.number <> s.number AND b.assignment_id = s.assignment_id
            WHERE r.area_id = \(key.area) AND r.id = \(key.result)
            ORDER BY s.name, s.assignment_id
            """
        ) {
            SubmittedSchool(
                name: try $0.next(), entries: try $0.next(JSON.self).texts, before: try $0.nextIfAny(JSON.self)?.texts)
        }
    }
}
