import Kernel
import Postgres
import Runtime

private let frameworkColumns: SQL = """
    f.id, f.name, f.short_name, f.version,
    (SELECT count(*) FROM indicators i WHERE i.area_id = f.area_id AND i.framework_id = f.id),
    (SELECT coalesce(sum(i.weight), 0) FROM indicators i
        WHERE i.area_id = f.area_id AND i.framework_id = f.id AND i.parent_id IS NULL AND i.state <> 'hidden'),
    f.published_at
    """

extension Query where Answer == [Framework] {
    /// In the order that the area gave them.
    static func frameworks(of year: FiscalYear, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: frameworkColumns)
            FROM frameworks f
            WHERE f.area_id = \(area) AND f.year = \(year.number)
            ORDER BY f.place, f.id
            """
        ) { try Framework(&$0) }
    }
}

extension Query where Answer == Framework? {
    static func framework(_ id: FrameworkID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: frameworkColumns)
            FROM frameworks f
            WHERE f.area_id = \(area) AND f.id = \(id)
            """
        ) { try Framework(&$0) }
    }
}

extension Query where Answer == FiscalYear? {
    static func year(of framework: FrameworkID, in area: AreaID) -> Query {
        .first("SELECT year FROM frameworks WHERE area_id = \(area) AND id = \(framework)") {
            FiscalYear(try $0.next())
        }
    }
}

extension Query where Answer == FrameworkID {
    static func insertFramework(_ name: String, _ shortName: String, in year: FiscalYear, of area: AreaID) -> Query {
        .one(
            """
            INSERT INTO frameworks (area_id, year, name, short_name, place)
            SELECT \(area)::int, \(year.number)::int, \(name)::text, \(shortName)::text, coalesce(max(place), 0) + 1
            FROM frameworks
            WHERE area_id = \(area) AND year = \(year.number)
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Int {
    static func saveFramework(_ id: FrameworkID, _ name: String, _ shortName: String, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE frameworks
            SET name = \(name), short_name = \(shortName), version = version + 1
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func placeFramework(_ id: FrameworkID, at place: Int, in area: AreaID) -> Query {
        .deed("UPDATE frameworks SET place = \(place) WHERE area_id = \(area) AND id = \(id)")
    }

    static func removeFramework(_ id: FrameworkID, in area: AreaID) -> Query {
        .deed("DELETE FROM frameworks WHERE area_id = \(area) AND id = \(id)")
    }
}
