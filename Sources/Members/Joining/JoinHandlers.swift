import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// From one place, within a quarter of an hour: a whole school may register in its computer room.
private let mostFromOnePlace = 60

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
    try await context.refuseFlood("joining", upTo: mostFromOnePlace)
    let draft = try JoinDraft(checking: context.form.fields, units: units)
    let citizen = try draft.citizen.sealed(by: context.platform.key, in: area)
    if let known = try await sameRequest(as: draft, citizen, context) { return context.showing(known) }
    let password = try await PasswordHash.make(of: draft.password)
    let id = try await refusingTakenName {
        try await context.deed { deed in
            if try await deed.run(.isUsernameTaken(draft.username, in: area)) {
                throw Refusal.invalid("username", .takenUsername)
            }
            let id = try await deed.run(.insert(draft, password: password.text, citizen, in: area, at: deed.now))
            _ = try await deed.run(JoiningMail.received(id, in: area, at: deed.now))
            try await deed.record(
                .joinRequested, on: "join-request/\(id)", named: draft.name, by: draft.name,
                after: ["unit": JSON(draft.unit.rawValue), "username": .text(draft.username)])
            return id
        }
    }
    return context.showing(id, says: Phrase("ส่งคำขอแล้ว", en: "Your request is sent"))
}

private func sameRequest(
    as draft: JoinDraft, _ citizen: SealedCitizenNumber, _ context: Context
) async throws -> JoinRequestID? {
    let (_, known) = try await context.page(.openJoinRequest(username: draft.username, in: context.area.id))
    guard let known, known.citizen?.hash == citizen.hash, let password = known.password,
        try await PasswordHash(password).matches(draft.password)
    else { return nil }
    return known.id
}

private func refusingTakenName<Result>(_ deed: () async throws -> Result) async throws -> Result {
    do {
        return try await deed()
    } catch let error as DatabaseError where error.constraint == "join_requests_username_once" {
        throw Refusal.invalid("username", .takenUsername)
    } catch let error as DatabaseError where error.constraint == "join_requests_unit" {
        throw Refusal.invalid("unit", Phrase("ไม่มีหน่วยงานนี้", en: "There is no such unit"))
    }
}

/// What the person who asked sees of it, by the link that only they have.
func showJoinRequest(_ context: Context) async throws -> Outcome {
    let (visit, request) = try await context.page(.joinRequest(context.ownRequest(), in: context.area.id))
    guard let request else { throw Refusal.notFound }
    let page = JoinRequestPage(
        visit: visit, request: request, address: context.address(of: request.id),
        citizen: request.citizen?.opened(by: context.platform.key, in: context.area.id)?.masked ?? "")
    return .page(page, visit)
}

/// The request form, filled in, to be signed on paper.
func showJoinPaper(_ context: Context) async throws -> Outcome {
    let (visit, request) = try await context.page(.joinRequest(context.ownRequest(), in: context.area.id))
    guard let request, request.state == .open,
        let citizen = request.citizen?.opened(by: context.platform.key, in: context.area.id)
    else { throw Refusal.notFound }
    let paper = JoinPaper(request: request, citizen: citizen, area: visit.area, phone: visit.look.phone)
    return try await context.paper(paper.facts, named: "request-\(request.id)") { paper.write(to: $0) }
}

/// The paper with the director's signature, photographed or scanned.
func saveSignedCopy(_ context: Context) async throws -> Outcome {
    let id = try context.ownRequest()
    guard let upload = context.form.files["file"] else {
        throw Refusal.invalid("file", Phrase("เลือกไฟล์ที่ลงนามแล้ว", en: "Choose the signed copy"))
    }
    try await context.refuseFlood("signed copy", upTo: mostFromOnePlace)
    let (_, known) = try await context.page(.joinRequest(id, in: context.area.id))
    try known.requireOpen()
    let file = try await KeptFile(upload, sentAs: "file", upTo: signedCopyLimit, by: context.platform)
    try await context.deed { deed in
        let request = try await deed.find(.joinRequestForUpdate(id, in: deed.area))
        try Optional(request).requireOpen()
        let fileID = try await deed.run(.insert(file, in: deed.area, by: nil, at: deed.now))
        _ = try await deed.run(.saveSignedCopy(fileID, of: id, in: deed.area))
        try await deed.record(
            .joinSigned, on: "join-request/\(id)", named: request.name, by: request.name,
            after: ["file": .text(file.name), "sha256": .text(file.digest.hexadecimal)])
        deed.takeSpace(for: file)
    }
    return context.showing(id, says: Phrase("รับสำเนาที่ลงนามแล้ว", en: "The signed copy has arrived"))
}

let signedCopyLimit = 10_000_000

func withdrawJoinRequest(_ context: Context) async throws -> Outcome {
    let id = try context.ownRequest()
    try await context.deed { deed in
        let request = try await deed.find(.joinRequestForUpdate(id, in: deed.area))
        try Optional(request).requireOpen()
        let decision = JoinRequest.Decision(at: deed.now, by: request.name, words: "")
        _ = try await deed.run(.close(id, as: .withdrawn, decision, in: deed.area))
        try await deed.record(.joinWithdrawn, on: "join-request/\(id)", named: request.name, by: request.name)
    }
    return context.showing(id, says: Phrase("ถอนคำขอแล้ว", en: "Your request is withdrawn"))
}

extension Optional<JoinRequest> {
    /// What is decided stays so; the page says what came of it.
    func requireOpen() throws(Refusal) {
        guard let self else { throw .notFound }
        guard self.state == .open else {
            throw .conflict(
                Phrase("คำขอนี้พิจารณาแล้ว: ", en: "This request is decided: ") + self.state.phrase)
        }
    }
}

extension Context {
    /// The request whose secret link was asked for.
    fileprivate func ownRequest() throws(Refusal) -> JoinRequestID {
        guard
            let id: JoinRequestID = SecretLink.id(
                .request, of: request.parameters["request"], in: area.id, platform.key)
        else { throw .notFound }
        return id
    }

    fileprivate func address(of request: JoinRequestID) -> String {
        "/join/" + SecretLink(.request, request.rawValue, in: area.id, platform.key).text
    }

    fileprivate func showing(_ request: JoinRequestID, says: Phrase? = nil) -> Outcome {
        .done(address(of: request), says: says)
    }

    /// Counts what comes from one place, so that nobody fills an area with what isn't meant.
    func refuseFlood(_ kind: String, upTo most: Int) async throws {
        let key = platform.key.derived(for: "flood").code(of: "\(kind) \(request.peer)")
        let attempts = try await platform.database.transaction(in: area.id.rawValue) {
            try await $0.run(.countAttempt(key, in: area.id, at: now))
        }
        guard attempts.count > most else { return }
        throw Refusal.tooMany(
            Phrase("ส่งมาหลายครั้งเกินไป รอ 15 นาทีแล้วลองใหม่", en: "Too many at once. Wait 15 minutes and try again."))
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
