import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// Which units a list shows.
struct UnitFilter: Sendable {
    var words: String
    var kind: OrgUnit.Kind?
    var district: String
    var showsClosed: Bool
    var sort: Sort
    var part: Paging.Part

    enum Sort: String, CaseIterable {
        case name
        case number
        case district
        case members
    }

    init(_ context: Context) {
        let query = context.request.query
        words = arabicDigits((query["q"] ?? "").lowercased())
        kind = query["kind"].flatMap { OrgUnit.Kind(rawValue: $0) }
        district = query["district"] ?? ""
        showsClosed = query["closed"] == "yes"
        sort = query["sort"].flatMap { Sort(rawValue: $0) } ?? .name
        part = Paging.Part(context)
    }

    fileprivate func condition(in area: AreaID) -> SQL {
        """
        u.area_id = \(area)
            AND (\(words) = '' OR u.search_text LIKE '%' || \(likePattern(words)) || '%')
            AND (\(kind?.rawValue ?? "") = '' OR u.kind = \(kind?.rawValue ?? ""))
            AND (\(district) = '' OR u.district = \(district))
            AND (u.closed_at IS NOT NULL) = \(showsClosed)
        """
    }

    fileprivate var order: SQL {
        switch sort {
        case .name: "u.kind, u.name, u.id"
        case .number: "u.number, u.name, u.id"
        case .district: "u.district, u.name, u.id"
        case .members: "members DESC, u.name, u.id"
        }
    }
}

private let unitColumns: SQL = """
    u.id, u.kind, u.number, u.name, u.name_en, u.district, u.size, u.phone, u.closed_at, u.version,
    (SELECT count(*) FROM members m WHERE m.area_id = u.area_id AND m.unit_id = u.id) AS members
    """

extension Query where Answer == [OrgUnit] {
    static func units(of area: AreaID, matching filter: UnitFilter) -> Query {
        .all(
            """
            SELECT \(part: unitColumns)
            FROM units u
            WHERE \(part: filter.condition(in: area))
            ORDER BY \(part: filter.order)
            LIMIT \(filter.part.limit) OFFSET \(filter.part.offset)
            """
        ) { try OrgUnit(&$0) }
    }
}

extension Query where Answer == Int {
    static func unitCount(of area: AreaID, matching filter: UnitFilter) -> Query {
        .one("SELECT count(*) FROM units u WHERE \(part: filter.condition(in: area))") { try $0.next() }
    }

    static func save(_ draft: UnitDraft, as id: UnitID, version: Int, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE units
            SET kind = \(draft.kind), number = \(draft.number), name = \(draft.name),
                name_en = \(draft.nameInEnglish), district = \(draft.district), size = \(draft.size),
                phone = \(draft.phone), search_text = \(draft.searchText), version = version + 1
            WHERE area_id = \(area) AND id = \(id) AND version = \(version)
            """)
    }

    static func setClosed(_ at: Instant?, _ id: UnitID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE units
            SET closed_at = \(at), version = version + 1
            WHERE area_id = \(area) AND id = \(id)
            """)
    }
}

extension Query where Answer == OrgUnit? {
    static func unit(_ id: UnitID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: unitColumns)
            FROM units u
            WHERE u.area_id = \(area) AND u.id = \(id)
            """
        ) { try OrgUnit(&$0) }
    }
}

extension Query where Answer == UnitID {
    static func insert(_ draft: UnitDraft, in area: AreaID) -> Query {
        .one(
            """
            INSERT INTO units (area_id, kind, number, name, name_en, district, size, phone, search_text)
            VALUES (
                \(area), \(draft.kind), \(draft.number), \(draft.name), \(draft.nameInEnglish), \(draft.district),
                \(draft.size), \(draft.phone), \(draft.searchText)
            )
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == [String] {
    static func districts(of area: AreaID) -> Query {
        .all(
            """
            SELECT DISTINCT district
            FROM units
            WHERE area_id = \(area) AND district <> ''
            ORDER BY district
            """
        ) { try $0.next() }
    }
}

/// An open unit, with which a list that is read in is compared.
struct KnownUnit: Sendable {
    let id: UnitID
    let version: Int
    let draft: UnitDraft
}

extension Query where Answer == [KnownUnit] {
    static func openUnits(of area: AreaID) -> Query {
        .all(
            """
            SELECT id, version, kind, number, name, name_en, district, size, phone
            FROM units
            WHERE area_id = \(area) AND closed_at IS NULL
            """
        ) { KnownUnit(id: try $0.next(), version: try $0.next(), draft: try UnitDraft(&$0)) }
    }
}
