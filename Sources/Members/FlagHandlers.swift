import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// What a click in the permission table asks for.
enum Switch {
    case flag(MemberID, Permission, isSet: Bool)
    case status(MemberID, Member.Status)

    /// `Proof.yes.7`, `Status.disabled.7`
    init(_ text: String, in area: Area) throws(Refusal) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let id = MemberID(sqlText: String(parts[2])) else { throw .notFound }
        if parts[0] == "Status" {
            guard let status = Member.Status(rawValue: String(parts[1])), status != .pending else { throw .notFound }
            self = .status(id, status)
        } else {
            guard let permission = Permission.named(String(parts[0]), in: area) else { throw .notFound }
            self = .flag(id, permission, isSet: parts[1] == "yes")
        }
    }

    var member: MemberID {
        switch self {
        case .flag(let id, _, _), .status(let id, _): id
        }
    }
}

extension Permission {
    static func named(_ name: String, in area: Area) -> Permission? {
        table.first { $0.name == name && $0.applies(to: area.kind) }
    }
}

/// A click in the table. Without script the page comes again; with it, the one row.
func switchFlag(_ context: Context) async throws -> Outcome {
    let wanted = try Switch(context.form.fields["switch"] ?? "", in: context.area)
    let member = try await context.deed { deed in try await apply(wanted, deed) }
    guard context.request.headers["hx-request"] == nil else { return try await row(of: member, context) }
    let back = Fields(decoding: (context.form.fields["back"] ?? "").utf8.dropFirst()) ?? Fields()
    return .done("/members\(back.queryText)#m\(member.id)")
}

private func row(of member: Member, _ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .part(of: visit, headers: ["hx-retarget": "#m\(member.id)", "hx-reswap": "outerHTML"]) { html in
        MemberRows(for: html, visit).write(member, to: html)
    }
}

/// For programs: the member's flag is so from now on, whatever it was.
func setFlag(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    guard let permission = Permission.named(context.request.parameters["flag"] ?? "", in: context.area) else {
        throw Refusal.notFound
    }
    let isSet = FormDraft(setFlagFields, context.form.fields).isChecked("granted")
    let member = try await context.deed { deed in try await apply(.flag(id, permission, isSet: isSet), deed) }
    return .done("/members#m\(id)", json: member.json)
}

func setStatus(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    let draft = FormDraft(setStatusFields, context.form.fields)
    try draft.check()
    guard let status = Member.Status(rawValue: draft["status"]) else { throw Refusal.notFound }
    let member = try await context.deed { deed in try await apply(.status(id, status), deed) }
    return .done("/members#m\(id)", json: member.json)
}

let setFlagFields = [FormField("granted", Phrase("ให้สิทธิ์", en: "Granted"), .checkbox)]
let setStatusFields = [
    FormField(
        "status", Phrase("สถานะ", en: "Status"),
        .choice([Member.Status.enabled, .disabled].map { .init($0.rawValue, $0.phrase) }), required: true)
]

func apply(_ wanted: Switch, _ deed: Deed) async throws -> Member {
    var member = try await deed.find(.member(wanted.member, of: deed.area))
    switch wanted {
    case .flag(let id, let permission, let isSet):
        guard member.permissions.contains(permission) != isSet else { return member }
        if permission == .members, !isSet { try await refuseIfLastManager(id, deed) }
        if permission == .operate { try refuseUnlessOperator(deed) }
        member.permissions.names.removeAll { $0 == permission.name }
        if isSet { member.permissions.names.append(permission.name) }
        _ = try await deed.run(.saveFlags(member.permissions, of: id, in: deed.area))
        try await deed.record(
            isSet ? .flagGranted : .flagTaken, on: "member/\(id)", named: member.name,
            before: .object([.init(name: permission.name, value: .bool(!isSet))]),
            after: .object([.init(name: permission.name, value: .bool(isSet))]))
    case .status(let id, let status):
        guard member.status != status else { return member }
        if member.status == .pending, status == .enabled { throw Refusal.conflict(.invitationIsOpen) }
        if status == .disabled { try await refuseIfLastManager(id, deed) }
        let before = member.status
        member.status = status
        _ = try await deed.run(.saveStatus(status, of: id, in: deed.area))
        if status == .disabled { _ = try await deed.run(.endSessions(of: id, but: nil, in: deed.area)) }
        try await deed.record(
            status == .enabled ? .memberEnabled : .memberDisabled, on: "member/\(id)", named: member.name,
            before: ["status": .text(before.rawValue)], after: ["status": .text(status.rawValue)])
    }
    return member
}

extension Phrase {
    static let invitationIsOpen = Phrase(
        "ยังไม่ได้ตอบคำเชิญ ส่งลิงก์ในหน้าคำเชิญให้เจ้าตัว",
        en: "They haven't come yet: hand them their link, on the page of invitations")
}

/// An area without anybody who may manage its members could never be mended from within.
func refuseIfLastManager(_ id: MemberID, _ deed: Deed) async throws {
    guard try await deed.run(.otherManagers(than: id, in: deed.area)) == 0 else { return }
    throw Refusal.conflict(
        Phrase(
            "เป็นผู้จัดการผู้ใช้งาน (M) คนสุดท้าย ให้สิทธิ์ M แก่คนอื่นก่อน",
            en: "This is the last member who manages members (M). Give M to another first."))
}

/// What ends sessions or flags is done to others: by oneself, one would shut oneself out in the middle of it.
func refuseOneself(_ id: MemberID, _ deed: Deed) throws(Refusal) {
    guard deed.viewer?.member == id else { return }
    throw .conflict(
        Phrase(
            "ทำกับบัญชีของตนเองไม่ได้ ใช้หน้าข้อมูลของฉัน หรือให้ผู้ดูแลคนอื่นทำ",
            en: "Not to your own account: use your account page, or ask another administrator."))
}

/// Who keeps the platform is decided by those who keep it, not by all who manage the central office's members.
func refuseUnlessOperator(_ deed: Deed) throws(Refusal) {
    guard deed.viewer?.permissions.contains(.operate) == true else { throw .forbidden(.operate) }
}
