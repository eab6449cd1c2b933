import Kernel
import Postgres
import Rounds
import Runtime

extension Indicator {
    fileprivate var searchText: String {
        arabicDigits("\(number) \(name) \(definition)".lowercased())
    }
}

extension Query where Answer == IndicatorID {
    static func insert(_ new: Indicator, in area: AreaID, at now: Instant) -> Query {
        .one(
            """
            INSERT INTO indicators (
                area_id, year, framework_id, parent_id, number, number_order, name, definition, rationale, measure,
                weight, target, ratio, value_type, criterion_1, criterion_2, criterion_3, criterion_4, criterion_5,
                below, worths, formula, baseline_1, baseline_2, baseline_3, data_source, state, owner_unit_id,
                owner_id, search_text, created_at
            )
            VALUES (
                \(area), \(new.year.number), \(new.framework), \(new.parent), \(new.number),
                \(numberOrder(new.number)), \(new.name), \(new.definition), \(new.rationale), \(new.measure),
                \(new.weight), \(new.target), \(new.ratio), \(new.type), \(new.criteria[0]), \(new.criteria[1]),
                \(new.criteria[2]), \(new.criteria[3]), \(new.criteria[4]), \(new.below), \(new.worths),
                \(new.formula),
                \(new.baseline[0]), \(new.baseline[1]), \(new.baseline[2]), \(new.dataSource), \(new.state),
                \(new.ownerUnit), \(new.owner), \(new.searchText), \(now)
            )
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Int {
    /// One when the version is still the one that was seen.
    static func save(_ new: Indicator, as id: IndicatorID, version: Int, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE indicators
            SET framework_id = \(new.framework), parent_id = \(new.parent), number = \(new.number),
                number_order = \(numberOrder(new.number)), name = \(new.name), definition = \(new.definition),
                rationale = \(new.rationale), measure = \(new.measure), weight = \(new.weight),
                target = \(new.target), ratio = \(new.ratio), value_type = \(new.type),
                criterion_1 = \(new.criteria[0]), criterion_2 = \(new.criteria[1]), criterion_3 = \(new.criteria[2]),
                criterion_4 = \(new.criteria[3]), criterion_5 = \(new.criteria[4]), below = \(new.below),
                worths = \(new.worths), formula = \(new.formula), baseline_1 = \(new.baseline[0]), baseline_2 = \(new.baseline[1]),
                baseline_3 = \(new.baseline[2]), data_source = \(new.dataSource), state = \(new.state),
                owner_unit_id = \(new.ownerUnit), owner_id = \(new.owner), search_text = \(new.searchText),
                version = version + 1
            WHERE area_id = \(area) AND id = \(id) AND version = \(version)
            """)
    }

    static func removeParts(of id: IndicatorID, in area: AreaID) -> [Query] {
        [
            .deed("DELETE FROM variables WHERE area_id = \(area) AND indicator_id = \(id)"),
            .deed("DELETE FROM indicator_steps WHERE area_id = \(area) AND indicator_id = \(id)"),
            .deed("DELETE FROM indicator_people WHERE area_id = \(area) AND indicator_id = \(id)"),
            .deed("DELETE FROM indicator_dimensions WHERE area_id = \(area) AND indicator_id = \(id)"),
        ]
    }

    /// Variables, steps, people and dimensions, each kind in one statement.
    static func insertParts(of new: Indicator, as id: IndicatorID, in area: AreaID) -> [Query] {
        let contacts = new.supervisors.map { ("supervisor", $0) } + new.collectors.map { ("collector", $0) }
        return [
            .deed(
                """
                INSERT INTO variables (area_id, indicator_id, place, name, label, measure, source, rounds)
                SELECT \(area)::int, \(id)::bigint, place, name, label, measure, source,
                    string_to_array(rounds, ' ')
                FROM unnest(
                    \(new.variables.map(\.name))::text[], \(new.variables.map(\.label))::text[],
                    \(new.variables.map(\.measure))::text[], \(new.variables.map(\.source))::text[],
                    \(new.variables.map { $0.rounds.map(\.code).joined(separator: " ") })::text[]
                ) WITH ORDINALITY AS v (name, label, measure, source, rounds, place)
                ON CONFLICT (area_id, indicator_id, place) DO NOTHING
                """),
            .deed(
                """
                INSERT INTO indicator_steps (area_id, indicator_id, step, description)
                SELECT \(area)::int, \(id)::bigint, step, description
                FROM unnest(\(new.steps)::text[]) WITH ORDINALITY AS s (description, step)
                ON CONFLICT (area_id, indicator_id, step) DO NOTHING
                """),
            .deed(
                """
                INSERT INTO indicator_people (area_id, indicator_id, part, place, name, position, phone)
                SELECT \(area)::int, \(id)::bigint, part, place, name, position, phone
                FROM unnest(
                    \(contacts.map(\.0))::text[], \(contacts.map(\.1.name))::text[],
                    \(contacts.map(\.1.position))::text[], \(contacts.map(\.1.phone))::text[]
                ) WITH ORDINALITY AS p (part, name, position, phone, place)
                ON CONFLICT (area_id, indicator_id, part, place) DO NOTHING
                """),
            .deed(
                """
                INSERT INTO indicator_dimensions (area_id, indicator_id, axis, value_id)
                SELECT area_id, \(id)::bigint, axis, id
                FROM dimension_values
                WHERE area_id = \(area) AND id = ANY (\(new.dimensions.compactMap(\.self))::bigint[])
                ON CONFLICT (area_id, indicator_id, axis) DO NOTHING
                """),
        ]
    }
}
