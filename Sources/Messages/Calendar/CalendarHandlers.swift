import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

/// For calendar programs, which can't sign in: the address itself is the key. It can be changed, and then the old one
/// is not found.
func showCalendar(_ context: Context) async throws -> Outcome {
    let area = context.area
    guard let text = context.request.parameters["key"],
        let key = CalendarKey(text, in: area.id, signedWith: context.platform.key)
    else { throw Refusal.notFound }
    let choices = try await context.page(.choices(of: key.member, in: area.id)).1
    guard choices.calendar == key.number else { throw Refusal.notFound }
    let sources = context.platform.registry.calendar.map { $0(context) }
    let (_, answers) = try await context.page(asking: [.seeing(as: key.member, in: area.id)] + sources)
    let calendar = Calendar(
        name: area.shortName, events: answers.flatMap(\.self), language: context.language,
        address: context.platform.baseURL + context.prefix, now: context.now)
    return .response(
        Response(
            200,
            headers: [
                "content-type": "text/calendar; charset=utf-8", "cache-control": "private, max-age=3600",
                "content-disposition": "inline; filename=\"rabrong.ics\"",
            ], body: .bytes(ByteBuffer(calendar.text))))
}
