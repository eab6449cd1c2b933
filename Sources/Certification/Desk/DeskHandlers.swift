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

    /// What a script puts in its place: the item, and the queue beside it.
    func part(_ visit: Visit, headers: Headers = Headers()) -> Outcome {
        .part(of: visit, headers: headers) { html in
            ItemPanel(visit: visit, desk: self).write(to: html)
            QueuePanel(visit: visit, queue: queue).write(to: html, isPart: true)
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

/// The queue first; what is open then, as it may be the first that waits.
func desk(_ scope: DeskScope, open key: DeskKey?, _ context: Context) async throws -> (Visit, Desk) {
    let filter = context.request.query["show"].flatMap { DeskQueue.Filter(rawValue: $0) } ?? .waiting
    guard let key else {
        let (visit, lines) = try await context.centralPage(of: .queue(scope))
        let queue = DeskQueue(scope, lines, showing: filter, open: nil, to: visit.viewer)
        guard let first = queue.open else { return (visit, Desk(queue: queue, item: nil, access: nil)) }
        return try await desk(scope, open: first.key, context)
    }
    let (visit, canned, (lines, named, submissions, decisions, beside, messages)) = try await context.centralPage(
        own: .cannedComments(in: context.area.id),
        submitted: .queue(scope), .deskResult(key), .submissions(of: key.result, in: key.area),
        .decisions(of: key.result, in: key.area), .beside(key), .messages(about: key.result, in: key.area))
    guard let named else { throw Refusal.notFound }
    let item = DeskItem(
        areaName: named.areaName, national: named.national, submissions: submissions, decisions: decisions,
        beside: beside, messages: messages)
    let queue = DeskQueue(scope, lines, showing: filter, open: key, to: visit.viewer)
    return (
        visit, Desk(queue: queue, item: item, access: DeskAccess(visit.viewer, named.national), canned: canned)
    )
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
