import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// What an administrator says who lets somebody in.
enum JoinApprovalForm {
    static func fields(roles: [Role], units: [UnitChoice]) -> [FormField] {
        [
            MemberDraft.role(of: roles, required: !roles.isEmpty),
            FormField(
                "unit", Phrase("หน่วยงาน", en: "Unit"),
                .choice(units.map { .init("\($0.id)", Phrase(same: $0.name)) }), required: true),
            FormField(
                "username", Phrase("ชื่อผู้ใช้", en: "User name"), .text(limit: 60),
                hint: Phrase("เปลี่ยนได้เมื่อมีผู้ใช้ชื่อนี้แล้ว", en: "May be changed where it is taken")),
            FormField(
                "note", Phrase("หมายเหตุ", en: "Note"), .longText(limit: 400),
                hint: Phrase("จำเป็นเมื่อยังไม่มีการรับรอง", en: "Needed where nobody has endorsed it")),
        ]
    }

    /// As programs see them, whose choices differ from area to area.
    static let api = [
        FormField("role", Phrase("บทบาท", en: "Role"), .text(limit: 20)),
        FormField("unit", Phrase("หน่วยงาน", en: "Unit"), .text(limit: 20)),
        FormField("username", Phrase("ชื่อผู้ใช้", en: "User name"), .text(limit: 60)),
        FormField("note", Phrase("หมายเหตุ", en: "Note"), .longText(limit: 400)),
    ]
}

/// The request becomes a member, who can sign in at once.
func approveJoinRequest(_ context: Context) async throws -> Outcome {
    let id: AccountRequestID = try context.identifier("request")
    let member = try await refusingTwins {
        try await context.deed { deed in
            let request = try await deed.find(.requestForUpdate(id, in: deed.area))
            try request.requireOpen(.join)
            let (roles, units) = try await deed.run(.roles(of: deed.area), .openUnitChoices(of: deed.area))
            let approval = try JoinApproval(of: request, checking: context, roles: roles, units: units)
            if approval.flags.contains(Permission.operate.name) { try refuseUnlessOperator(deed) }
            let draft = MemberDraft(of: request, as: approval.username, in: approval.unit)
            let member = try await deed.run(
                .insert(
                    draft, password: request.password, mustChange: false, request.citizen, in: deed.area, at: deed.now))
            let decision = AccountRequest.Decision(at: deed.now, by: deed.viewer?.name ?? "", words: approval.note)
            _ = try await deed.run(
                .saveFlags(Permissions(approval.flags), of: member, in: deed.area),
                .close(id, as: .approved, decision, member: member, in: deed.area),
                RequestMail.decided(id, in: deed.area, at: deed.now))
            try await deed.record(
                .joinApproved, on: "member/\(member)", named: request.name,
                after: [
                    "request": JSON(id.rawValue), "role": .text(approval.roleName),
                    "flags": .array(approval.flags.map { .text($0) }), "unit": JSON(approval.unit.rawValue),
                    "note": .text(approval.note),
                ])
            return (id: member, name: request.name)
        }
    }
    return .done(
        "/members/requests", says: Phrase("อนุมัติ \(member.name) แล้ว", en: "\(member.name) is approved"),
        json: ["id": JSON(member.id.rawValue)])
}

/// An approval as it was typed, found sound.
private struct JoinApproval {
    var flags: [String]
    var roleName: String
    var unit: UnitID
    var note: String
    var username: String

    init(of request: AccountRequest, checking context: Context, roles: [Role], units: [UnitChoice]) throws(Refusal) {
        var input = context.form.fields
        // Programs needn't repeat what the request says.
        if input["unit"]?.isEmpty != false { input.set("unit", request.unit.map { "\($0)" } ?? "") }
        var draft = FormDraft(JoinApprovalForm.fields(roles: roles, units: units), input)
        username = draft["username"].isEmpty ? request.username : draft["username"].lowercased()
        if !isUsername(username) { draft.refuse("username", .unsoundUsername) }
        if !request.isEndorsed, draft["note"].isEmpty {
            draft.refuse(
                "note",
                Phrase("ยังไม่มีการรับรอง บอกเหตุผลที่อนุมัติ", en: "Nobody has endorsed it: say why you approve"))
        }
        try draft.check()
        guard let unit = UnitID(sqlText: draft["unit"]) else { throw .notFound }
        let role = roles.first { "\($0.id)" == draft["role"] }
        flags = role?.flags ?? []
        roleName = role?.name ?? ""
        self.unit = unit
        note = draft["note"]
    }
}

extension MemberDraft {
    /// The member that a request asks for.
    fileprivate init(of request: AccountRequest, as username: String, in unit: UnitID) {
        self.username = username
        self.unit = unit
        email = request.email
        title = request.title
        firstName = request.firstName
        lastName = request.lastName
        nameInEnglish = request.nameInEnglish
        position = request.position
        phone = request.phone
        mobile = request.mobile
        employment = request.employment
    }
}
