import HTML
import HTTP
import Kernel
import Postgres
import Runtime

/// A member goes to another unit. What they might do came with the old place: it ends, with all that hung on it, and the
/// new place gives what it wants to.
enum Transfer {
    static func fields(units: [UnitChoice], roles: [Role]) -> [FormField] {
        [
            FormField(
                "unit", Phrase("ย้ายไปหน่วยงาน", en: "To which unit"),
                .choice(units.map { .init("\($0.id)", Phrase(same: $0.name)) }), required: true),
            MemberDraft.role(of: roles),
            FormField("position", Phrase("ตำแหน่งใหม่", en: "New position"), .text(limit: 120)),
            FormField(
                "reason", Phrase("เหตุผลหรือเลขคำสั่ง", en: "Reason or number of the order"), .text(limit: 200),
                required: true),
        ]
    }

    /// As programs see it, whose choices differ from area to area.
    static let api = [
        FormField("unit", Phrase("ย้ายไปหน่วยงาน", en: "To which unit"), .text(limit: 20), required: true),
        FormField("role", Phrase("บทบาท", en: "Role"), .text(limit: 20)),
        FormField("position", Phrase("ตำแหน่งใหม่", en: "New position"), .text(limit: 120)),
        FormField("reason", Phrase("เหตุผล", en: "Reason"), .text(limit: 200), required: true),
    ]
}

func showTransfer(_ context: Context) async throws -> Outcome {
    let area = context.area.id
    let (visit, details, units, roles) = try await context.page(
        .details(of: context.identifier("member"), in: area), .openUnitChoices(of: area), .roles(of: area))
    guard let details else { throw Refusal.notFound }
    return .page(TransferPage(visit: visit, details: details, units: units, roles: roles), visit)
}

func transferMember(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    let name = try await context.deed { deed in
        try refuseOneself(id, deed)
        let (units, roles) = try await deed.run(.openUnitChoices(of: deed.area), .roles(of: deed.area))
        var draft = FormDraft(Transfer.fields(units: units, roles: roles), context.form.fields)
        let member = try await deed.find(.member(id, of: deed.area))
        if draft["unit"] == "\(member.unit)" {
            draft.refuse("unit", Phrase("อยู่หน่วยงานนี้แล้ว", en: "They are in this unit already"))
        }
        try draft.check()
        guard let unit = UnitID(sqlText: draft["unit"]) else { throw Refusal.notFound }
        let flags = try await deed.flags(ofRole: draft["role"])
        if member.permissions.contains(.members), !flags.contains(Permission.members.name) {
            try await refuseIfLastManager(id, deed)
        }
        _ = try await deed.run(
            .moveMember(id, to: unit, position: draft.textIfAny("position"), in: deed.area),
            .saveFlags(Permissions(flags), of: id, in: deed.area))
        try await deed.endWhatWasLent(to: id)
        try await deed.record(
            .memberMoved, on: "member/\(id)", named: member.name,
            before: [
                "unit-name": .text(member.unitName), "flags": .array(member.permissions.names.map { .text($0) }),
            ],
            after: [
                "unit-name": .text(units.first { $0.id == unit }?.name ?? ""),
                "flags": .array(flags.map { .text($0) }), "reason": .text(draft["reason"]),
            ])
        return member.name
    }
    return .done("/members/\(id)", says: Phrase("ย้าย \(name) แล้ว", en: "\(name) has moved"))
}

extension Deed {
    /// Sessions, program keys, and actings in either direction: all were for the old place.
    func endWhatWasLent(to member: MemberID) async throws {
        _ = try await run(
            .endSessions(of: member, but: nil, in: area), .revokeTokens(of: member, in: area, at: now),
            .endActings(of: member, in: area, at: now))
    }
}

extension Query where Answer == Int {
    fileprivate static func moveMember(
        _ id: MemberID, to unit: UnitID, position: String?, in area: AreaID
    ) -> Query {
        .deed(
            """
            UPDATE members
            SET unit_id = \(unit), position = coalesce(\(position), position)
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    fileprivate static func revokeTokens(of member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE api_tokens
            SET revoked_at = \(now)
            WHERE area_id = \(area) AND member_id = \(member) AND revoked_at IS NULL
            """)
    }

    fileprivate static func endActings(of member: MemberID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE actings
            SET ended_at = \(now)
            WHERE area_id = \(area) AND \(member) IN (member_id, principal_id) AND ended_at IS NULL
            """)
    }
}
