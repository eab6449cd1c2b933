import Kernel
import Postgres
import Runtime

extension Query where Answer == [Dimension] {
    /// Always four, used or not.
    static func dimensions(of year: FiscalYear, in area: AreaID) -> Query {
        Query(
            """
            SELECT d.axis, d.name, v.id, v.name, (
                SELECT count(*)
                FROM indicator_dimensions i
                WHERE i.area_id = v.area_id AND i.value_id = v.id
            )
            FROM dimensions d
            LEFT JOIN dimension_values v ON v.area_id = d.area_id AND v.year = d.year AND v.axis = d.axis
            WHERE d.area_id = \(area) AND d.year = \(year.number)
            ORDER BY d.axis, v.place
            """
        ) { rows in
            var dimensions = Dimension.axes.map { Dimension(axis: $0, name: "", values: []) }
            for var cells in rows {
                let axis: Int = try cells.next()
                dimensions[axis - 1].name = try cells.next()
                guard let id = try cells.nextIfAny(DimensionValueID.self) else { continue }
                dimensions[axis - 1].values.append(
                    Dimension.Value(id: id, name: try cells.next(), indicatorCount: try cells.next()))
            }
            return dimensions
        }
    }
}

extension Query where Answer == Int? {
    /// Of which dimension a value is.
    static func axis(of value: DimensionValueID, in year: FiscalYear, of area: AreaID) -> Query {
        .first("SELECT axis FROM dimension_values WHERE area_id = \(area) AND id = \(value) AND year = \(year.number)")
        {
            try $0.next()
        }
    }
}

extension Query where Answer == Int {
    static func nameDimension(_ axis: Int, _ name: String, in year: FiscalYear, of area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO dimensions (area_id, year, axis, name)
            VALUES (\(area), \(year.number), \(axis), \(name))
            ON CONFLICT (area_id, year, axis) DO UPDATE
            SET name = excluded.name
            """)
    }

    static func removeDimension(_ axis: Int, in year: FiscalYear, of area: AreaID) -> Query {
        .deed("DELETE FROM dimensions WHERE area_id = \(area) AND year = \(year.number) AND axis = \(axis)")
    }

    static func removeDimensionValues(_ ids: [DimensionValueID], in area: AreaID) -> Query {
        .deed("DELETE FROM dimension_values WHERE area_id = \(area) AND id = ANY (\(ids)::bigint[])")
    }

    static func addDimensionValue(
        _ name: String, at place: Int, of axis: Int, in year: FiscalYear, of area: AreaID
    ) -> Query {
        .deed(
            """
            INSERT INTO dimension_values (area_id, year, axis, name, place)
            VALUES (\(area), \(year.number), \(axis), \(name), \(place))
            """)
    }

    static func saveDimensionValue(_ id: DimensionValueID, _ name: String, at place: Int, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE dimension_values
            SET name = \(name), place = \(place)
            WHERE area_id = \(area) AND id = \(id)
            """)
    }
}
