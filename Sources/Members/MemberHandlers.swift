import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

func listMembers(_ context: Context) async throws -> Outcome {
    let filter = MemberFilter(context)
    let area = context.area.id
    let (visit, members, counts, units) = try await context.page(
        .members(of: area, matching: filter), .memberCounts(of: area, matching: filter), .openUnitChoices(of: area))
    let page = MembersPage(visit: visit, filter: filter, members: members, counts: counts, units: units)
    return .page(page, visit, json: ["total": JSON(counts.matching), "items": .array(members.map(\.json))])
}

func showNewMember(_ context: Context) async throws -> Outcome {
    let (visit, units, roles) = try await context.page(
        .openUnitChoices(of: context.area.id), .roles(of: context.area.id))
    return .page(MemberFormPage(visit: visit, units: units, details: nil, citizen: nil, roles: roles), visit)
}

/// The password is shown once, to be handed over; it must be changed at the first sign-in.
func createMember(_ context: Context) async throws -> Outcome {
    let draft = try MemberDraft(checking: MemberDraft.fields(), context)
    let citizen = try draft.citizen?.sealed(by: context.platform.key, in: context.area.id)
    let password = temporaryPassword()
    let hash = try await PasswordHash.make(of: password)
    let id = try await refusingTwins {
        try await context.deed { deed in
            let flags = try await deed.flags(ofRole: context.form.fields["role"])
            let id = try await deed.run(.insert(draft, password: hash.text, citizen, in: deed.area, at: deed.now))
            _ = try await deed.run(.saveFlags(Permissions(flags), of: id, in: deed.area))
            try await deed.record(.memberAdded, on: "member/\(id)", named: draft.name, after: draft.json)
            return id
        }
    }
    return try await handOver(password, to: draft.name, id, context, made: true)
}

func showMember(_ context: Context) async throws -> Outcome {
    let (visit, details, units) = try await context.page(
        .details(of: context.identifier("member"), in: context.area.id), .openUnitChoices(of: context.area.id))
    guard let details else { throw Refusal.notFound }
    let citizen = details.citizen?.opened(by: context.platform.key, in: context.area.id)
    let page = MemberFormPage(visit: visit, units: units, details: details, citizen: citizen?.masked, roles: [])
    return .page(page, visit, json: details.json)
}

func saveMember(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    let draft = try MemberDraft(checking: MemberDraft.changeable, context)
    let citizen = try draft.citizen?.sealed(by: context.platform.key, in: context.area.id)
    try await refusingTwins {
        try await context.deed { deed in
            let details = try await deed.find(.details(of: id, in: deed.area))
            try context.checkVersion(details.version)
            let unit = context.form.fields["unit"].flatMap { UnitID(sqlText: $0) }
            guard unit == nil || unit == details.member.unit else { throw Refusal.invalid("unit", .moveByTransfer) }
            _ = try await deed.run(.save(draft, citizen, as: id, in: deed.area))
            let change = difference(from: details.json, to: draft.json)
            try await deed.record(
                .memberSaved, on: "member/\(id)", named: draft.name, before: change.before, after: change.after)
        }
    }
    return .done("/members/\(id)", says: Phrase("บันทึก \(draft.name) แล้ว", en: "\(draft.name) is saved"))
}

/// An administrator gives a forgotten password anew. All sessions end, as nobody knows who had the old one.
func resetPassword(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    let password = temporaryPassword()
    let hash = try await PasswordHash.make(of: password)
    let name = try await context.deed { deed in
        try refuseOneself(id, deed)
        let member = try await deed.find(.member(id, of: deed.area))
        guard member.status != .pending else { throw Refusal.conflict(.invitationIsOpen) }
        _ = try await deed.run(
            .savePassword(hash.text, mustChange: true, of: id, in: deed.area),
            .endSessions(of: id, but: nil, in: deed.area))
        _ = try await deed.run(MembersJobs.notice(.passwordChanged, to: id, in: deed.area, at: deed.now))
        try await deed.record(.passwordReset, on: "member/\(id)", named: member.name)
        return member.name
    }
    return try await handOver(password, to: name, id, context, made: false)
}

func handOver(
    _ password: String, to name: String, _ id: MemberID, _ context: Context, made: Bool
) async throws -> Outcome {
    if context.isAPI {
        return .done("/members/\(id)", json: ["id": JSON(id.rawValue), "password": .text(password)], made: made)
    }
    let visit = try await context.page()
    return .page(HandOverPage(visit: visit, name: name, id: id, password: password), visit)
}

/// Twelve letters and digits.
func temporaryPassword() -> String { readableCode(groups: 3, of: 4) }

/// Letters and digits that nobody mistakes for others, in groups that are easy to read out.
func readableCode(groups: Int, of length: Int) -> String {
    let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
    return (0..<groups).map { _ in String((0..<length).map { _ in letters.randomElement() ?? "a" }) }
        .joined(separator: "-")
}

func refusingTwins<Result>(_ deed: () async throws -> Result) async throws -> Result {
    do {
        return try await deed()
    } catch let error as DatabaseError where error.constraint == "members_username_once" {
        throw Refusal.invalid("username", .takenUsername)
    } catch let error as DatabaseError where error.constraint == "members_email_once" {
        throw Refusal.invalid("email", Phrase("มีผู้ใช้อีเมลนี้แล้ว", en: "This e-mail is taken"))
    } catch let error as DatabaseError where error.constraint == "members_citizen_once" {
        throw Refusal.conflict(
            Phrase("เลขประจำตัวประชาชนนี้มีบัญชีแล้ว", en: "There is an account with this citizen number"))
    } catch let error as DatabaseError where error.constraint == "members_unit" {
        throw Refusal.invalid("unit", Phrase("ไม่มีหน่วยงานนี้", en: "There is no such unit"))
    }
}

extension Phrase {
    static let moveByTransfer = Phrase(
        "เปลี่ยนหน่วยงานด้วยหน้า ย้ายหน่วยงาน ซึ่งยกเลิกสิทธิ์เดิม",
        en: "Move them on the page for moving, which ends their old flags")
}
