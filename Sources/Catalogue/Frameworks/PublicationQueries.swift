import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

extension Query where Answer == FrameworkWeights {
    static func weights(of framework: FrameworkID, in area: AreaID) -> Query {
        Query(
            """
            SELECT i.id, i.number, i.name, i.state, i.weight, r.round, r.weight
            FROM indicators i
            LEFT JOIN indicator_rounds r ON r.area_id = i.area_id AND r.indicator_id = i.id
            WHERE i.area_id = \(area) AND i.framework_id = \(framework) AND i.parent_id IS NULL
            ORDER BY i.number_order, i.id
            """
        ) { rows in
            var items: [FrameworkWeights.Item] = []
            for var cells in rows {
                let item = FrameworkWeights.Item(
                    id: try cells.next(), number: try cells.next(), name: try cells.next(), state: try cells.next(),
                    weight: try cells.next())
                if items.last?.id != item.id { items.append(item) }
                guard let round = try cells.nextIfAny(Round.self) else { continue }
                items[items.count - 1].rounds[round] = .some(try cells.nextIfAny(Exact.self))
            }
            return FrameworkWeights(items: items)
        }
    }
}

extension Query where Answer == Int {
    /// With all their parts.
    static func open(_ indicators: [IndicatorID], of framework: FrameworkID, in area: AreaID) -> Query {
        .deed(
            """
            WITH RECURSIVE chosen AS (
                SELECT area_id, id
                FROM indicators
                WHERE area_id = \(area) AND framework_id = \(framework) AND id = ANY (\(indicators)::bigint[])
                UNION
                SELECT p.area_id, p.id
                FROM indicators p
                JOIN chosen c ON c.area_id = p.area_id AND c.id = p.parent_id
            )
            UPDATE indicators
            SET state = 'open', version = version + 1
            FROM chosen
            WHERE indicators.area_id = \(area) AND chosen.area_id = indicators.area_id
                AND chosen.id = indicators.id AND indicators.state = 'hidden'
            """)
    }

    static func markPublished(_ framework: FrameworkID, in area: AreaID, at now: Instant) -> Query {
        .deed("UPDATE frameworks SET published_at = \(now) WHERE area_id = \(area) AND id = \(framework)")
    }
}
