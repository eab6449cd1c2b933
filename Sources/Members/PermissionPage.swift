import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// Why somebody holds a flag: the last entry of the record that gave it.
struct Grant: Sendable {
    var member: MemberID
    var at: Instant
    var by: String
    var role: String?
}

extension Query where Answer == [Grant] {
    static func grants(of permission: String, in area: AreaID) -> Query {
        .all(
            """
            SELECT DISTINCT ON (subject) split_part(subject, '/', 2)::bigint, happened_at, actor_name, after ->> 'role'
            FROM journal
            WHERE area_id = \(area) AND subject LIKE 'member/%'
                AND (action = \(Action.flagGranted.name) AND after ? \(permission)
                    OR action = \(Action.roleApplied.name) AND after -> 'flags' ? \(permission)
                        AND NOT before -> 'flags' ? \(permission))
            ORDER BY subject, number DESC
            """
        ) { Grant(member: try $0.next(), at: try $0.next(), by: try $0.next(), role: try $0.nextIfAny()) }
    }
}

/// Somebody acting for a holder has the flag too, for as long.
struct ActingHolder: Sendable {
    var member: MemberID
    var name: String
    var principalName: String
    var lastDay: Day
}

extension Query where Answer == [ActingHolder] {
    static func actingHolders(of permission: String, in area: AreaID, on day: Day) -> Query {
        .all(
            """
            SELECT m.id, m.title || m.first_name || ' ' || m.last_name, p.title || p.first_name || ' ' || p.last_name,
                t.last_day
            FROM actings t
            JOIN members m ON m.area_id = t.area_id AND m.id = t.member_id
            JOIN members p ON p.area_id = t.area_id AND p.id = t.principal_id
            WHERE t.area_id = \(area) AND t.ended_at IS NULL AND \(day)::date BETWEEN t.first_day AND t.last_day
                AND \(permission) = ANY (p.flags) AND m.status = 'enabled' AND p.status = 'enabled'
            ORDER BY m.first_name, m.last_name
            """
        ) {
            ActingHolder(
                member: try $0.next(), name: try $0.next(), principalName: try $0.next(), lastDay: try $0.next())
        }
    }
}

func showPermission(_ context: Context) async throws -> Outcome {
    guard let permission = Permission.named(context.request.parameters["flag"] ?? "", in: context.area) else {
        throw Refusal.notFound
    }
    let area = context.area.id
    let (visit, holders, grants, actings) = try await context.page(
        .holders(of: permission.name, in: area), .grants(of: permission.name, in: area),
        .actingHolders(of: permission.name, in: area, on: Day(inBangkok: context.now)))
    let routes = context.platform.registry.routes.entries.filter { $0.access.permissions.contains(permission) }
    let page = PermissionPage(
        visit: visit, permission: permission, holders: holders,
        grants: Dictionary(grants.map { ($0.member, $0) }, uniquingKeysWith: { first, _ in first }), actings: actings,
        opens: routes.filter { $0.method == .get || $0.api != nil }.map(\.title))
    return .page(page, visit, json: ["items": .array(holders.map(\.json))])
}

/// Who may do this, and why; and what it opens.
struct PermissionPage: Page {
    let visit: Visit
    let permission: Permission
    let holders: [Member]
    let grants: [MemberID: Grant]
    let actings: [ActingHolder]
    /// From the route table itself, so that it is never out of date.
    let opens: [Phrase]

    var title: Phrase { Phrase("ใครมีสิทธิ์ \(permission.name)", en: "Who holds \(permission.name)") }

    func write(to html: HTML) {
        html.head(title, permission.meaning) {
            html.action(visit.link("/members"), Phrase("ตารางสิทธิ์", en: "Permission table"), icon: "people")
        }
        html.div(.className("split aside")) {
            html.div { list(html) }
            html.section(.className("panel")) {
                html.h2(text: Phrase("สิทธิ์นี้ใช้ทำ", en: "This flag opens"))
                html.ul(.className("mb-0")) {
                    for phrase in opens { html.li(text: phrase) }
                    if opens.isEmpty {
                        html.li(
                            .className("dim"),
                            text: Phrase("งานของส่วนที่ยังไม่เปิดใช้", en: "Work of rooms that are not open yet"))
                    }
                }
            }
        }
    }

    private func list(_ html: HTML) {
        if holders.isEmpty && actings.isEmpty {
            html.none(
                "key", Phrase("ยังไม่มีใครมีสิทธิ์นี้", en: "Nobody holds this flag yet"),
                Phrase("ให้ได้ในตารางสิทธิ์", en: "Give it in the permission table."))
        }
        html.section(.className("panel flush")) {
            html.ul(.className("tasks")) {
                for holder in holders { item(html, holder) }
                for acting in actings {
                    entry(html, acting.member, acting.name, icon: "acting") {
                        (Phrase(
                            "รักษาการแทน \(acting.principalName) ถึง ", en: "Acts for \(acting.principalName) until ")
                            + acting.lastDay.inShort).write(to: html)
                    }
                }
            }
        }
    }

    private func item(_ html: HTML, _ holder: Member) {
        entry(html, holder.id, holder.name, icon: holder.status == .enabled ? "check" : "pause") {
            html.text(holder.unitName + " · ")
            if holder.status != .enabled {
                holder.status.phrase.write(to: html)
                html.text(" · ")
            }
            guard let grant = grants[holder.id] else {
                Phrase("มีมาตั้งแต่สร้างบัญชี", en: "Since the account was made").write(to: html)
                return
            }
            let means =
                grant.role.map { Phrase("จากบทบาท \($0) โดย ", en: "through the role \($0) by ") }
                ?? Phrase("ให้โดย ", en: "given by ")
            (means + Phrase(same: grant.by + " ") + grant.at.inShort).write(to: html)
        }
    }

    private func entry(_ html: HTML, _ id: MemberID, _ name: String, icon: String, _ why: () -> Void) {
        html.li {
            html.div(.className("date")) { html.icon(icon) }
            html.div {
                html.p {
                    html.a(.className("text-decoration-none medium"), .href(visit.link("/members/\(id)")), text: name)
                }
                html.p(.className("small dim"), content: why)
            }
        }
    }
}
