package import HTTP
package import Kernel
package import Postgres
package import Runtime
package import Secrets

/// What other rooms need of the members.
package enum Members {
    /// Makes the first member of an area, who lets all others in, and returns their temporary password.
    package static func createFirst(
        _ username: String, named name: (first: String, last: String), holding permissions: [Permission],
        unit: (kind: String, name: String), in area: AreaID, _ database: Database, at now: Instant
    ) async throws -> String {
        let password = temporaryPassword()
        let hash = try await PasswordHash.make(of: password)
        try await database.transaction(in: area.rawValue) { transaction in
            let unitID = try await transaction.run(.openUnit(unit.kind, named: unit.name, in: area))
            let draft = MemberDraft(username: username, firstName: name.first, lastName: name.last, unit: unitID)
            let id = try await transaction.run(.insert(draft, password: hash.text, nil, in: area, at: now))
            _ = try await transaction.run(.saveFlags(Permissions(permissions.map(\.name)), of: id, in: area))
            let entry = JournalEntry(
                area: area, happenedAt: now, actorArea: Area.central, actor: nil, actorName: "rabrong",
                address: "local",
                action: Action.memberAdded.name, subject: "member/\(id)", subjectName: draft.name, after: draft.json)
            _ = try await transaction.run(.record(entry))
        }
        return password
    }

    /// Somebody asks to join, as from the form.
    package static func ask(
        _ form: Fields, in area: AreaID, unit: UnitID, _ database: Database, _ key: SecretKey, at now: Instant
    ) async throws {
        let draft = try RequestDraft(joining: form, units: [UnitChoice(id: unit, name: "")])
        let hash = try await PasswordHash.make(of: draft.password)
        let citizen = try draft.citizen.sealed(by: key, in: area)
        try await database.transaction(in: area.rawValue) { transaction in
            let id = try await transaction.run(.insert(draft, password: hash.text, citizen, in: area, at: now))
            let entry = JournalEntry(
                area: area, happenedAt: now, actorArea: area, actor: nil, actorName: draft.name, address: "local",
                action: Action.joinRequested.name, subject: "request/\(id)", subjectName: draft.name)
            _ = try await transaction.run(.record(entry))
        }
    }

    /// By which words a member is found.
    static func searchText(of words: [String]) -> String {
        arabicDigits(words.joined(separator: " ").lowercased())
    }

    /// The flags of the permission table, in its order.
    package static var permissions: [Permission] { Permission.table }
}

extension MemberDraft {
    fileprivate init(username: String, firstName: String, lastName: String, unit: UnitID) {
        self.username = username
        self.firstName = firstName
        self.lastName = lastName
        self.unit = unit
        email = nil
        title = ""
        nameInEnglish = ""
        position = ""
        phone = ""
        mobile = ""
        employment = .unknown
    }
}

extension Query where Answer == UnitID {
    /// The open unit of this name, made when there is none.
    fileprivate static func openUnit(_ kind: String, named name: String, in area: AreaID) -> Query {
        .one(
            """
            WITH made AS (
                INSERT INTO units (area_id, kind, name, search_text)
                VALUES (\(area), \(kind), \(name), lower(\(name)))
                ON CONFLICT (area_id, kind, name) WHERE closed_at IS NULL DO NOTHING
                RETURNING id
            )
            SELECT id
            FROM made
            UNION ALL
            SELECT id
            FROM units
            WHERE area_id = \(area) AND kind = \(kind) AND name = \(name) AND closed_at IS NULL
            """
        ) { try $0.next() }
    }
}
