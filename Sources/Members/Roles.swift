import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// A bundle of flags with a name, such as ครูผู้รายงาน.
struct Role: Sendable {
    var id: Identifier<Role>
    var name: String
    var flags: [String]
    var version: Int

    static func fields(in area: Area) -> [FormField] {
        [
            FormField("name", Phrase("ชื่อบทบาท", en: "Name of the role"), .text(limit: 80), required: true),
            FormField("flags", Phrase("สิทธิ์ในบทบาท", en: "Flags of the role"), .choices(Permission.choices(for: area))),
        ]
    }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "name": .text(name), "flags": .array(flags.map { .text($0) }),
            "version": JSON(version),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("name", .text), ("flags", .list(.text)), ("version", .number),
    ])
}

extension Query where Answer == [Role] {
    static func roles(of area: AreaID) -> Query {
        .all("SELECT id, name, flags, version FROM roles WHERE area_id = \(area) ORDER BY name, id") {
            Role(id: try $0.next(), name: try $0.next(), flags: try $0.nextArray(), version: try $0.next())
        }
    }
}

extension Query where Answer == Role? {
    static func role(_ id: Identifier<Role>, of area: AreaID) -> Query {
        .first("SELECT id, name, flags, version FROM roles WHERE area_id = \(area) AND id = \(id)") {
            Role(id: try $0.next(), name: try $0.next(), flags: try $0.nextArray(), version: try $0.next())
        }
    }
}

extension Query where Answer == Int {
    static func insertRole(_ name: String, _ flags: [String], in area: AreaID) -> Query {
        .one("INSERT INTO roles (area_id, name, flags) VALUES (\(area), \(name), \(flags)) RETURNING id") {
            try $0.next()
        }
    }

    static func saveRole(_ id: Identifier<Role>, _ name: String, _ flags: [String], in area: AreaID) -> Query {
        .deed(
            """
            UPDATE roles
            SET name = \(name), flags = \(flags), version = version + 1
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func removeRole(_ id: Identifier<Role>, in area: AreaID) -> Query {
        .deed("DELETE FROM roles WHERE area_id = \(area) AND id = \(id)")
    }
}

func listRoles(_ context: Context) async throws -> Outcome {
    let (visit, roles) = try await context.page(.roles(of: context.area.id))
    return .page(RolesPage(visit: visit, roles: roles), visit, json: ["items": .array(roles.map(\.json))])
}

func showNewRole(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(RoleFormPage(visit: visit, role: nil), visit)
}

func createRole(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(Role.fields(in: context.area), context.form.fields)
    try draft.check()
    let id = try await refusingTwin {
        try await context.deed { deed in
            try refuseOperating(draft.values(of: "flags"), deed)
            let id = try await deed.run(.insertRole(draft["name"], draft.values(of: "flags"), in: deed.area))
            try await deed.record(
                .roleAdded, on: "role/\(id)", named: draft["name"],
                after: ["flags": .array(draft.values(of: "flags").map { .text($0) })])
            return id
        }
    }
    return .done(
        "/roles", says: Phrase("เพิ่มบทบาท \(draft["name"]) แล้ว", en: "The role \(draft["name"]) is added"),
        json: ["id": JSON(id)], made: true)
}

func showRole(_ context: Context) async throws -> Outcome {
    let (visit, role) = try await context.page(.role(context.identifier("role"), of: context.area.id))
    guard let role else { throw Refusal.notFound }
    return .page(RoleFormPage(visit: visit, role: role), visit, json: role.json)
}

func saveRole(_ context: Context) async throws -> Outcome {
    let id: Identifier<Role> = try context.identifier("role")
    let draft = FormDraft(Role.fields(in: context.area), context.form.fields)
    try draft.check()
    try await refusingTwin {
        try await context.deed { deed in
            let role = try await deed.find(.role(id, of: deed.area))
            try context.checkVersion(role.version)
            let flags = draft.values(of: "flags")
            try refuseOperating(flags, deed)
            _ = try await deed.run(.saveRole(id, draft["name"], flags, in: deed.area))
            let change = difference(
                from: role.json, to: ["name": .text(draft["name"]), "flags": .array(flags.map { .text($0) })])
            try await deed.record(
                .roleSaved, on: "role/\(id)", named: draft["name"], before: change.before, after: change.after)
        }
    }
    return .done("/roles", says: Phrase("บันทึกบทบาทแล้ว", en: "The role is saved"))
}

/// Those who got the flags through the role keep them: a bundle is a way to hand out, not a tie.
func removeRole(_ context: Context) async throws -> Outcome {
    let id: Identifier<Role> = try context.identifier("role")
    try await context.deed { deed in
        let role = try await deed.find(.role(id, of: deed.area))
        _ = try await deed.run(.removeRole(id, in: deed.area))
        try await deed.record(.roleRemoved, on: "role/\(id)", named: role.name, before: role.json)
    }
    return .done("/roles", says: Phrase("ลบบทบาทแล้ว สิทธิ์ที่ให้ไปแล้วยังอยู่", en: "The role is removed; flags given stay"))
}

func showRoleApplication(_ context: Context) async throws -> Outcome {
    let filter = MemberFilter(context)
    let area = context.area.id
    let (visit, role, members, counts, units) = try await context.page(
        .role(context.identifier("role"), of: area), .members(of: area, matching: filter),
        .memberCounts(of: area, matching: filter), .openUnitChoices(of: area))
    guard let role else { throw Refusal.notFound }
    let page = RoleApplicationPage(
        visit: visit, role: role, filter: filter, members: members, counts: counts, units: units)
    return .page(page, visit)
}

let roleApplicationFields = [
    FormField(
        "members", Phrase("เลขผู้ใช้งาน คั่นด้วยจุลภาค", en: "Numbers of members, with commas between"),
        .longText(limit: 20_000)),
    FormField("replace", Phrase("แทนที่สิทธิ์เดิมทั้งหมด", en: "Replace all flags they have"), .checkbox),
]

/// Gives the role's flags to many at once: those that were ticked.
func applyRole(_ context: Context) async throws -> Outcome {
    let id: Identifier<Role> = try context.identifier("role")
    let draft = FormDraft(roleApplicationFields, context.form.fields)
    let listed = context.form.fields.values(of: "member") + draft["members"].split(separator: ",").map(String.init)
    let ids = listed.compactMap { MemberID(sqlText: $0) }
    guard !ids.isEmpty else {
        throw Refusal.invalid("members", Phrase("เลือกอย่างน้อยหนึ่งคน", en: "Choose at least one person"))
    }
    let count = try await context.deed { deed in
        let role = try await deed.find(.role(id, of: deed.area))
        try refuseOperating(role.flags, deed)
        var count = 0
        for member in try await deed.run(.members(ids, of: deed.area)) {
            let kept = draft.isChecked("replace") ? [] : member.permissions.names
            let flags = Permissions(kept + role.flags.filter { !kept.contains($0) })
            guard flags != member.permissions else { continue }
            if member.permissions.contains(.members), !flags.contains(.members) {
                guard member.id != deed.viewer?.member else {
                    throw Refusal.conflict(
                        Phrase("บทบาทนี้จะเอาสิทธิ์ M ของท่านเองออก", en: "This role would take your own flag M away"))
                }
                try await refuseIfLastManager(member.id, deed)
            }
            _ = try await deed.run(.saveFlags(flags, of: member.id, in: deed.area))
            try await deed.record(
                .roleApplied, on: "member/\(member.id)", named: member.name,
                before: ["flags": .array(member.permissions.names.map { .text($0) })],
                after: ["role": .text(role.name), "flags": .array(flags.names.map { .text($0) })])
            count += 1
        }
        return count
    }
    return .done(
        "/roles", says: Phrase("ให้บทบาทแก่ \(count) คนแล้ว", en: "\(count) people got the role"),
        json: ["changed": JSON(count)])
}

private func refuseOperating(_ flags: [String], _ deed: Deed) throws(Refusal) {
    if flags.contains(Permission.operate.name) { try refuseUnlessOperator(deed) }
}

private func refusingTwin<Result>(_ deed: () async throws -> Result) async throws -> Result {
    do {
        return try await deed()
    } catch let error as DatabaseError where error.constraint == "roles_name_once" {
        throw Refusal.invalid("name", Phrase("มีบทบาทชื่อนี้แล้ว", en: "There is a role of this name"))
    }
}
