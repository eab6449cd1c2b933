import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

func showJoinForm(_ context: Context) async throws -> Outcome {
    let (visit, isOpen, units) = try await context.page(
        .takesRequests(context.area.id), .openUnitChoices(of: context.area.id))
    return isOpen
        ? .page(JoinFormPage(visit: visit, units: units), visit) : .page(JoiningClosedPage(visit: visit), visit)
}

/// Sent twice, by a nervous finger or after a lost answer, it is one request.
///
/// Whether the person has an account already is the administrator's to see, never the sender's: nobody learns here who
/// is a member.
func createJoinRequest(_ context: Context) async throws -> Outcome {
    let area = context.area.id
    let (_, isOpen, units) = try await context.page(.takesRequests(area), .openUnitChoices(of: area))
    guard isOpen else { throw Refusal.conflict(.joiningClosed) }
    try await context.refuseFlood("joining")
    let draft = try RequestDraft(joining: context.form.fields, units: units)
    let citizen = try draft.citizen.sealed(by: context.platform.key, in: area)
    if let known = try await sameRequest(as: draft, citizen, context) { return context.showing(known) }
    let password = try await PasswordHash.make(of: draft.password)
    let id = try await refusingTakenName {
        try await context.deed { deed in
            if try await deed.run(.isUsernameTaken(draft.username, in: area)) {
                throw Refusal.invalid("username", .takenUsername)
            }
            let id = try await deed.run(.insert(draft, password: password.text, citizen, in: area, at: deed.now))
            _ = try await deed.run(RequestMail.received(id, in: area, at: deed.now))
            try await deed.record(
                .joinRequested, on: "request/\(id)", named: draft.name, by: draft.name,
                after: ["unit": JSON(draft.unit.rawValue), "username": .text(draft.username)])
            return id
        }
    }
    return context.showing(id, says: Phrase("ส่งคำขอแล้ว", en: "Your request is sent"))
}

private func sameRequest(
    as draft: RequestDraft, _ citizen: SealedCitizenNumber, _ context: Context
) async throws -> AccountRequestID? {
    let (_, known) = try await context.page(.openJoinRequest(username: draft.username, in: context.area.id))
    guard let known, known.citizen?.hash == citizen.hash, let password = known.password,
        try await PasswordHash(password).matches(draft.password)
    else { return nil }
    return known.id
}

private func refusingTakenName<Result>(_ deed: () async throws -> Result) async throws -> Result {
    do {
        return try await deed()
    } catch let error as DatabaseError where error.constraint == "account_requests_username_once" {
        throw Refusal.invalid("username", .takenUsername)
    } catch let error as DatabaseError where error.constraint == "account_requests_unit" {
        throw Refusal.invalid("unit", Phrase("ไม่มีหน่วยงานนี้", en: "There is no such unit"))
    }
}

extension Phrase {
    static let joiningClosed = Phrase("เขตนี้ไม่รับลงทะเบียนทางหน้านี้", en: "This area takes no registrations here")
}

extension Query where Answer == Bool {
    fileprivate static func takesRequests(_ area: AreaID) -> Query {
        .one("SELECT takes_requests FROM area_settings WHERE area_id = \(area)") { try $0.next() }
    }
}
