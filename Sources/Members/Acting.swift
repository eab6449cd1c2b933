import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// One person acts for another until a day (รักษาการแทน).
struct Acting: Sendable {
    var id: Identifier<Acting>
    var member: MemberID
    var memberName: String
    var principal: MemberID
    var principalName: String
    var firstDay: Day
    var lastDay: Day
    var reason: String

    static let fields: [FormField] = [
        FormField(
            "username", Phrase("ชื่อผู้ใช้ของผู้รักษาการ", en: "User name of the one who will act"), .text(limit: 60),
            required: true),
        FormField(
            "first-day", Phrase("ตั้งแต่วันที่", en: "From"), .day, required: true,
            hint: Phrase("วัน/เดือน/ปี พ.ศ. เช่น 1/12/2569", en: "Such as 2026-12-01")),
        FormField("last-day", Phrase("ถึงวันที่", en: "Until"), .day, required: true),
        FormField(
            "reason", Phrase("เหตุผลหรือเลขคำสั่ง", en: "Reason or number of the order"), .text(limit: 200), required: true),
    ]

    /// What is read of an acting, and from where.
    static let columns: SQL = """
        t.id, m.id, m.title || m.first_name || ' ' || m.last_name, p.id, p.title || p.first_name || ' ' || p.last_name,
            t.first_day, t.last_day, t.reason
        FROM actings t
        JOIN members m ON m.area_id = t.area_id AND m.id = t.member_id
        JOIN members p ON p.area_id = t.area_id AND p.id = t.principal_id
        """

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        member = try cells.next()
        memberName = try cells.next()
        principal = try cells.next()
        principalName = try cells.next()
        firstDay = try cells.next()
        lastDay = try cells.next()
        reason = try cells.next()
    }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "member": JSON(member.rawValue), "member-name": .text(memberName),
            "principal": JSON(principal.rawValue), "principal-name": .text(principalName),
            "first-day": .text(firstDay.text), "last-day": .text(lastDay.text), "reason": .text(reason),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("member", .number), ("member-name", .text), ("principal", .number),
        ("principal-name", .text), ("first-day", .text), ("last-day", .text), ("reason", .text),
    ])
}

extension Query where Answer == [Acting] {
    /// Those that a member is part of and that have not ended.
    static func actings(of member: MemberID, in area: AreaID, on day: Day) -> Query {
        .all(
            """
            SELECT \(part: Acting.columns)
            WHERE t.area_id = \(area) AND (t.member_id = \(member) OR t.principal_id = \(member))
                AND t.ended_at IS NULL AND t.last_day >= \(day)
            ORDER BY t.first_day, t.id
            """
        ) { try Acting(&$0) }
    }
}

extension Query where Answer == Acting? {
    static func acting(_ id: Identifier<Acting>, in area: AreaID, on day: Day) -> Query {
        .first(
            """
            SELECT \(part: Acting.columns)
            WHERE t.area_id = \(area) AND t.id = \(id) AND t.ended_at IS NULL AND t.last_day >= \(day)
            """
        ) { try Acting(&$0) }
    }
}

extension Query where Answer == Int {
    static func insertActing(
        _ member: MemberID, for principal: MemberID, from first: Day, until last: Day, reason: String, in area: AreaID,
        at now: Instant
    ) -> Query {
        .one(
            """
            INSERT INTO actings (area_id, member_id, principal_id, first_day, last_day, reason, created_at)
            VALUES (\(area), \(member), \(principal), \(first), \(last), \(reason), \(now))
            RETURNING id
            """
        ) { try $0.next() }
    }

    static func endActing(_ id: Identifier<Acting>, in area: AreaID, at now: Instant) -> Query {
        .deed("UPDATE actings SET ended_at = \(now) WHERE area_id = \(area) AND id = \(id)")
    }
}

/// Who asks is known only after the first trip, so this page takes two.
func showActings(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    let (_, actings) = try await context.page(
        .actings(of: viewer.member, in: context.area.id, on: Day(inBangkok: context.now)))
    return .page(
        ActingPage(visit: visit, viewer: viewer, actings: actings), visit, json: ["items": .array(actings.map(\.json))])
}

/// The person who will be away names the one who acts; nobody can take another's place by themselves.
func createActing(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(Acting.fields, context.form.fields)
    let today = Day(inBangkok: context.now)
    if let first = draft.day("first-day"), let last = draft.day("last-day") {
        if last < first || last < today {
            draft.refuse(
                "last-day", Phrase("ต้องไม่ก่อนวันเริ่มและไม่ผ่านมาแล้ว", en: "Not before the first day, nor in the past"))
        } else if last.sinceEpoch - first.sinceEpoch > 366 {
            draft.refuse("last-day", Phrase("ไม่เกินหนึ่งปี", en: "At most a year"))
        }
    }
    let checked = draft
    try checked.check()
    guard let first = checked.day("first-day"), let last = checked.day("last-day") else { throw Refusal.notFound }
    let id = try await context.deed { deed in
        guard let viewer = deed.viewer, viewer.acting == nil else {
            throw Refusal.conflict(
                Phrase("ขณะรักษาการแทน ตั้งผู้อื่นต่อไม่ได้", en: "Whoever acts for another can't pass it on"))
        }
        guard let other = try await deed.run(.applicant(checked["username"].lowercased(), in: deed.area)),
            other.status == .enabled
        else { throw Refusal.invalid("username", Phrase("ไม่พบผู้ใช้ชื่อนี้", en: "There is no such user")) }
        guard other.id != viewer.member else {
            throw Refusal.invalid("username", Phrase("ตั้งตนเองไม่ได้", en: "That is you"))
        }
        let id = try await deed.run(
            .insertActing(
                other.id, for: viewer.member, from: first, until: last, reason: checked["reason"], in: deed.area,
                at: deed.now))
        try await deed.record(
            .actingNamed, on: "member/\(viewer.member)", named: viewer.name,
            after: [
                "by": .text(other.name), "first-day": .text(first.text), "last-day": .text(last.text),
                "reason": .text(checked["reason"]),
            ])
        return id
    }
    return .done(
        "/account/acting", says: Phrase("ตั้งผู้รักษาการแทนแล้ว", en: "The person acting for you is named"),
        json: ["id": JSON(id)], made: true)
}

/// Either of the two may end it, and so may who manages the members.
func endActing(_ context: Context) async throws -> Outcome {
    let id: Identifier<Acting> = try context.identifier("acting")
    try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        let acting = try await deed.find(.acting(id, in: deed.area, on: Day(inBangkok: deed.now)))
        guard [acting.member, acting.principal].contains(viewer.member) || viewer.permissions.contains(.members) else {
            throw Refusal.notFound
        }
        _ = try await deed.run(.endActing(id, in: deed.area, at: deed.now))
        try await deed.record(
            .actingEnded, on: "member/\(acting.principal)", named: acting.principalName, before: acting.json)
    }
    return .done("/account/acting", says: Phrase("สิ้นสุดการรักษาการแทนแล้ว", en: "The acting has ended"))
}

/// From here on, until the day or until stopped, this session acts for the other.
func beginActing(_ context: Context) async throws -> Outcome {
    let id: Identifier<Acting> = try context.identifier("acting")
    let name = try await context.deed { deed in
        guard let viewer = deed.viewer, let session = viewer.session else { throw Refusal.signInFirst }
        let today = Day(inBangkok: deed.now)
        let own = try await deed.run(.actings(of: viewer.member, in: deed.area, on: today))
        guard let acting = own.first(where: { $0.id == id && $0.member == viewer.member && $0.firstDay <= today })
        else {
            throw Refusal.notFound
        }
        _ = try await deed.run(.setActing(id, in: session.id, of: deed.area))
        try await deed.record(.actingBegun, on: "member/\(acting.principal)", named: acting.principalName)
        return acting.principalName
    }
    return .done("/", says: Phrase("กำลังรักษาการแทน \(name)", en: "You act for \(name) now"))
}

func stopActing(_ context: Context) async throws -> Outcome {
    try await context.deed { deed in
        guard let viewer = deed.viewer, let session = viewer.session else { throw Refusal.signInFirst }
        _ = try await deed.run(.setActing(nil, in: session.id, of: deed.area))
    }
    return .done("/account/acting", says: Phrase("กลับเป็นตัวเองแล้ว", en: "You are yourself again"))
}
