import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

func listInvitations(_ context: Context) async throws -> Outcome {
    let (visit, invitations) = try await context.page(.invitations(in: context.area.id))
    let addresses = invitations.map { $0.address(in: context.area.id, of: context.area.code, context.platform) }
    let page = InvitationsPage(visit: visit, invitations: Array(zip(invitations, addresses)))
    return .page(
        page, visit,
        json: [
            "items": .array(
                zip(invitations, addresses).map { invitation, address in
                    [
                        "id": JSON(invitation.member.id.rawValue), "name": .text(invitation.member.name),
                        "username": .text(invitation.username), "link": JSON(address),
                    ]
                })
        ])
}

func inviteMember(_ context: Context) async throws -> Outcome {
    let draft = try MemberDraft(checking: MemberDraft.fields(), context)
    let citizen = try draft.citizen?.sealed(by: context.platform.key, in: context.area.id)
    let id = try await refusingTwins {
        try await context.deed { deed in
            let flags = try await deed.flags(ofRole: context.form.fields["role"])
            return try await deed.invite(draft, citizen, flags: flags)
        }
    }
    return .done(
        "/members/invitations", says: Phrase("เชิญ \(draft.name) แล้ว", en: "\(draft.name) is invited"),
        json: ["id": JSON(id.rawValue)], made: true)
}

/// Another link, for one whose last is too old or was lost.
func renewInvitation(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    let name = try await context.deed { deed in
        let member = try await deed.find(.member(id, of: deed.area))
        guard member.status == .pending else { throw Refusal.conflict(.invitationIsOver) }
        _ = try await deed.run(
            .useLinks(of: id, for: .invitation, in: deed.area, at: deed.now),
            InvitationMail.due(to: id, in: deed.area, at: deed.now))
        _ = try await deed.run(.insertLink(for: .invitation, member: id, in: deed.area, at: deed.now))
        try await deed.record(.memberInvited, on: "member/\(id)", named: member.name)
        return member.name
    }
    return .done(
        "/members/invitations", says: Phrase("ทำลิงก์ใหม่ให้ \(name) แล้ว", en: "\(name) has a new link"))
}

func showInvitation(_ context: Context) async throws -> Outcome {
    let (_, link) = try await context.page(.link(context.link(.invitation), for: .invitation, in: context.area.id))
    guard let link, let id = link.member else { throw Refusal.notFound }
    let (visit, details) = try await context.page(.details(of: id, in: context.area.id))
    guard let details else { throw Refusal.notFound }
    let page = InvitationPage(
        visit: visit, details: details,
        isOver: link.isOver(at: context.now) || details.member.status != .pending)
    return .page(page, visit)
}

/// From now on they sign in.
func acceptInvitation(_ context: Context) async throws -> Outcome {
    let id: Identifier<SecretLink> = try context.link(.invitation)
    let (_, link) = try await context.page(.link(id, for: .invitation, in: context.area.id))
    guard let invited = link?.member else { throw Refusal.notFound }
    let (_, details) = try await context.page(.details(of: invited, in: context.area.id))
    var draft = FormDraft(InvitationPage.fields(asksNumber: details?.citizen == nil), context.form.fields)
    draft.requireSamePasswords()
    let number = draft.citizenNumber()
    try draft.check()
    let citizen = try number?.sealed(by: context.platform.key, in: context.area.id)
    let password = try await PasswordHash.make(of: draft["password"])
    try await refusingTwins {
        try await context.deed { deed in
            let link = try await deed.find(.link(id, for: .invitation, in: deed.area, locked: true))
            guard let owner = link.member, !link.isOver(at: deed.now) else {
                throw Refusal.conflict(.invitationIsOver)
            }
            let member = try await deed.find(.member(owner, of: deed.area))
            guard member.status == .pending else { throw Refusal.conflict(.invitationIsOver) }
            _ = try await deed.run(
                .savePassword(password.text, mustChange: false, of: owner, in: deed.area),
                .saveStatus(.enabled, of: owner, in: deed.area), .saveCitizen(citizen, of: owner, in: deed.area),
                .useLinks(of: owner, for: .invitation, in: deed.area, at: deed.now))
            try await deed.record(.invitationAccepted, on: "member/\(owner)", named: member.name, by: member.name)
        }
    }
    return .done("/sign-in", says: Phrase("ตั้งรหัสผ่านแล้ว เข้าสู่ระบบได้", en: "Your password is set; sign in"))
}

extension Deed {
    /// A member who waits for themselves: with flags, and without a password.
    func invite(_ draft: MemberDraft, _ citizen: SealedCitizenNumber?, flags: [String]) async throws -> MemberID {
        let id = try await run(.insert(draft, status: .pending, password: nil, citizen, in: area, at: now))
        _ = try await run(
            .saveFlags(Permissions(flags), of: id, in: area), InvitationMail.due(to: id, in: area, at: now))
        _ = try await run(.insertLink(for: .invitation, member: id, in: area, at: now))
        try await record(
            .memberInvited, on: "member/\(id)", named: draft.name,
            after: .object(draft.json.members + [.init(name: "flags", value: .array(flags.map { .text($0) }))]))
        return id
    }

    /// Of the role that a form names; none where it names none.
    func flags(ofRole text: String?) async throws -> [String] {
        guard let text, !text.isEmpty else { return [] }
        guard let id = Identifier<Role>(sqlText: text), let role = try await run(.role(id, of: area)) else {
            throw Refusal.invalid("role", Phrase("ไม่มีบทบาทนี้", en: "There is no such role"))
        }
        if role.flags.contains(Permission.operate.name) { try refuseUnlessOperator(self) }
        return role.flags
    }
}

extension Phrase {
    static let invitationIsOver = Phrase(
        "คำเชิญนี้ใช้ไปแล้วหรือหมดอายุ ขอลิงก์ใหม่จากผู้ดูแลระบบของเขต",
        en: "This invitation was used already, or is too old. Ask the area's administrator for another link.")
}

extension Query where Answer == Int {
    fileprivate static func saveCitizen(
        _ citizen: SealedCitizenNumber?, of member: MemberID, in area: AreaID
    ) -> Query {
        .deed(
            """
            UPDATE members
            SET citizen_sealed = coalesce(\(citizen?.sealed)::bytea, citizen_sealed),
                citizen_hash = coalesce(\(citizen?.hash)::bytea, citizen_hash)
            WHERE area_id = \(area) AND id = \(member)
            """)
    }
}
