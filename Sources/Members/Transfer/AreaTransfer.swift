import HTML
import HTTP
import Jobs
import Kernel
import Postgres
import Runtime
import Secrets

/// A member goes to another area. Here their account ends at once; there they stand among those who ask to join, with
/// the password that they have, until an administrator there lets them in.
struct AreaTransfer: Sendable {
    static let job = "area-transfer"

    let platform: Platform

    static func fields(areas: [OtherArea]) -> [FormField] {
        [
            FormField(
                "area", Phrase("ย้ายไปเขต", en: "To which area"),
                .choice(areas.map { .init($0.code, Phrase(same: $0.name)) }), required: true),
            FormField(
                "reason", Phrase("เหตุผลหรือเลขคำสั่ง", en: "Reason or number of the order"), .text(limit: 200),
                required: true),
        ]
    }

    /// As programs see it: the area by its code.
    static let api = [
        FormField("area", Phrase("ย้ายไปเขต", en: "To which area"), .text(limit: 20), required: true),
        FormField("reason", Phrase("เหตุผล", en: "Reason"), .text(limit: 200), required: true),
    ]

    /// Brought twice, it is one request.
    var kind: JobKind {
        JobKind(Self.job) { job in
            guard let to = job.payload["to"].flatMap({ Int($0.text) }), let facts = facts(in: job.payload, for: to),
                let name = facts["name"]?.textValue, let origin = facts["origin"]?.textValue
            else { return }
            let (area, now) = (AreaID(to), Instant.now)
            try await platform.database.transaction(in: to) { transaction in
                let query = Query<AccountRequestID?>.arrival(facts, in: area, at: now)
                guard let id = try await transaction.run(query) else { return }
                let entry = JournalEntry(
                    area: area, happenedAt: now, actorArea: AreaID(job.area), actor: nil, actorName: origin,
                    address: "local", action: Action.joinRequested.name, subject: "request/\(id)", subjectName: name)
                _ = try await transaction.run(.record(entry))
                _ = try await transaction.run(Query<Int>.enqueue(News.job, .object([]), in: to, at: now))
            }
        }
    }

    /// On the way a person's facts and password are sealed: jobs are kept, and seen by those who keep the platform.
    fileprivate static func sealed(_ facts: JSON, for target: AreaID, _ key: SecretKey) throws -> JSON {
        let bytes = try key.sealed(facts.text, for: "\(job) \(target)")
        return ["to": JSON(target.rawValue), "sealed": .text(bytes.base64url)]
    }

    private func facts(in payload: JSON, for target: Int) -> JSON? {
        payload["sealed"]?.textValue.flatMap { [UInt8](base64url: $0) }
            .flatMap { platform.key.opened($0, for: "\(Self.job) \(target)") }
            .flatMap { try? JSON(parsing: Array($0.utf8)) }
    }
}

extension Query where Answer == AccountRequestID? {
    /// Nil when it was brought before.
    fileprivate static func arrival(_ facts: JSON, in area: AreaID, at now: Instant) -> Query {
        func text(_ name: String) -> String { facts[name]?.textValue ?? "" }
        func bytes(_ name: String) -> Bytes? { facts[name]?.textValue.flatMap { Bytes(sqlText: $0) } }
        return .first(
            """
            INSERT INTO account_requests (
                area_id, kind, origin, origin_key, title, first_name, last_name, title_en, first_name_en, last_name_en,
                employment, position, phone, mobile, email, replaces, replaces_because, reason, channel,
                channel_address, username, password_hash, citizen_sealed, citizen_hash, created_at
            )
            VALUES (
                \(area), 'join', \(text("origin")), \(text("key")), \(text("title")), \(text("first-name")),
                \(text("last-name")), '', \(text("name-en")), '', \(text("employment")), \(text("position")), '',
                \(text("mobile")), \(facts["email"]?.textValue), '', '', '', '', '', \(text("username")),
                \(facts["password"]?.textValue), \(bytes("citizen-sealed")), \(bytes("citizen-hash")), \(now)
            )
            ON CONFLICT (area_id, origin_key) WHERE origin_key IS NOT NULL DO NOTHING
            RETURNING id
            """
        ) { try $0.next() }
    }
}

func showAreaTransfer(_ context: Context) async throws -> Outcome {
    let (visit, details, areas) = try await context.page(
        .details(of: context.identifier("member"), in: context.area.id), .otherAreas(than: context.area.id))
    guard let details else { throw Refusal.notFound }
    return .page(AreaTransferPage(visit: visit, details: details, areas: areas), visit)
}

func transferToArea(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    let name = try await context.deed { deed in
        try refuseOneself(id, deed)
        let areas = try await deed.run(.otherAreas(than: deed.area))
        let draft = FormDraft(AreaTransfer.fields(areas: areas), context.form.fields)
        try draft.check()
        guard let target = areas.first(where: { $0.code == draft["area"] }) else { throw Refusal.notFound }
        let details = try await deed.find(.details(of: id, in: deed.area))
        let member = try await deed.find(.member(id, of: deed.area))
        guard member.status != .disabled else {
            throw Refusal.conflict(Phrase("บัญชีนี้ระงับอยู่", en: "This account is disabled"))
        }
        if member.permissions.contains(.members) { try await refuseIfLastManager(id, deed) }
        let password = try await deed.run(.password(of: id, in: deed.area))
        let facts = try details.facts(password, from: context.area, to: target.id, at: deed.now, context.platform.key)
        _ = try await deed.run(
            .saveStatus(.disabled, of: id, in: deed.area), .saveFlags(Permissions(), of: id, in: deed.area),
            .enqueue(
                AreaTransfer.job, try AreaTransfer.sealed(facts, for: target.id, context.platform.key),
                in: deed.area.rawValue, at: deed.now))
        try await deed.endWhatWasLent(to: id)
        try await deed.record(
            .memberMoved, on: "member/\(id)", named: member.name,
            before: [
                "unit-name": .text(member.unitName), "flags": .array(member.permissions.names.map { .text($0) }),
            ], after: ["area": .text(target.name), "flags": .array([]), "reason": .text(draft["reason"])])
        return (member: member.name, area: target.name)
    }
    return .done(
        "/members/\(id)",
        says: Phrase("ส่ง \(name.member) ไป \(name.area) แล้ว", en: "\(name.member) is on the way to \(name.area)"))
}

extension MemberDetails {
    /// What the other area gets to know: who it is, and how they sign in. The citizen number is sealed for there.
    fileprivate func facts(
        _ password: PasswordHash?, from area: Area, to target: AreaID, at now: Instant, _ key: SecretKey
    ) throws -> JSON {
        let number = try citizen?.opened(by: key, in: area.id)?.sealed(by: key, in: target)
        return [
            "key": .text("\(area.id)-\(member.id)-\(now.microseconds)"),
            "origin": .text(area.shortName), "name": .text(member.name), "title": .text(member.title),
            "first-name": .text(member.firstName), "last-name": .text(member.lastName), "name-en": .text(nameInEnglish),
            "employment": .text(employment.rawValue), "position": .text(position), "mobile": .text(mobile),
            "email": JSON(email), "username": .text(username), "password": JSON(password?.text),
            "citizen-sealed": JSON(number?.sealed.sqlText), "citizen-hash": JSON(number?.hash.sqlText),
        ]
    }
}

/// An area that somebody can go to.
struct OtherArea: Sendable {
    var id: AreaID
    var code: String
    var name: String
}

extension Query where Answer == [OtherArea] {
    fileprivate static func otherAreas(than own: AreaID) -> Query {
        .all(
            """
            SELECT id, code, short_name
            FROM areas
            WHERE id <> \(own) AND kind <> 'central'
            ORDER BY short_name COLLATE "th-x-icu", id
            """
        ) { OtherArea(id: try $0.next(), code: try $0.next(), name: try $0.next()) }
    }
}
