import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// What an administrator says who turns somebody down.
let requestRefusalFields = [
    FormField(
        "reason", Phrase("เหตุผล", en: "Reason"), .longText(limit: 400), required: true,
        hint: Phrase("ผู้ขอจะได้อ่าน", en: "Who asked will read it"))
]

func listRequests(_ context: Context) async throws -> Outcome {
    let state = context.request.query["state"].flatMap { AccountRequest.State(rawValue: $0) } ?? .open
    let area = context.area.id
    let (visit, requests, counts) = try await context.page(
        .accountRequests(of: area, state), .requestCounts(of: area))
    return .page(
        RequestsPage(visit: visit, state: state, requests: requests, counts: counts), visit,
        json: ["items": .array(requests.map(\.json))])
}

func showRequestForDecision(_ context: Context) async throws -> Outcome {
    let id: AccountRequestID = try context.identifier("request")
    let area = context.area.id
    let (visit, request, others, account, roles, units) = try await context.page(
        .accountRequest(id, in: area), .people(like: id, in: area), .claimedAccount(of: id, in: area),
        .roles(of: area), .openUnitChoices(of: area))
    guard let request else { throw Refusal.notFound }
    let page = RequestDecisionPage(
        visit: visit, request: request, citizen: context.masked(request), others: others, account: account,
        roles: roles, units: units)
    return .page(page, visit, json: request.json)
}

func showSignedCopy(_ context: Context) async throws -> Outcome {
    let (_, request) = try await context.page(.accountRequest(context.identifier("request"), in: context.area.id))
    guard let id = request?.signedFile else { throw Refusal.notFound }
    let (_, file) = try await context.page(.file(id, in: context.area.id))
    guard let file else { throw Refusal.notFound }
    return try await file.show(context)
}

func refuseRequest(_ context: Context) async throws -> Outcome {
    let id: AccountRequestID = try context.identifier("request")
    let draft = FormDraft(requestRefusalFields, context.form.fields)
    try draft.check()
    let name = try await context.deed { deed in
        let request = try await deed.find(.requestForUpdate(id, in: deed.area))
        try request.requireOpen()
        let decision = AccountRequest.Decision(at: deed.now, by: deed.viewer?.name ?? "", words: draft["reason"])
        _ = try await deed.run(
            RequestMail.decided(id, in: deed.area, at: deed.now), .close(id, as: .refused, decision, in: deed.area))
        try await deed.record(
            .requestRefused, on: "request/\(id)", named: request.name, after: ["reason": .text(draft["reason"])])
        return request.name
    }
    return .done("/members/requests", says: Phrase("ไม่อนุมัติ \(name) แล้ว", en: "\(name) is refused"))
}

/// A link to hand over to the director, where none of ours has an account or a mailbox.
func createEndorsementLink(_ context: Context) async throws -> Outcome {
    let id: AccountRequestID = try context.identifier("request")
    let made = try await context.deed { deed in
        let request = try await deed.find(.requestForUpdate(id, in: deed.area))
        try request.requireOpen()
        let link = try await deed.run(.insertLink(for: .endorsement, request: id, in: deed.area, at: deed.now))
        try await deed.record(.endorsementLinkMade, on: "request/\(id)", named: request.name)
        return (request: request, link: link)
    }
    let address = SecretAddress(.endorsement, made.link.rawValue, in: context.area.id, context.platform.key)
        .url(on: context.platform.baseURL, areaCode: context.area.code)
    let visit = try await context.page()
    return .page(LinkPage(visit: visit, request: made.request, address: address), visit)
}
