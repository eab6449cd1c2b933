import HTTP
import Kernel
import Postgres
import Runtime

/// A link that works once, for some time: about a request, or about a member.
struct SecretLink: Sendable {
    var id: Identifier<SecretLink>
    var request: AccountRequestID?
    var member: MemberID?
    private var expiresAt: Instant
    private var usedAt: Instant?

    fileprivate init(_ cells: inout Cells) throws {
        id = try cells.next()
        request = try cells.nextIfAny()
        member = try cells.nextIfAny()
        expiresAt = try cells.next()
        usedAt = try cells.nextIfAny()
    }

    /// Of cells that are empty where there is none.
    init?(ifAny cells: inout Cells) throws {
        let id = try cells.nextIfAny(Identifier<SecretLink>.self)
        request = try cells.nextIfAny()
        member = try cells.nextIfAny()
        let expiresAt = try cells.nextIfAny(Instant.self)
        usedAt = try cells.nextIfAny()
        guard let id, let expiresAt else { return nil }
        self.id = id
        self.expiresAt = expiresAt
    }

    func isOver(at now: Instant) -> Bool { usedAt != nil || expiresAt <= now }
}

extension SecretAddress.Purpose {
    static let days = 14
    static let minutes = 60

    /// A mailbox is read by whoever has the telephone: a password's link lives an hour.
    fileprivate var seconds: Int { self == .password ? Self.minutes * 60 : Self.days * 86_400 }
}

extension Query where Answer == SecretLink? {
    /// `locked`: so that nobody else uses it meanwhile.
    static func link(
        _ id: Identifier<SecretLink>, for purpose: SecretAddress.Purpose, in area: AreaID, locked: Bool = false
    ) -> Query {
        .first(
            """
            SELECT id, request_id, member_id, expires_at, used_at
            FROM secret_links
            WHERE area_id = \(area) AND id = \(id) AND purpose = \(purpose.rawValue)
            \(part: locked ? "FOR UPDATE" : "")
            """
        ) { try SecretLink(&$0) }
    }
}

extension Query where Answer == Identifier<SecretLink> {
    static func insertLink(
        for purpose: SecretAddress.Purpose, request: AccountRequestID? = nil, member: MemberID? = nil, in area: AreaID,
        at now: Instant
    ) -> Query {
        .one(
            """
            INSERT INTO secret_links (area_id, purpose, request_id, member_id, made_at, expires_at)
            VALUES (\(area), \(purpose.rawValue), \(request), \(member), \(now), \(now + purpose.seconds))
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Int {
    static func useLink(_ id: Identifier<SecretLink>, in area: AreaID, at now: Instant) -> Query {
        .deed("UPDATE secret_links SET used_at = \(now) WHERE area_id = \(area) AND id = \(id)")
    }

    /// All that a member was sent: the one that is used, and those that would still work.
    static func useLinks(
        of member: MemberID, for purpose: SecretAddress.Purpose, in area: AreaID, at now: Instant
    ) -> Query {
        .deed(
            """
            UPDATE secret_links
            SET used_at = \(now)
            WHERE area_id = \(area) AND member_id = \(member) AND purpose = \(purpose.rawValue) AND used_at IS NULL
            """)
    }

    static func forgetLinks(in area: AreaID, before time: Instant) -> Query {
        .deed("DELETE FROM secret_links WHERE area_id = \(area) AND expires_at < \(time)")
    }
}

extension Context {
    /// The row of the link that was asked for.
    func link<Owner>(_ purpose: SecretAddress.Purpose, at name: String = "link") throws(Refusal) -> Identifier<Owner> {
        guard
            let id: Identifier<Owner> = SecretAddress.id(
                purpose, of: request.parameters[name], in: area.id, platform.key)
        else { throw .notFound }
        return id
    }
}
