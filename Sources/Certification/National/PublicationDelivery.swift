import Jobs
import Kernel
import Postgres
import Runtime

/// Brings what was published to the areas: central tables first, then each area's own results to fill in.
extension DeliveryKind {
    static let publication = DeliveryKind(
        name: "publication",
        prepare: { delivery, transaction in
            let payload = delivery.payload
            for query in [.keepFramework(payload), .withdraw(payload)] + Query<Int>.keepIndicators(payload) {
                _ = try await transaction.run(query)
            }
        },
        arrive: { delivery, area, transaction, now in
            let framework = delivery.payload["framework"] ?? .null
            _ = try await transaction.run(.awaitResults(ofFramework: framework, in: area))
            _ = try await transaction.run(.markWanted(ofFramework: framework, in: area))
            _ = try await transaction.run(.forgetCuts(ofFramework: framework, in: area, at: now))
            _ = try await transaction.run(
                .lockTotals(in: area), .emptyTotals(ofFramework: framework, in: area),
                .refreshTotals(ofFramework: framework, in: area))
            _ = try await transaction.run(.planClock(ofFramework: framework, in: area, at: now))
            transaction.sendLast(
                .record(
                    JournalEntry(
                        area: area, happenedAt: now, actorArea: delivery.sender, actor: nil,
                        actorName: delivery.payload["publisher"]?.textValue ?? "", address: "",
                        action: Action.nationalPublished.name, subject: "results",
                        subjectName: framework["short-name"]?.textValue ?? "",
                        after: ["indicators": JSON(delivery.payload["indicators"]?.items.count ?? 0)])))
            transaction.sendLast(.enqueue(News.job, [:], in: area.rawValue, at: now))
        })
}

extension Query where Answer == Int {
    fileprivate static func keepFramework(_ payload: JSON) -> Query {
        .deed(
            """
            INSERT INTO national_frameworks (id, year, name, short_name, place)
            SELECT (f ->> 'id')::bigint, (f ->> 'year')::int, f ->> 'name', f ->> 'short-name', (f ->> 'place')::int
            FROM (SELECT \(payload)::jsonb -> 'framework' AS f) x
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, short_name = excluded.short_name, place = excluded.place
            """)
    }

    fileprivate static func withdraw(_ payload: JSON) -> Query {
        .deed(
            """
            UPDATE national_indicators
            SET withdrawn_at = (\(payload)::jsonb ->> 'published-at')::timestamptz
            WHERE id = ANY (
                SELECT x::bigint FROM jsonb_array_elements_text(\(payload)::jsonb -> 'withdrawn') x
            )
            """)
    }

    /// An older version never takes a newer one's place, in whichever order they are brought.
    fileprivate static func keepIndicators(_ payload: JSON) -> [Query] {
        [
            .deed(
                """
                INSERT INTO national_indicators (
                    id, framework_id, year, version, number, number_order, name, parent_id, weight, bureau_id,
                    bureau_name, scope, scope_areas, may_correct, undecided, needs_second, definition, published_at,
                    publisher_name
                )
                SELECT (i ->> 'id')::bigint, (p -> 'framework' ->> 'id')::bigint, (p -> 'framework' ->> 'year')::int,
                    (i ->> 'version')::int, i ->> 'number', i ->> 'order', i ->> 'name', (i ->> 'parent')::bigint,
                    (i ->> 'weight')::numeric, (i ->> 'bureau')::bigint, i ->> 'bureau-name', i -> 'rule' ->> 'scope',
                    ARRAY(SELECT x::int FROM jsonb_array_elements_text(i -> 'rule' -> 'areas') x),
                    (i -> 'rule' ->> 'may-correct')::boolean, i -> 'rule' ->> 'undecided',
                    (i -> 'rule' ->> 'needs-second')::boolean, i -> 'definition',
                    (p ->> 'published-at')::timestamptz, p ->> 'publisher'
                FROM (SELECT \(payload)::jsonb AS p) x, jsonb_array_elements(p -> 'indicators') i
                ON CONFLICT (id) DO UPDATE
                SET framework_id = excluded.framework_id, version = excluded.version, number = excluded.number, number_order = excluded.number_order,
                    name = excluded.name, parent_id = excluded.parent_id, weight = excluded.weight,
                    bureau_id = excluded.bureau_id, bureau_name = excluded.bureau_name, scope = excluded.scope,
                    scope_areas = excluded.scope_areas, may_correct = excluded.may_correct,
                    undecided = excluded.undecided, needs_second = excluded.needs_second,
                    definition = excluded.definition, published_at = excluded.published_at,
                    publisher_name = excluded.publisher_name, withdrawn_at = NULL
                WHERE national_indicators.version < excluded.version
                """),
            .deed(
                """
                INSERT INTO national_versions (indicator_id, version, definition, published_at, publisher_name)
                SELECT (i ->> 'id')::bigint, (i ->> 'version')::int, i -> 'definition',
                    (p ->> 'published-at')::timestamptz, p ->> 'publisher'
                FROM (SELECT \(payload)::jsonb AS p) x, jsonb_array_elements(p -> 'indicators') i
                ON CONFLICT (indicator_id, version) DO NOTHING
                """),
            .deed(
                """
                DELETE FROM national_rounds q
                USING jsonb_array_elements(\(payload)::jsonb -> 'indicators') i
                JOIN national_indicators n ON n.id = (i ->> 'id')::bigint AND n.version = (i ->> 'version')::int
                WHERE q.indicator_id = n.id AND NOT EXISTS (
                    SELECT FROM jsonb_array_elements(i -> 'rounds') r WHERE r ->> 'round' = q.round
                )
                """),
            .deed(
                """
                INSERT INTO national_rounds (indicator_id, round, opens_on, due_at, decide_by, weight)
                SELECT n.id, r ->> 'round', (r ->> 'opens-on')::date, (r ->> 'due-at')::timestamptz,
                    (r ->> 'decide-by')::timestamptz, (r ->> 'weight')::numeric
                FROM jsonb_array_elements(\(payload)::jsonb -> 'indicators') i
                JOIN national_indicators n ON n.id = (i ->> 'id')::bigint AND n.version = (i ->> 'version')::int
                CROSS JOIN jsonb_array_elements(i -> 'rounds') r
                ON CONFLICT (indicator_id, round) DO UPDATE
                SET opens_on = excluded.opens_on, due_at = excluded.due_at, decide_by = excluded.decide_by,
                    weight = excluded.weight
                """),
        ]
    }

    /// A result to be filled in for each indicator and round that the area hasn't got yet. What it hasn't begun and no
    /// longer need report goes.
    fileprivate static func awaitResults(ofFramework framework: JSON, in area: AreaID) -> Query {
        .deed(
            """
            WITH wanted AS (
                SELECT n.id, q.round, n.year, n.framework_id
                FROM national_indicators n
                JOIN national_rounds q ON q.indicator_id = n.id
                JOIN areas a ON a.id = \(area) AND \(part: .appliesToArea)
                WHERE n.framework_id = (\(framework)::jsonb ->> 'id')::bigint AND n.withdrawn_at IS NULL
            ), gone AS (
                DELETE FROM area_results r
                WHERE r.area_id = \(area) AND r.framework_id = (\(framework)::jsonb ->> 'id')::bigint AND r.number = 0
                    AND r.saved_at IS NULL AND NOT EXISTS (
                        SELECT FROM evidence e WHERE e.area_id = r.area_id AND e.result_id = r.id
                    ) AND NOT EXISTS (
                        SELECT FROM result_messages m WHERE m.area_id = r.area_id AND m.result_id = r.id
                    ) AND NOT EXISTS (
                        SELECT FROM wanted w WHERE w.id = r.indicator_id AND w.round = r.round
                    )
            )
            INSERT INTO area_results (area_id, indicator_id, round, year, framework_id)
            SELECT \(area)::int, id, round, year, framework_id
            FROM wanted
            ON CONFLICT (area_id, indicator_id, round) DO NOTHING
            """)
    }

    /// What was begun is kept where it need no longer be reported, and taken up again where it must.
    fileprivate static func markWanted(ofFramework framework: JSON, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE area_results r
            SET is_wanted = NOT r.is_wanted
            WHERE r.area_id = \(area) AND r.framework_id = (\(framework)::jsonb ->> 'id')::bigint AND r.number = 0
                AND r.is_wanted <> EXISTS (
                    SELECT
                    FROM national_indicators n
                    JOIN national_rounds q ON q.indicator_id = n.id
                    JOIN areas a ON a.id = \(area) AND \(part: .appliesToArea)
                    WHERE n.id = r.indicator_id AND q.round = r.round AND n.withdrawn_at IS NULL
                )
            """)
    }

    /// Those of which nothing is left have no row that would be counted anew.
    fileprivate static func emptyTotals(ofFramework framework: JSON, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE area_totals
            SET weight = 0, weighted = 0, unreported = 0, waiting = 0, refused = 0, certified = 0
            WHERE area_id = \(area) AND framework_id = (\(framework)::jsonb ->> 'id')::bigint
            """)
    }

    /// Where the due date lies ahead again, the area may report again.
    fileprivate static func forgetCuts(ofFramework framework: JSON, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE area_results r
            SET cut_at = NULL
            FROM national_rounds q
            WHERE r.area_id = \(area) AND r.framework_id = (\(framework)::jsonb ->> 'id')::bigint
                AND q.indicator_id = r.indicator_id AND q.round = r.round AND r.cut_at IS NOT NULL AND q.due_at > \(now)
            """)
    }

    /// At each of its deadlines, and the bureaus', the clock looks what has become of the results.
    fileprivate static func planClock(ofFramework framework: JSON, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
            SELECT DISTINCT \(area)::int, \(ResultClock.job)::text, '{}'::jsonb, moment + interval '1 second',
                \(now)::timestamptz
            FROM national_indicators n
            JOIN national_rounds q ON q.indicator_id = n.id
            CROSS JOIN LATERAL (VALUES (q.due_at), (q.decide_by)) m (moment)
            WHERE n.framework_id = (\(framework)::jsonb ->> 'id')::bigint AND n.withdrawn_at IS NULL
                AND NOT EXISTS (
                    SELECT
                    FROM jobs j
                    WHERE j.area_id = \(area) AND j.kind = \(ResultClock.job) AND j.run_at = moment + interval '1 second'
                        AND j.leased_until IS NULL AND j.failed_at IS NULL
                )
            RETURNING id
            """)
    }

    fileprivate static func refreshTotals(ofFramework framework: JSON, in area: AreaID) -> Query {
        .refreshTotals(
            where: "r.framework_id = (\(framework)::jsonb ->> 'id')::bigint", in: area)
    }
}

extension SQL {
    /// Whether `national_indicators n` is for `areas a`.
    static let appliesToArea: SQL = """
        CASE n.scope WHEN 'all' THEN a.kind <> 'central' WHEN 'listed' THEN a.id = ANY (n.scope_areas)
            ELSE a.kind = n.scope END
        """
}
