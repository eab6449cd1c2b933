import Kernel
import Postgres

extension Query where Answer == IndicatorPlace {
    /// Parts that are hidden are left out.
    static func place(of id: IndicatorID, in area: AreaID) -> Query {
        Query(
            """
            SELECT 'framework' AS kind, 0::bigint AS id, f.short_name AS number, f.name, '' AS value, '' AS sorted
            FROM indicators i
            JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
            WHERE i.area_id = \(area) AND i.id = \(id)
            UNION ALL
            SELECT 'dimension', d.axis, '', x.name, v.name, d.axis::text
            FROM indicator_dimensions d
            JOIN dimension_values v ON v.area_id = d.area_id AND v.id = d.value_id
            JOIN dimensions x ON x.area_id = v.area_id AND x.year = v.year AND x.axis = v.axis
            WHERE d.area_id = \(area) AND d.indicator_id = \(id)
            UNION ALL
            SELECT 'whole', p.id, p.number, p.name, '', ''
            FROM indicators i
            JOIN indicators p ON p.area_id = i.area_id AND p.id = i.parent_id
            WHERE i.area_id = \(area) AND i.id = \(id)
            UNION ALL
            SELECT 'part', c.id, c.number, c.name, '', c.number_order
            FROM indicators c
            WHERE c.area_id = \(area) AND c.parent_id = \(id) AND c.state <> 'hidden'
            ORDER BY sorted
            """
        ) { rows in
            var place = IndicatorPlace()
            for var cells in rows {
                let (kind, id): (String, Int) = (try cells.next(), try cells.next())
                let (number, name): (String, String) = (try cells.next(), try cells.next())
                let neighbour = IndicatorPlace.Neighbour(id: IndicatorID(id), number: number, name: name)
                switch kind {
                case "framework": place.framework = "\(number) \(name)"
                case "dimension": place.dimensions.append((id, name, try cells.next()))
                case "whole": place.whole = neighbour
                default: place.parts.append(neighbour)
                }
            }
            return place
        }
    }
}
