import HTTP
package import Kernel
package import Postgres
package import Runtime
import Secrets

/// Finds out who asks: by the session's cookie or a program's token.
package struct Gate: Gatekeeper {
    package init() {}

    package func viewer(_ credential: Credential?, in area: AreaID, at now: Instant) -> Query<(Viewer?, AreaLook)> {
        switch credential {
        case .session(let token): .viewer(session: token, in: area, at: now)
        case .apiToken(let token): .viewer(apiToken: token, in: area, at: now)
        case nil: .nobody(in: area)
        }
    }

    package func isPassword(_ typed: String, of member: MemberID, _ context: Context) async throws -> Bool {
        try await context.refuseFlood("password again", upTo: 20)
        let (_, password) = try await context.page(.password(of: member, in: context.area.id))
        return try await (password ?? .ofNobody).matches(typed)
    }

    /// The cookie of an area: a person may be signed in to several at once.
    package static func cookieName(of area: Area) -> String { "__Host-rabrong-\(area.code)" }

    /// A session that is used lives on; noted at most every five minutes, as each note is a write.
    package static func noteUse(of viewer: Viewer, in database: Database, at now: Instant) async throws {
        guard let session = viewer.session, session.seenAt + 300 < now else { return }
        _ = try await database.transaction(in: viewer.area.rawValue) { transaction in
            try await transaction.run(.noteUse(of: session.id, in: viewer.area, at: now))
        }
    }
}

extension Query where Answer == (Viewer?, AreaLook) {
    fileprivate static func nobody(in area: AreaID) -> Query {
        .one(
            """
            SELECT \(part: AreaLook.columns), set_config('app.unit_id', '', true), set_config('app.member_ids', '', true)
            FROM area_settings a
            WHERE a.area_id = \(area)
            """
        ) { (nil, try AreaLook(&$0)) }
    }

    /// One row in any case, for the look; the person's cells are empty when the session is not sound.
    ///
    /// Whoever acts for another has both persons' flags, in the other's unit; whoever sees the site as another has
    /// just the other's.
    fileprivate static func viewer(session token: String, in area: AreaID, at now: Instant) -> Query {
        .one(
            """
            SELECT \(part: AreaLook.columns), s.id, s.seen_at, s.seeing_as IS NOT NULL, m.id, \(part: fullName("m")),
                m.position, m.flags, m.must_change_password,
                \(part: lacksFactor("m.flags || coalesce(v.flags, '{}')")), m.unit_id, u.name, \(part: unread),
                v.id, \(part: fullName("v")), v.position, v.flags, v.unit_id, vu.name, t.last_day,
                \(part: forStatements(
                    member: "CASE WHEN s.seeing_as IS NULL THEN m.id END", other: "v.id",
                    unit: "coalesce(v.unit_id, m.unit_id)",
                    flags: "CASE WHEN s.seeing_as IS NULL THEN m.flags || coalesce(v.flags, '{}') ELSE v.flags END"))
            FROM area_settings a
            LEFT JOIN sessions s
                ON s.area_id = a.area_id AND s.token_hash = \(Bytes(Digest(of: token).bytes)) AND s.expires_at > \(now)
            LEFT JOIN members m ON m.area_id = s.area_id AND m.id = s.member_id AND m.status = 'enabled'
            LEFT JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            LEFT JOIN actings t
                ON t.area_id = s.area_id AND t.id = s.acting_id AND t.member_id = m.id AND t.ended_at IS NULL
                AND \(Day(inBangkok: now))::date BETWEEN t.first_day AND t.last_day
            LEFT JOIN members v
                ON v.area_id = s.area_id AND v.id = coalesce(s.seeing_as, t.principal_id) AND v.status = 'enabled'
            LEFT JOIN units vu ON vu.area_id = v.area_id AND vu.id = v.unit_id
            WHERE a.area_id = \(area)
            """
        ) { cells in
            let look = try AreaLook(&cells)
            guard let session = try cells.nextIfAny(SessionID.self) else { return (nil, look) }
            let seenAt: Instant = try cells.next()
            let isSeeing: Bool = try cells.next()
            guard let member = try cells.nextIfAny(MemberID.self) else { return (nil, look) }
            var viewer = Viewer(
                area: area, member: member, name: try cells.next(), position: try cells.next(), unit: UnitID(0),
                permissions: Permissions(try cells.nextArray()))
            viewer.session = Viewer.Session(id: session, seenAt: seenAt)
            viewer.mustChangePassword = try cells.next()
            viewer.mustSetSecondFactor = try cells.next()
            viewer.unit = try cells.next()
            viewer.unitName = try cells.next()
            viewer.unread = try cells.next()
            try viewer.takePlace(&cells, isSeeing: isSeeing)
            return (viewer, look)
        }
    }

    fileprivate static func viewer(apiToken token: String, in area: AreaID, at now: Instant) -> Query {
        .one(
            """
            SELECT \(part: AreaLook.columns), m.id, \(part: fullName("m")), m.position, m.unit_id, u.name, m.flags, k.flags,
                \(part: lacksFactor("m.flags")),
                \(part: forStatements(
                    member: "m.id", other: "NULL", unit: "m.unit_id",
                    flags: "ARRAY(SELECT unnest(m.flags) INTERSECT SELECT unnest(k.flags))"))
            FROM area_settings a
            LEFT JOIN api_tokens k
                ON k.area_id = a.area_id AND k.token_hash = \(Bytes(Digest(of: token).bytes))
                AND k.revoked_at IS NULL AND k.expires_at > \(now)
            LEFT JOIN members m
                ON m.area_id = k.area_id AND m.id = k.member_id AND m.status = 'enabled'
                AND NOT m.must_change_password
            LEFT JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE a.area_id = \(area)
            """
        ) { cells in
            let look = try AreaLook(&cells)
            guard let member = try cells.nextIfAny(MemberID.self) else { return (nil, look) }
            var viewer = Viewer(
                area: area, member: member, name: try cells.next(), position: try cells.next(),
                unit: try cells.next(), unitName: try cells.next(), permissions: Permissions(try cells.nextArray()))
            viewer.permissions = viewer.permissions.limited(to: Permissions(try cells.nextArray()))
            viewer.mustSetSecondFactor = try cells.next()
            return (viewer, look)
        }
    }
}

private func fullName(_ table: StaticString) -> SQL {
    SQL(stringLiteral: "\(table).title || \(table).first_name || ' ' || \(table).last_name")
}

/// Of the member themselves, also while they act for another.
private let unread: SQL = """
    (SELECT count(*) FROM notices n WHERE n.area_id = m.area_id AND n.member_id = m.id AND n.read_at IS NULL)
    """

/// One of their flags needs a second factor, and they have none yet.
private func lacksFactor(_ flags: StaticString) -> SQL {
    SQL(
        stringLiteral: """
            coalesce((\(flags)) && a.factor_flags AND NOT EXISTS (
                SELECT
                FROM second_factors f
                WHERE f.area_id = m.area_id AND f.member_id = m.id AND f.confirmed_at IS NOT NULL
            ), false)
            """)
}

/// Tells the statements that follow in the same transaction who asks: `SQL.viewerUnit`, `SQL.viewerMembers`,
/// `SQL.viewerHolds`.
private func forStatements(
    member: StaticString, other: StaticString, unit: StaticString, flags: StaticString
) -> SQL {
    SQL(
        stringLiteral: """
            set_config('app.unit_id', coalesce((CASE WHEN m.id IS NOT NULL THEN \(unit) END)::text, ''), true),
            set_config(
                'app.member_ids',
                CASE WHEN m.id IS NULL THEN '' ELSE array_remove(ARRAY[\(member), \(other)], NULL)::text END, true),
            set_config('app.flags', coalesce((CASE WHEN m.id IS NOT NULL THEN \(flags) END)::text, ''), true)
            """)
}

extension Viewer {
    /// Reads the cells of the one who is acted for, or seen as, if there is one.
    fileprivate mutating func takePlace(_ cells: inout Cells, isSeeing: Bool) throws {
        guard let other = try cells.nextIfAny(MemberID.self) else { return }
        let otherName: String = try cells.next()
        let otherPosition: String = try cells.next()
        let flags = try cells.nextArray()
        unit = try cells.next()
        unitName = try cells.next()
        let lastDay = try cells.nextIfAny(Day.self)
        if isSeeing {
            seenBy = name
            unread = 0
            member = other
            name = otherName
            position = otherPosition
            permissions = Permissions(flags)
        } else if let lastDay {
            acting = Acting(member: other, name: otherName, lastDay: lastDay)
            permissions = Permissions(permissions.names + flags.filter { !permissions.names.contains($0) })
        }
    }
}
