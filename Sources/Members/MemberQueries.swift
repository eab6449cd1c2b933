import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// Which members the table shows, and in which order.
struct MemberFilter: Sendable {
    enum Sort: String {
        case name
        case unit
        case status
    }

    var words: String
    /// A unit's number, or a kind of units.
    var unit: UnitID?
    var unitKind: String
    var flag: String
    var status: String
    var sort: Sort
    var part: Paging.Part

    init(_ context: Context) {
        let query = context.request.query
        words = arabicDigits((query["q"] ?? "").lowercased())
        let place = query["unit"] ?? ""
        unit = UnitID(sqlText: place)
        unitKind = ["school", "group", "bureau"].contains(place) ? place : ""
        flag = query["flag"] ?? ""
        status = query["status"].flatMap { Member.Status(rawValue: $0) }?.rawValue ?? ""
        sort = query["sort"].flatMap { Sort(rawValue: $0) } ?? .name
        part = Paging.Part(context)
    }

    /// Only what is asked for is in the statement, so that each combination is planned for what it is.
    var condition: SQL {
        var condition: SQL = "true"
        if !words.isEmpty {
            let pattern = "%\(likePattern(words))%"
            condition = condition + " AND (m.search_text LIKE \(pattern) OR u.search_text LIKE \(pattern))"
        }
        if let unit { condition = condition + " AND m.unit_id = \(unit)" }
        if !unitKind.isEmpty { condition = condition + " AND u.kind = \(unitKind)" }
        if !flag.isEmpty { condition = condition + " AND \(flag) = ANY (m.flags)" }
        if !status.isEmpty { condition = condition + " AND m.status = \(status)" }
        return condition
    }

    fileprivate var order: SQL {
        switch sort {
        case .name: "m.first_name, m.last_name, m.id"
        case .unit: "u.name, m.first_name, m.last_name, m.id"
        case .status: "m.status DESC, m.first_name, m.last_name, m.id"
        }
    }
}

extension Query where Answer == [Member] {
    static func members(of area: AreaID, matching filter: MemberFilter) -> Query {
        .all(
            """
            SELECT \(part: Member.columns)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND \(part: filter.condition)
            ORDER BY \(part: filter.order)
            LIMIT \(filter.part.limit) OFFSET \(filter.part.offset)
            """
        ) { try Member(&$0) }
    }

    static func members(_ ids: [MemberID], of area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: Member.columns)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND m.id = ANY (\(ids)::bigint[])
            ORDER BY m.id
            FOR UPDATE OF m
            """
        ) { try Member(&$0) }
    }

    static func holders(of permission: String, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: Member.columns)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND \(permission) = ANY (m.flags)
            ORDER BY m.first_name, m.last_name, m.id
            LIMIT 500
            """
        ) { try Member(&$0) }
    }
}

extension Query where Answer == Member? {
    static func member(_ id: MemberID, of area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: Member.columns)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND m.id = \(id)
            FOR UPDATE OF m
            """
        ) { try Member(&$0) }
    }
}

extension Query where Answer == MemberDetails? {
    static func details(of id: MemberID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: MemberDetails.columns)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND m.id = \(id)
            """
        ) { try MemberDetails(&$0) }
    }
}

/// How many members there are in each state, and how many of them the filter shows.
struct MemberCounts: Sendable {
    var all: Int
    var enabled: Int
    var pending: Int
    var disabled: Int
    var matching: Int
}

extension Query where Answer == MemberCounts {
    static func memberCounts(of area: AreaID, matching filter: MemberFilter) -> Query {
        .one(
            """
            SELECT count(*), count(*) FILTER (WHERE m.status = 'enabled'),
                count(*) FILTER (WHERE m.status = 'pending'), count(*) FILTER (WHERE m.status = 'disabled'),
                count(*) FILTER (WHERE \(part: filter.condition))
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area)
            """
        ) {
            MemberCounts(
                all: try $0.next(), enabled: try $0.next(), pending: try $0.next(), disabled: try $0.next(),
                matching: try $0.next())
        }
    }
}

extension Query where Answer == [UnitChoice] {
    static func openUnitChoices(of area: AreaID) -> Query {
        .all(
            """
            SELECT id, name
            FROM units
            WHERE area_id = \(area) AND closed_at IS NULL
            ORDER BY kind, name
            """
        ) { UnitChoice(id: try $0.next(), name: try $0.next()) }
    }
}

extension Query where Answer == MemberID {
    static func insert(
        _ draft: MemberDraft, status: Member.Status = .enabled, password: String?, mustChange: Bool = true,
        _ citizen: SealedCitizenNumber?, in area: AreaID, at now: Instant
    ) -> Query {
        .one(
            """
            INSERT INTO members (
                area_id, username, email, title, first_name, last_name, name_en, position, phone, mobile, employment,
                citizen_sealed, citizen_hash, unit_id, status, password_hash, must_change_password, search_text,
                created_at
            )
            VALUES (
                \(area), \(draft.username), \(draft.email), \(draft.title), \(draft.firstName), \(draft.lastName),
                \(draft.nameInEnglish), \(draft.position), \(draft.phone), \(draft.mobile),
                \(draft.employment), \(citizen?.sealed), \(citizen?.hash), \(draft.unit), \(status), \(password),
                \(mustChange), \(draft.searchText), \(now)
            )
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Int {
    static func save(
        _ draft: MemberDraft, _ citizen: SealedCitizenNumber?, as id: MemberID, in area: AreaID
    ) -> Query {
        .deed(
            """
            UPDATE members
            SET username = \(draft.username), email = \(draft.email), title = \(draft.title),
                first_name = \(draft.firstName), last_name = \(draft.lastName), name_en = \(draft.nameInEnglish),
                position = \(draft.position), phone = \(draft.phone), mobile = \(draft.mobile),
                employment = \(draft.employment),
                citizen_sealed = coalesce(\(citizen?.sealed)::bytea, citizen_sealed),
                citizen_hash = coalesce(\(citizen?.hash)::bytea, citizen_hash),
                search_text = \(draft.searchText), version = version + 1
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func saveFlags(_ permissions: Permissions, of id: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE members
            SET flags = \(permissions.names), version = version + 1
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func saveStatus(_ status: Member.Status, of id: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE members
            SET status = \(status), version = version + 1
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func savePassword(_ hash: String, mustChange: Bool, of id: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE members
            SET password_hash = \(hash), must_change_password = \(mustChange), version = version + 1
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    /// Who could still manage the members, were it not for this one.
    static func otherManagers(than id: MemberID, in area: AreaID) -> Query {
        .one(
            """
            SELECT count(*)
            FROM members
            WHERE area_id = \(area) AND id <> \(id) AND status = 'enabled'
                AND \(Permission.members.name) = ANY (flags)
            """
        ) { try $0.next() }
    }
}
