import Kernel
import Postgres
import Runtime

/// The statements that take one year's indicators, and all that belongs to them, into another. A new indicator knows
/// the one that it was copied from; all that follows is found by that.
struct YearCopy: Sendable {
    let source: FiscalYear
    let year: FiscalYear
    let area: AreaID

    /// Frameworks and dimensions.
    var grounds: [Query<Int>] {
        [
            .deed(
                """
                INSERT INTO frameworks (area_id, year, name, short_name, place)
                SELECT area_id, \(year.number)::int, name, short_name, place
                FROM frameworks
                WHERE area_id = \(area) AND year = \(source.number)
                ORDER BY place
                RETURNING id
                """),
            .deed(
                """
                INSERT INTO dimensions (area_id, year, axis, name)
                SELECT area_id, \(year.number)::int, axis, name
                FROM dimensions
                WHERE area_id = \(area) AND year = \(source.number)
                RETURNING axis
                """),
            .deed(
                """
                INSERT INTO dimension_values (area_id, year, axis, name, place)
                SELECT area_id, \(year.number)::int, axis, name, place
                FROM dimension_values
                WHERE area_id = \(area) AND year = \(source.number)
                RETURNING id
                """),
        ]
    }

    /// Hidden at first: the area looks through them, and publishes them when they are right.
    func indicators(at now: Instant) -> Query<Int> {
        .deed(
            """
            INSERT INTO indicators (
                area_id, year, framework_id, number, number_order, name, definition, rationale, measure, weight, target,
                ratio, value_type, criterion_1, criterion_2, criterion_3, criterion_4, criterion_5, below, worths,
                formula, baseline_1, baseline_2, baseline_3, data_source, owner_unit_id, owner_id, copied_from,
                search_text, created_at
            )
            SELECT i.area_id, \(year.number)::int, n.id, i.number, i.number_order, i.name, i.definition, i.rationale,
                i.measure, i.weight, i.target, i.ratio, i.value_type, i.criterion_1, i.criterion_2, i.criterion_3,
                i.criterion_4, i.criterion_5, i.below, i.worths, i.formula, i.baseline_1, i.baseline_2, i.baseline_3,
                i.data_source, i.owner_unit_id, i.owner_id, i.id, i.search_text, \(now)::timestamptz
            FROM indicators i
            JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
            JOIN frameworks n ON n.area_id = f.area_id AND n.year = \(year.number) AND n.short_name = f.short_name
            WHERE i.area_id = \(area) AND i.year = \(source.number)
            RETURNING id
            """)
    }

    /// What each is part of, its variables, steps, people and dimensions.
    var parts: [Query<Int>] {
        [
            .deed(
                """
                UPDATE indicators
                SET parent_id = p.id
                FROM indicators o, indicators p
                WHERE indicators.area_id = \(area) AND indicators.year = \(year.number)
                    AND o.area_id = \(area) AND o.id = indicators.copied_from
                    AND p.area_id = \(area) AND p.year = \(year.number) AND p.copied_from = o.parent_id
                """),
            .deed(
                """
                INSERT INTO variables (area_id, indicator_id, place, name, label, measure, source, rounds)
                SELECT v.area_id, i.id, v.place, v.name, v.label, v.measure, v.source, v.rounds
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
            .deed(
                """
                INSERT INTO indicator_receivers (area_id, indicator_id, member_id)
                SELECT r.area_id, i.id, r.member_id
                FROM indicators i
                JOIN indicator_receivers r ON r.area_id = i.area_id AND r.indicator_id = i.copied_from
                JOIN members m ON m.area_id = r.area_id AND m.id = r.member_id AND m.status = 'enabled'
                WHERE i.area_id = \(area) AND i.year = \(year.number)
                RETURNING member_id
                """),
            .deed(
                """
                INSERT INTO indicator_dimensions (area_id, indicator_id, axis, value_id)
                SELECT d.area_id, i.id, d.axis, n.id
                FROM indicators i
                JOIN indicator_dimensions d ON d.area_id = i.area_id AND d.indicator_id = i.copied_from
                JOIN dimension_values v ON v.area_id = d.area_id AND v.id = d.value_id
                JOIN dimension_values n ON n.area_id = v.area_id AND n.year = \(year.number) AND n.axis = v.axis
                    AND n.name = v.name
                WHERE i.area_id = \(area) AND i.year = \(year.number)
                RETURNING axis
                """),
        ]
    }

    /// With dates as many years on, by Bangkok's clock, and the weights of their own.
    var rounds: Query<Int> {
        .deed(
            """
            INSERT INTO indicator_rounds (area_id, indicator_id, round, opens_on, due_at, weight)
            SELECT r.area_id, i.id, r.round, (r.opens_on + make_interval(years => \(years)::int))::date,
                (r.due_at AT TIME ZONE 'Asia/Bangkok' + make_interval(years => \(years)::int))
                    AT TIME ZONE 'Asia/Bangkok',
                r.weight
            FROM indicators i
            JOIN indicator_rounds r ON r.area_id = i.area_id AND r.indicator_id = i.copied_from
            WHERE i.area_id = \(area) AND i.year = \(year.number)
            RETURNING round
            """)
    }

    private var years: Int { year.number - source.number }

    /// Of units and officers that are still there.
    func assignments(at now: Instant) -> Query<Int> {
        .deed(
            """
            INSERT INTO assignments (area_id, indicator_id, round, unit_id, member_id, created_at)
            SELECT a.area_id, i.id, a.round, a.unit_id, a.member_id, \(now)::timestamptz
            FROM indicators i
            JOIN assignments a ON a.area_id = i.area_id AND a.indicator_id = i.copied_from
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            LEFT JOIN members m ON m.area_id = a.area_id AND m.id = a.member_id
            WHERE i.area_id = \(area) AND i.year = \(year.number) AND \(part: isStillThere)
            RETURNING id
            """)
    }

    var assignmentCounts: Query<Int> {
        .deed(
            """
            UPDATE indicator_rounds
            SET assigned = n.assigned
            FROM (
                SELECT a.area_id, a.indicator_id, a.round, count(*) AS assigned
                FROM assignments a
                JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
                WHERE a.area_id = \(area) AND i.year = \(year.number)
                GROUP BY a.area_id, a.indicator_id, a.round
            ) n
            WHERE indicator_rounds.area_id = \(area) AND n.area_id = indicator_rounds.area_id
                AND n.indicator_id = indicator_rounds.indicator_id AND n.round = indicator_rounds.round
            """)
    }

    /// The same files under the new indicators.
    var documents: Query<Int> {
        .deed(
            """
            INSERT INTO indicator_documents (area_id, indicator_id, place, title, file_id)
            SELECT d.area_id, i.id, d.place, d.title, d.file_id
            FROM indicators i
            JOIN indicator_documents d ON d.area_id = i.area_id AND d.indicator_id = i.copied_from
            WHERE i.area_id = \(area) AND i.year = \(year.number)
            RETURNING place
            """)
    }
}

/// Whether an assignment can be taken into another year: of `units u` and, for officers, `members m`.
private let isStillThere: SQL = "u.closed_at IS NULL AND (a.member_id IS NULL OR m.status = 'enabled')"

/// What a framework of a year would bring into another.
struct FrameworkContents: Sendable {
    var shortName: String
    var name: String
    var indicators: Int
    var rounds: Int
    var assignments: Int
    /// Assignments of units that are closed, or officers who are disabled.
    var leftOut: Int
    var documents: Int
}

extension Query where Answer == [FrameworkContents] {
    /// Of a year, or of the latest when none is named.
    static func contents(ofYear year: Int?, in area: AreaID) -> Query {
        .all(
            """
            SELECT f.short_name, f.name,
                (SELECT count(*) FROM indicators i WHERE i.area_id = f.area_id AND i.framework_id = f.id),
                (SELECT count(*) FROM indicators i
                    JOIN indicator_rounds r ON r.area_id = i.area_id AND r.indicator_id = i.id
                    WHERE i.area_id = f.area_id AND i.framework_id = f.id),
                n.kept, n.total - n.kept,
                (SELECT count(*) FROM indicators i
                    JOIN indicator_documents d ON d.area_id = i.area_id AND d.indicator_id = i.id
                    WHERE i.area_id = f.area_id AND i.framework_id = f.id)
            FROM frameworks f
            CROSS JOIN LATERAL (
                SELECT count(*) AS total, count(*) FILTER (WHERE \(part: isStillThere)) AS kept
                FROM indicators i
                JOIN assignments a ON a.area_id = i.area_id AND a.indicator_id = i.id
                JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
                LEFT JOIN members m ON m.area_id = a.area_id AND m.id = a.member_id
                WHERE i.area_id = f.area_id AND i.framework_id = f.id
            ) n
            WHERE f.area_id = \(area)
                AND f.year = coalesce(\(year), (SELECT max(y.year) FROM fiscal_years y WHERE y.area_id = \(area)))
            ORDER BY f.place, f.id
            """
        ) {
            FrameworkContents(
                shortName: try $0.next(), name: try $0.next(), indicators: try $0.next(), rounds: try $0.next(),
                assignments: try $0.next(), leftOut: try $0.next(), documents: try $0.next())
        }
    }
}
