import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// A list of members read from a table: those who are known by their user name are changed, the others invited.
struct MemberImport: Sendable {
    static let limit = 2000

    private(set) var table: TableImport
    /// Of each row; nil where something is wrong with it.
    private(set) var drafts: [MemberDraft?] = []
    /// Who has the user name of each row already.
    private(set) var known: [KnownMember?] = []
    private(set) var roles: [Role?] = []

    /// The columns are the fields of the form, and a role for those who are new.
    static func columns(units: [UnitChoice], roles: [Role]) -> [FormField] {
        let fields = MemberDraft.fields(units: units)
        let order = [
            "username", "title", "first-name", "last-name", "name-en", "unit", "position", "employment", "phone",
            "mobile",
            "email", "citizen",
        ]
        return order.compactMap { name in fields.first { $0.name == name } } + [MemberDraft.role(of: roles)]
    }

    init(_ input: TableInput, units: [UnitChoice], roles: [Role], members: [KnownMember]) {
        let columns = Self.columns(units: units.including(members), roles: roles)
        table = TableImport(input, columns: columns, key: "username", limit: Self.limit)
        let open = Set(units.map(\.id))
        let byName = Dictionary(members.map { ($0.username, $0) }) { first, _ in first }
        var names: Set<String> = []
        var emails: [String: String] = Dictionary(
            members.compactMap { member in member.email.map { ($0, member.username) } }
        ) { first, _ in first }
        for row in table.rows.indices {
            var fields = table.fields(of: row)
            let member = byName[(fields["username"] ?? "").lowercased()]
            if let member { keep(of: member, in: &fields) }
            var draft: MemberDraft?
            do {
                draft = try MemberDraft(checking: columns, fields)
            } catch .invalid(let problems) {
                for problem in problems { table.refuse(problem.field, of: row, problem.reason) }
            } catch {}
            if let draft {
                judge(draft, of: row, member, &names, &emails)
                if member == nil, draft.unit.map(open.contains) != true {
                    table.refuse("unit", of: row, Phrase("หน่วยงานนี้ปิดแล้ว", en: "This unit is closed"))
                }
            }
            table.mark(row, as: member == nil ? Phrase("เชิญใหม่", en: "Invited") : Phrase("แก้ไข", en: "Changed"))
            drafts.append(draft)
            known.append(member)
            self.roles.append(roles.first { "\($0.id)" == fields["role"] })
        }
    }

    /// What the table has no column for stays as it is.
    private func keep(of member: KnownMember, in fields: inout Fields) {
        for (name, value) in member.values where !table.has(name) { fields.set(name, value) }
    }

    private mutating func judge(
        _ draft: MemberDraft, of row: Int, _ member: KnownMember?, _ names: inout Set<String>,
        _ emails: inout [String: String]
    ) {
        if !names.insert(draft.username).inserted {
            table.refuse("username", of: row, Phrase("ชื่อผู้ใช้ซ้ำในตาราง", en: "This user name stands twice"))
        }
        if let email = draft.email {
            if let owner = emails[email], owner != draft.username {
                table.refuse("email", of: row, Phrase("มีผู้ใช้อีเมลนี้แล้ว", en: "This e-mail is taken"))
            }
            emails[email] = draft.username
        }
        if member.map({ $0.unit != draft.unit }) ?? false { table.refuse("unit", of: row, .moveByTransfer) }
    }

    /// Marks what was previewed, so that nothing is stored over what somebody changed meanwhile.
    var seen: String {
        let versions = known.map { member in member.map { "\($0.id):\($0.version)" } ?? "-" }
        return Digest(of: versions.joined(separator: " ")).hexadecimal
    }
}

/// A member as an import compares them.
struct KnownMember: Sendable {
    var id: MemberID
    var username: String
    var email: String?
    var unit: UnitID
    var version: Int
    /// By the names of the form's fields.
    var values: [String: String]
    var json: JSON

    init(_ details: MemberDetails) {
        id = details.member.id
        username = details.username
        email = details.email
        unit = details.member.unit
        version = details.version
        values = details.values
        json = details.json
    }
}

extension [UnitChoice] {
    /// A member of a unit that was closed stays where they are until moved.
    func including(_ members: [KnownMember]) -> [UnitChoice] {
        let open = Set(map(\.id))
        let closed = members.filter { !open.contains($0.unit) }
            .map { UnitChoice(id: $0.unit, name: $0.values["unit-name"] ?? "") }
        return self + Dictionary(closed.map { ($0.id, $0) }) { first, _ in first }.values
    }
}

extension Query where Answer == [KnownMember] {
    static func knownMembers(of area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: MemberDetails.columns)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area)
            ORDER BY m.id
            """
        ) { KnownMember(try MemberDetails(&$0)) }
    }
}
