import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// A queue with one item open. A script asks for the item alone.
func showDesk(_ context: Context) async throws -> Outcome {
    let parameters = context.request.parameters
    guard let scope = DeskScope(parameters["kind"], parameters["id"], parameters["round"]) else {
        throw Refusal.notFound
    }
    let key = context.request.query["item"].flatMap { DeskKey($0) }
    let (visit, desk) = try await desk(scope, open: key, context)
    guard context.isPart else {
        return .page(
            DeskPage(visit: visit, desk: desk), visit, json: ["items": .array(desk.queue.shown.map(\.json))])
    }
    return desk.part(visit)
}

/// A desk: the queue, and what of it is open.
struct Desk: Sendable {
    let queue: DeskQueue
    let item: DeskItem?
    let access: DeskAccess?
    var canned: [CannedComment] = []
    /// Under which areas' own pages lie.
    var baseURL = ""

    /// Whether this person's bureau, or the indicator office, has to do with what is open.
    var isOurs: Bool { access.map { $0.actor != .otherBureau } ?? false }

    /// What a script puts in its place: the item; and of the queue, the progress and what was decided.
    func part(_ visit: Visit, decided: DeskKey? = nil, headers: Headers = Headers()) -> Outcome {
        .part(of: visit, headers: headers) { html in
            ItemPanel(visit: visit, desk: self).write(to: html)
            guard let decided, let line = queue.lines.first(where: { $0.key == decided }) else { return }
            let panel = QueuePanel(visit: visit, queue: queue)
            panel.progress(html, isPart: true)
            panel.line(html, line, isPart: true)
        }
    }
}

/// What this person may do with an item.
struct DeskAccess: Sendable {
    let actor: ResultActor

    /// By the bureau's own people; by the indicator office once the bureau has let its time go by.
    init(_ viewer: Viewer?, _ national: NationalResult) {
        let isOfBureau = viewer?.unit == national.national.bureau && viewer?.permissions.contains(.certify) == true
        let isOffice = viewer?.permissions.contains(.publish) == true
        let isEscalated = national.result.escalatedAt != nil
        actor = isOffice && (isEscalated || !isOfBureau) ? .office : isOfBureau ? .bureau : .otherBureau
    }

    func may(_ step: ResultStep, _ national: NationalResult, at now: Instant) -> Bool {
        guard let terms = national.terms else { return false }
        return (try? step.outcome(from: national.result.state, by: actor, terms, at: now)) != nil
    }
}

/// The queue with what is open in it: of none that is named, the first that the filter shows.
func desk(_ scope: DeskScope, open key: DeskKey?, _ context: Context) async throws -> (Visit, Desk) {
    try await desk(scope, likely: key, context) { visit, lines in
        DeskQueue(scope, lines, showing: DeskView(context), open: key, to: visit.viewer)
    }
}

/// The same, where `opening` says what is open once the queue is known; what that will likely be is asked for in the same
/// trip.
func desk(
    _ scope: DeskScope, likely: DeskKey?, _ context: Context, opening: (Visit, [QueueLine]) -> DeskQueue
) async throws -> (Visit, Desk) {
    guard let likely else {
        let (visit, lines) = try await context.centralPage(of: .queue(scope))
        let queue = opening(visit, lines)
        return (visit, try await desk(queue, context))
    }
    let (visit, canned, (lines, named, submissions, decisions, beside, messages, central, certificate)) =
        try await context.centralPage(
            own: .cannedComments(in: context.area.id),
            submitted: .queue(scope), .deskResult(likely), .submissions(of: likely.result, in: likely.area),
            .decisions(of: likely.result, in: likely.area), .beside(likely),
            .messages(about: likely.result, in: likely.area), .centralValues(for: likely.result, in: likely.area),
            .certificate(of: likely.result, in: likely.area))
    let queue = opening(visit, lines)
    guard queue.open?.key == likely, let named else { return (visit, try await desk(queue, context)) }
    let item = DeskItem(
        areaName: named.areaName, national: named.national, submissions: submissions, decisions: decisions,
        beside: beside, messages: messages, central: central, certificate: certificate)
    return (visit, Desk(queue, item, canned, visit, context))
}

/// The rest of what a page needs, once it is known what is open.
private func desk(_ queue: DeskQueue, _ context: Context) async throws -> Desk {
    guard let key = queue.open?.key else { return Desk(queue: queue, item: nil, access: nil) }
    let (visit, canned, (named, submissions, decisions, beside, messages, central, certificate)) =
        try await context.centralPage(
            own: .cannedComments(in: context.area.id),
            submitted: .deskResult(key), .submissions(of: key.result, in: key.area),
            .decisions(of: key.result, in: key.area), .beside(key), .messages(about: key.result, in: key.area),
            .centralValues(for: key.result, in: key.area), .certificate(of: key.result, in: key.area))
    guard let named else { throw Refusal.notFound }
    let item = DeskItem(
        areaName: named.areaName, national: named.national, submissions: submissions, decisions: decisions,
        beside: beside, messages: messages, central: central, certificate: certificate)
    return Desk(queue, item, canned, visit, context)
}

extension Desk {
    fileprivate init(
        _ queue: DeskQueue, _ item: DeskItem, _ canned: [CannedComment], _ visit: Visit, _ context: Context
    ) {
        self.init(
            queue: queue, item: item, access: DeskAccess(visit.viewer, item.national), canned: canned,
            baseURL: context.platform.baseURL)
    }
}

/// A file that was sent with a result: shown beside it, or downloaded.
func openSubmittedFile(_ context: Context) async throws -> Outcome {
    let key = try deskKey(context)
    let id: FileID = try context.identifier("file")
    let (_, submissions, messages, file) = try await context.centralPage(
        of: .submissions(of: key.result, in: key.area), .messages(about: key.result, in: key.area),
        .file(id, in: key.area))
    let known = submissions.flatMap { $0.evidence.map(\.file) } + messages.compactMap { $0.file?.id }
    guard let file, known.contains(id) else { throw Refusal.notFound }
    return context.request.query["show"] == nil ? try await file.download(context) : try await file.show(context)
}

func deskKey(_ context: Context) throws(Refusal) -> DeskKey {
    guard let key = context.request.parameters["item"].flatMap({ DeskKey($0) }) else { throw .notFound }
    return key
}
