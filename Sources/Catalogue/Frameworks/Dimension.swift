import HTML
import Kernel
import Postgres
import Runtime

enum DimensionValueKey {}
typealias DimensionValueID = Identifier<DimensionValueKey>

/// One of up to four ways in which an area parts its indicators, D1 to D4: ยุทธศาสตร์, กลุ่มงาน.
struct Dimension: Sendable {
    struct Value: Sendable {
        var id: DimensionValueID
        var name: String
        var indicatorCount: Int
    }

    static let axes = 1...4
    static let mostValues = 60
    static let longestName = 200

    var axis: Int
    /// Empty while the area doesn't use it.
    var name: String
    /// In the order that the area gave them.
    var values: [Value]

    /// `D2 ยุทธศาสตร์`
    var title: Phrase { Phrase(same: name.isEmpty ? "D\(axis)" : "D\(axis) \(name)") }

    static let fields: [FormField] = [
        FormField(
            "name", Phrase("ชื่อมิติ", en: "Name of the dimension"), .text(limit: 80),
            hint: Phrase("เช่น ยุทธศาสตร์ หรือ กลุ่มงาน", en: "Such as strategy, or group of work")),
        FormField(
            "values", Phrase("ค่าของมิติ บรรทัดละหนึ่งค่า", en: "Its values, one on each line"),
            .longText(limit: mostValues * (longestName + 1)),
            hint: Phrase(
                "เรียงตามที่ต้องการให้แสดง แก้คำในบรรทัดเดิมคือเปลี่ยนชื่อ",
                en: "In the order in which they are shown. To rename one, change its line.")),
    ]

    var json: JSON {
        [
            "axis": JSON(axis), "name": .text(name),
            "values": .array(values.map { ["id": JSON($0.id.rawValue), "name": .text($0.name)] }),
        ]
    }

    static let schema = APISchema.object([
        ("axis", .number), ("name", .text), ("values", .list(.object([("id", .number), ("name", .text)]))),
    ])
}

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
