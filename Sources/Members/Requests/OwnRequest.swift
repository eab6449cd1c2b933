import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime
import Secrets

/// What the person who asked sees of it, by the link that only they have.
func showOwnRequest(_ context: Context) async throws -> Outcome {
    let (visit, request) = try await context.page(.accountRequest(context.ownRequest(), in: context.area.id))
    guard let request else { throw Refusal.notFound }
    let page = OwnRequestPage(
        visit: visit, request: request, address: context.address(of: request.id),
        citizen: request.citizen?.opened(by: context.platform.key, in: context.area.id)?.masked ?? "")
    return .page(page, visit)
}

/// The request form, filled in, to be signed on paper.
func showRequestPaper(_ context: Context) async throws -> Outcome {
    let (visit, request) = try await context.page(.accountRequest(context.ownRequest(), in: context.area.id))
    guard let request, request.state == .open,
        let citizen = request.citizen?.opened(by: context.platform.key, in: context.area.id)
    else { throw Refusal.notFound }
    let paper = RequestPaper(request: request, citizen: citizen, area: visit.area, phone: visit.look.phone)
    return try await context.paper(paper.facts, named: "request-\(request.id)") { paper.write(to: $0) }
}

/// The paper with the director's signature, photographed or scanned.
func saveSignedCopy(_ context: Context) async throws -> Outcome {
    let id = try context.ownRequest()
    guard let upload = context.form.files["file"] else {
        throw Refusal.invalid("file", Phrase("เลือกไฟล์ที่ลงนามแล้ว", en: "Choose the signed copy"))
    }
    try await context.refuseFlood("signed copy")
    let (_, known) = try await context.page(.accountRequest(id, in: context.area.id))
    guard let known else { throw Refusal.notFound }
    try known.requireOpen()
    let file = try await KeptFile(upload, sentAs: "file", upTo: signedCopyLimit, by: context.platform)
    try await context.deed { deed in
        let request = try await deed.find(.requestForUpdate(id, in: deed.area))
        try request.requireOpen()
        let fileID = try await deed.run(.insert(file, in: deed.area, by: nil, at: deed.now))
        _ = try await deed.run(.saveSignedCopy(fileID, of: id, in: deed.area))
        try await deed.record(
            .requestSigned, on: "request/\(id)", named: request.name, by: request.name,
            after: ["file": .text(file.name), "sha256": .text(file.digest.hexadecimal)])
        deed.takeSpace(for: file)
    }
    return context.showing(id, says: Phrase("รับสำเนาที่ลงนามแล้ว", en: "The signed copy has arrived"))
}

let signedCopyLimit = 10_000_000

func withdrawRequest(_ context: Context) async throws -> Outcome {
    let id = try context.ownRequest()
    try await context.deed { deed in
        let request = try await deed.find(.requestForUpdate(id, in: deed.area))
        try request.requireOpen()
        let decision = AccountRequest.Decision(at: deed.now, by: request.name, words: "")
        _ = try await deed.run(.close(id, as: .withdrawn, decision, in: deed.area))
        try await deed.record(.requestWithdrawn, on: "request/\(id)", named: request.name, by: request.name)
    }
    return context.showing(id, says: Phrase("ถอนคำขอแล้ว", en: "Your request is withdrawn"))
}

extension Context {
    /// The request whose secret link was asked for.
    fileprivate func ownRequest() throws(Refusal) -> AccountRequestID {
        try link(.request, at: "request")
    }

    func address(of request: AccountRequestID) -> String {
        SecretAddress(.request, request.rawValue, in: area.id, platform.key).path
    }

    func showing(_ request: AccountRequestID, says: Phrase? = nil) -> Outcome {
        .done(address(of: request), says: says)
    }

    /// Counts what comes from one place within a quarter of an hour, so that nobody fills an area with what isn't meant. A
    /// whole school may register in its computer room.
    func refuseFlood(_ kind: String, upTo most: Int = 60) async throws {
        let key = platform.key.derived(for: "flood").code(of: "\(kind) \(request.peer)")
        let attempts = try await platform.database.transaction(in: area.id.rawValue) {
            try await $0.run(.countAttempt(key, in: area.id, at: now))
        }
        guard attempts.count > most else { return }
        throw Refusal.tooMany(
            Phrase("ส่งมาหลายครั้งเกินไป รอ 15 นาทีแล้วลองใหม่", en: "Too many at once. Wait 15 minutes and try again."))
    }
}
