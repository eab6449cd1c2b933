package import Postgres
package import Runtime

/// The person acting, with what they may do at this moment.
package struct Viewer: Sendable {
    package var area: AreaID
    package var member: MemberID
    package var name: String
    package var position: String
    package var unit: UnitID
    package var unitName: String
    package var permissions: Permissions
    package var session: Session?
    package var mustChangePassword = false
    /// Their flags need a second factor, and they have none.
    package var mustSetSecondFactor = false
    /// Nothing is open to them before that is done.
    package var isHeldUp: Bool { mustChangePassword || mustSetSecondFactor }
    /// Notices that they have not read.
    package var unread = 0
    /// For whom they act, until when.
    package var acting: Acting?
    /// An administrator looks at the site as this member sees it, and may change nothing.
    package var seenBy: String?

    package init(
        area: AreaID, member: MemberID, name: String, position: String = "", unit: UnitID, unitName: String = "",
        permissions: Permissions
    ) {
        self.area = area
        self.member = member
        self.name = name
        self.position = position
        self.unit = unit
        self.unitName = unitName
        self.permissions = permissions
    }

    /// They themselves, or whom they act for.
    package func isOneOf(_ member: MemberID?) -> Bool {
        guard let member else { return false }
        return member == self.member || member == acting?.member
    }

    package struct Session: Sendable {
        package var id: SessionID
        package var seenAt: Instant

        package init(id: SessionID, seenAt: Instant) {
            self.id = id
            self.seenAt = seenAt
        }
    }

    package struct Acting: Sendable {
        package var member: MemberID
        package var name: String
        package var lastDay: Day

        package init(member: MemberID, name: String, lastDay: Day) {
            self.member = member
            self.name = name
            self.lastDay = lastDay
        }
    }
}

/// Who asks, as the statements of a page or a deed know it, so that a page needs no second trip for it.
extension SQL {
    /// The unit in whose name they act; null for nobody.
    package static let viewerUnit: SQL = "nullif(current_setting('app.unit_id', true), '')::bigint"
    /// They, and whom they act for.
    package static let viewerMembers: SQL = "nullif(current_setting('app.member_ids', true), '')::bigint[]"
    /// Whether they hold a flag: what only its holders see needn't be looked for.
    package static func viewerHolds(_ permission: Permission) -> SQL {
        "\([permission.name] + [permission.centralName].compactMap(\.self))::text[] && nullif(current_setting('app.flags', true), '')::text[]"
    }
}
