import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// What waits for the person: each line is one click from doing it.
struct HomePage: Page {
    let visit: Visit
    let pending: [Member]
    let pendingCount: Int

    var title: Phrase { Phrase("สิ่งที่ต้องทำ", en: "To do") }

    func write(to html: HTML) {
        let day = Day(inBangkok: visit.now).inFull
        html.head(title, visit.digits(day) + Phrase(same: " · \(visit.viewer?.unitName ?? "")"))
        if visit.holds(.members), !pending.isEmpty {
            html.section(.className("panel flush")) {
                html.h2(.className("d-flex justify-content-between")) {
                    Phrase("รออนุมัติ", en: "Waiting for approval").write(to: html)
                    html.state(.wait, "pie", Phrase("\(pendingCount) คน", en: "\(pendingCount) people"))
                }
                html.ul(.className("tasks")) { for member in pending { item(html, member) } }
            }
        } else {
            html.none(
                "check", Phrase("วันนี้ไม่มีสิ่งที่ต้องทำ", en: "Nothing to do today"),
                Phrase("เมื่อมีงาน จะแสดงที่นี่เป็นอันดับแรก", en: "What comes will stand here first."))
        }
    }

    private func item(_ html: HTML, _ member: Member) {
        html.li {
            html.div(.className("date")) { html.icon("people") }
            html.div {
                html.p {
                    html.a(
                        .className("stretched-link text-decoration-none medium"),
                        .href(visit.link("/members") + "?status=pending#m\(member.id)"), text: member.name)
                }
                html.p(.className("small dim"), text: member.unitName)
            }
            html.span(.className("btn btn-quiet"), .hiddenFromReaders) {
                Phrase("พิจารณา", en: "Decide").write(to: html)
            }
        }
    }
}

func showHome(_ context: Context) async throws -> Outcome {
    let filter = MemberFilter(Fields(["status": "pending"]))
    let (visit, pending, counts) = try await context.page(
        .members(of: context.area.id, matching: filter), .memberCounts(of: context.area.id, matching: filter))
    let isManager = visit.holds(.members)
    return .page(
        HomePage(visit: visit, pending: isManager ? pending : [], pendingCount: counts.pending), visit,
        json: ["pending-members": JSON(isManager ? counts.pending : 0)])
}
