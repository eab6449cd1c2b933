import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

func listNotices(_ context: Context) async throws -> Outcome {
    let (visit, notices) = try await context.page(.notices(in: context.area.id))
    return .page(
        NoticesPage(visit: visit, notices: notices, registry: context.platform.registry), visit,
        json: ["items": .array(notices.map(\.json))])
}

/// Goes to what the notice tells of, which is read thereby.
func openNotice(_ context: Context) async throws -> Outcome {
    let id: NoticeID = try context.identifier("notice")
    let path = try await context.deed { deed in
        guard let notice = try await deed.run(.notices(in: deed.area)).first(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        _ = try await deed.run(.read(id, in: deed.area, at: deed.now))
        return notice.path
    }
    return .done(path)
}

func readAllNotices(_ context: Context) async throws -> Outcome {
    try await context.deed { deed in _ = try await deed.run(.read(nil, in: deed.area, at: deed.now)) }
    return .done("/notices", says: Phrase("อ่านแล้วทั้งหมด", en: "All are read"))
}

/// The bell by itself, for a page that has been told of news.
func showBell(_ context: Context) async throws -> Outcome {
    let visit = try await context.page() as Visit
    return .part(of: visit) { $0.bell(visit.viewer?.unread ?? 0, visit) }
}

/// Open as long as the page is.
func streamNotices(_ context: Context) async throws -> Outcome {
    let visit = try await context.page() as Visit
    guard let viewer = visit.viewer else { throw Refusal.signInFirst }
    return .response(
        Response(
            200,
            headers: [
                "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no",
            ], body: .stream(context.platform.bells.open(for: viewer))))
}

/// What has happened to things of theirs, the latest first.
struct NoticesPage: NarrowPage {
    let visit: Visit
    let notices: [Notice]
    let registry: Registry

    var title: Phrase { Phrase("แจ้งเตือน", en: "Notices") }

    func write(to html: HTML) {
        let unread = notices.count { !$0.isRead }
        html.head(title, Phrase("ยังไม่อ่าน \(visit.number(unread)) เรื่อง", en: "\(visit.number(unread)) unread")) {
            if unread > 0 {
                html.deedButton("/notices/reading", Phrase("อ่านแล้วทั้งหมด", en: "All are read"), icon: "check", visit)
            }
        }
        guard !notices.isEmpty else {
            return html.none(
                "bell", Phrase("ยังไม่มีแจ้งเตือน", en: "No notices yet"),
                Phrase("เมื่อมีผู้ทำสิ่งใดกับรายงานของท่าน จะแสดงที่นี่", en: "What others do to your reports will stand here."))
        }
        html.section(.className("panel flush")) {
            html.ul(.className("tasks")) { for notice in notices { item(html, notice) } }
        }
    }

    private func item(_ html: HTML, _ notice: Notice) {
        html.li {
            html.div(.className("date")) { html.icon(notice.isRead ? "check" : "dot") }
            html.div {
                html.p(.className("medium").when(!notice.isRead), text: notice.subjectName)
                html.p(.className("small")) {
                    if !notice.isRead { html.state(.new, "dot", Phrase("ใหม่", en: "New")) }
                    html.text(" ")
                    html.b(
                        text: registry.action(notice.action)
                            + Phrase(same: notice.detail.isEmpty ? "" : " \(notice.detail)"))
                    html.text(" ")
                    html.span(.className("dim"), text: "\(notice.who) · ")
                    html.span(.className("dim keep"), text: visit.digits(notice.happenedAt.inShort))
                }
            }
            html.form(to: "/notices/\(notice.id)/reading", visit) {
                html.button(
                    .className("btn btn-quiet"), .label(Phrase("เปิด ", en: "Open ") + Phrase(same: notice.subjectName)),
                    text: Phrase("เปิดดู", en: "Open"))
            }
        }
    }
}
