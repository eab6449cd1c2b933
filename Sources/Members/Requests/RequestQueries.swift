import Evidence
import Kernel
import Postgres
import Runtime

extension SQL {
    fileprivate static let accountRequests: SQL = """
        FROM account_requests j
        LEFT JOIN units u ON u.area_id = j.area_id AND u.id = j.unit_id
        """
}

extension Query where Answer == AccountRequest? {
    static func accountRequest(_ id: AccountRequestID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: AccountRequest.columns)
            \(part: .accountRequests)
            WHERE j.area_id = \(area) AND j.id = \(id)
            """
        ) { try AccountRequest(&$0) }
    }

    /// The same, so that nobody else decides meanwhile.
    static func requestForUpdate(_ id: AccountRequestID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: AccountRequest.columns)
            \(part: .accountRequests)
            WHERE j.area_id = \(area) AND j.id = \(id)
            FOR UPDATE OF j
            """
        ) { try AccountRequest(&$0) }
    }

    /// The one that holds a user name until it is decided.
    static func openJoinRequest(username: String, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: AccountRequest.columns)
            \(part: .accountRequests)
            WHERE j.area_id = \(area) AND j.username = \(username) AND j.state = 'open'
                AND j.kind = 'join'
            """
        ) { try AccountRequest(&$0) }
    }
}

extension Query where Answer == [AccountRequest] {
    /// Those that are open wait longest first; of the decided ones the last come first.
    static func accountRequests(of area: AreaID, _ state: AccountRequest.State, limit: Int = 200) -> Query {
        .all(
            """
            SELECT \(part: AccountRequest.columns)
            \(part: .accountRequests)
            WHERE j.area_id = \(area) AND j.state = \(state)
            ORDER BY \(part: state == .open ? "j.created_at" : "j.decided_at DESC"), j.id
            LIMIT \(limit)
            """
        ) { try AccountRequest(&$0) }
    }
}

extension Query where Answer == [AccountRequest.State: Int] {
    static func requestCounts(of area: AreaID) -> Query {
        Query("SELECT state, count(*) FROM account_requests WHERE area_id = \(area) GROUP BY state") { rows in
            var counts: [AccountRequest.State: Int] = [:]
            for cells in rows {
                var cells = cells
                counts[try cells.next()] = try cells.next(Int.self)
            }
            return counts
        }
    }
}

/// Somebody who seems to be the person that asks: an account, or another request.
struct LikePerson: Sendable {
    var member: MemberID?
    var request: AccountRequestID?
    var name: String
    var unitName: String
    var isSameNumber: Bool
}

extension Query where Answer == [LikePerson] {
    static func people(like id: AccountRequestID, in area: AreaID) -> Query {
        .all(
            """
            SELECT m.id, NULL::bigint, m.title || m.first_name || ' ' || m.last_name, u.name,
                coalesce(m.citizen_hash = j.citizen_hash, false)
            FROM account_requests j
            JOIN members m ON m.area_id = j.area_id
                AND (m.citizen_hash = j.citizen_hash OR m.email = j.email)
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE j.area_id = \(area) AND j.id = \(id) AND j.state = 'open' AND j.kind = 'join'
            UNION ALL
            SELECT NULL, o.id, o.title || o.first_name || ' ' || o.last_name, coalesce(u.name, o.origin),
                coalesce(o.citizen_hash = j.citizen_hash, false)
            FROM account_requests j
            JOIN account_requests o ON o.area_id = j.area_id AND o.id <> j.id AND o.state = 'open' AND o.kind = j.kind
                AND (o.citizen_hash = j.citizen_hash OR o.email = j.email)
            LEFT JOIN units u ON u.area_id = o.area_id AND u.id = o.unit_id
            WHERE j.area_id = \(area) AND j.id = \(id)
            """
        ) {
            LikePerson(
                member: try $0.nextIfAny(), request: try $0.nextIfAny(), name: try $0.next(), unitName: try $0.next(),
                isSameNumber: try $0.next())
        }
    }
}

extension Query where Answer == AccountRequestID {
    /// `password`: the hash of the one chosen by who joins.
    static func insert(
        _ draft: RequestDraft, password: String?, _ citizen: SealedCitizenNumber, in area: AreaID, at now: Instant
    ) -> Query {
        .one(
            """
            INSERT INTO account_requests (
                area_id, kind, title, first_name, last_name, title_en, first_name_en, last_name_en, employment, position,
                phone, mobile, email, unit_id, replaces, replaces_because, reason, channel, channel_address, username,
                password_hash, citizen_sealed, citizen_hash, created_at
            )
            VALUES (
                \(area), \(draft.kind), \(draft.title), \(draft.firstName), \(draft.lastName),
                \(draft.titleInEnglish), \(draft.firstNameInEnglish), \(draft.lastNameInEnglish),
                \(draft.employment), \(draft.position), \(draft.phone), \(draft.mobile), \(draft.email),
                \(draft.unit), \(draft.replaces), \(draft.replacesBecause), \(draft.reason), \(draft.channel),
                \(draft.channelAddress), \(draft.username), \(password), \(citizen.sealed), \(citizen.hash), \(now)
            )
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Bool {
    static func isUsernameTaken(_ username: String, in area: AreaID) -> Query {
        .one("SELECT EXISTS (SELECT FROM members WHERE area_id = \(area) AND username = \(username))") {
            try $0.next()
        }
    }
}

extension Query where Answer == Int {
    static func saveSignedCopy(_ file: FileID, of id: AccountRequestID, in area: AreaID) -> Query {
        .deed("UPDATE account_requests SET signed_file_id = \(file) WHERE area_id = \(area) AND id = \(id)")
    }

    static func saveEndorsement(
        _ endorsement: AccountRequest.Endorsement, by member: MemberID?, of id: AccountRequestID, in area: AreaID
    ) -> Query {
        .deed(
            """
            UPDATE account_requests
            SET endorsed = \(endorsement.isFor), endorsed_at = \(endorsement.at), endorser_id = \(member),
                endorser_name = \(endorsement.name), endorser_position = \(endorsement.position),
                endorser_words = \(endorsement.words)
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    /// Decided, it keeps no secret of the person's.
    static func close(
        _ id: AccountRequestID, as state: AccountRequest.State, _ decision: AccountRequest.Decision,
        member: MemberID? = nil,
        in area: AreaID
    ) -> Query {
        .deed(
            """
            UPDATE account_requests
            SET state = \(state), decided_at = \(decision.at), decided_by = \(decision.by),
                decision_words = \(decision.words), member_id = \(member), password_hash = NULL, citizen_sealed = NULL,
                citizen_hash = NULL
            WHERE area_id = \(area) AND id = \(id)
            """)
    }
}
