import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

private let subject = ImportPage.Subject(
    title: Phrase("นำเข้าผู้ใช้งานจากตาราง", en: "Import members from a table"), path: "/members/import",
    back: "/members", current: "/members/import/members.xlsx",
    guide: Phrase(
        "ชื่อผู้ใช้ที่มีอยู่แล้วคือการแก้ไข ที่ยังไม่มีจะได้รับคำเชิญ บทบาทให้สิทธิ์แก่คนใหม่เท่านั้น",
        en:
            "Somebody whose user name is known is changed; a new one is invited. The role gives flags to new people only"
    )
) { Phrase("\($0) คน", en: "\($0) people") }

func showMemberImport(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(ImportPage(visit: visit, subject: subject), visit)
}

/// Shows what would be stored, and what is wrong in which cell. Stores nothing.
func previewMembers(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let area = context.area.id
    let (visit, units, roles, members) = try await context.page(
        .openUnitChoices(of: area), .roles(of: area), .knownMembers(of: area))
    let list = MemberImport(input, units: units, roles: roles, members: members)
    return .page(
        ImportPage(visit: visit, subject: subject, text: input.text, table: list.table, seen: list.seen), visit)
}

/// Stores all rows, or none when a single cell is wrong.
func importMembers(_ context: Context) async throws -> Outcome {
    let input = try await TableInput(context.form)
    let counts = try await refusingTwins {
        try await context.deed { deed in
            let (units, roles, members) = try await deed.run(
                .openUnitChoices(of: deed.area), .roles(of: deed.area), .knownMembers(of: deed.area))
            let list = MemberImport(input, units: units, roles: roles, members: members)
            try list.table.check()
            if let seen = context.form.fields["seen"], !seen.isEmpty, seen != list.seen { throw Refusal.outdated }
            return try await deed.apply(list)
        }
    }
    return .done(
        counts.invited > 0 ? "/members/invitations" : "/members",
        says: Phrase(
            "เชิญใหม่ \(counts.invited) คน แก้ไข \(counts.changed) คน",
            en: "\(counts.invited) invited, \(counts.changed) changed"),
        json: ["invited": JSON(counts.invited), "changed": JSON(counts.changed)], made: true)
}

extension Deed {
    fileprivate func apply(_ list: MemberImport) async throws -> (invited: Int, changed: Int) {
        var (invited, changed) = (0, 0)
        for (row, draft) in list.drafts.enumerated() {
            guard let draft else { continue }
            let citizen = try draft.citizen?.sealed(by: context.platform.key, in: area)
            guard let known = list.known[row] else {
                let flags = list.roles[row]?.flags ?? []
                if flags.contains(Permission.operate.name) { try refuseUnlessOperator(self) }
                _ = try await invite(draft, citizen, flags: flags)
                invited += 1
                continue
            }
            let change = difference(from: known.json, to: draft.json)
            guard !change.after.members.isEmpty || citizen != nil else { continue }
            _ = try await run(.save(draft, citizen, as: known.id, in: area))
            try await record(
                .memberSaved, on: "member/\(known.id)", named: draft.name, before: change.before, after: change.after)
            changed += 1
        }
        return (invited, changed)
    }
}

/// The template: a head, and one row that shows what goes where.
func showMemberTemplate(_ context: Context) async throws -> Outcome {
    let area = context.area.id
    let (visit, units, roles) = try await context.page(.openUnitChoices(of: area), .roles(of: area))
    let columns = MemberImport.columns(units: units, roles: roles).map { Sheet.Column($0, in: visit.language) }
    let example = [
        "somchai.j", "นาย", "สมชาย", "ใจดี", "Mr. Somchai Jaidee", units.first?.name ?? "", "ครู",
        Employment.official.phrase[visit.language], "0 5400 0000", "08 1000 0000", "somchai@example.go.th", "",
        roles.first?.name ?? "",
    ]
    return try await context.workbook(
        [Sheet(Phrase("ผู้ใช้งาน", en: "Members")[visit.language], columns, [example.map { Sheet.Cell($0) }])],
        named: "members")
}

/// All members as the import takes them; citizen numbers never leave.
func membersToImport(_ context: Context) async throws -> [Sheet] {
    let area = context.area.id
    let (visit, members, units, roles) = try await context.page(
        .knownMembers(of: area), .openUnitChoices(of: area), .roles(of: area))
    let fields = MemberImport.columns(units: units.including(members), roles: roles).filter {
        !["citizen", "role"].contains($0.name)
    }
    let language = visit.language
    return [
        Sheet(
            Phrase("ผู้ใช้งาน", en: "Members")[language], fields.map { Sheet.Column($0, in: language) }, of: members
        ) { member in
            fields.map { field in
                let value = member.values[field.name] ?? ""
                guard case .choice(let choices) = field.kind else { return Sheet.Cell(value) }
                return Sheet.Cell(choices.first { $0.value == value }?.label[language] ?? "")
            }
        }
    ]
}
