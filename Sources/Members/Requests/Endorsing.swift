import HTML
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets

/// What a director answers. One who is signed in is known already.
enum EndorsementForm {
    private static let positions: [FormField.Choice] = [
        .init("director", Phrase("ผู้อำนวยการ", en: "Director")),
        .init("deputy", Phrase("รองผู้อำนวยการ", en: "Deputy director")),
        .init("acting", Phrase("รักษาการในตำแหน่งผู้อำนวยการ", en: "Acting director")),
    ]
    static let signer = [
        FormField("name", Phrase("ชื่อและนามสกุลของท่าน", en: "Your name"), .text(limit: 160), required: true),
        FormField("position", Phrase("ตำแหน่ง", en: "Your position"), .choice(positions), required: true),
    ]
    static let answer = [
        FormField(
            "words", Phrase("เหตุผลถ้าไม่รับรอง", en: "Why not, if you don't endorse"), .longText(limit: 400))
    ]
    /// Which button was pressed.
    static let choice = FormField(
        "answer", Phrase("คำตอบ", en: "Answer"),
        .choice([
            .init("yes", Phrase("รับรอง", en: "Endorse")), .init("no", Phrase("ไม่รับรอง", en: "Don't endorse")),
        ]), required: true)

    static func endorsement(
        of fields: [FormField], _ context: Context, by viewer: Viewer?
    ) throws(Refusal) -> AccountRequest.Endorsement {
        var draft = FormDraft(fields + [choice], context.form.fields)
        let isFor = draft["answer"] == "yes"
        if draft["answer"] == "no", draft["words"].isEmpty {
            draft.refuse("words", Phrase("บอกเหตุผล ให้ผู้ดูแลระบบทราบ", en: "Say why; the administrator will read it"))
        }
        try draft.check()
        let position = viewer?.position ?? positions.first { $0.value == draft["position"] }?.label.thai ?? ""
        return AccountRequest.Endorsement(
            isFor: isFor, at: context.now, name: viewer?.name ?? draft["name"], position: position,
            words: isFor ? "" : draft["words"])
    }
}

func showEndorsementByLink(_ context: Context) async throws -> Outcome {
    let (_, link) = try await context.page(
        .link(try context.link(.endorsement), for: .endorsement, in: context.area.id))
    guard let link, let id = link.request else { throw Refusal.notFound }
    let (visit, request) = try await context.page(.accountRequest(id, in: context.area.id))
    guard let request else { throw Refusal.notFound }
    let page = EndorsementPage(
        visit: visit, request: request, citizen: context.masked(request), path: context.path,
        fields: EndorsementForm.signer + EndorsementForm.answer, isOver: link.isOver(at: context.now))
    return .page(page, visit)
}

/// By a link that was mailed to them, or handed over, the director of a unit endorses one request, once.
func endorseByLink(_ context: Context) async throws -> Outcome {
    let id: Identifier<SecretLink> = try context.link(.endorsement)
    let endorsement = try EndorsementForm.endorsement(
        of: EndorsementForm.signer + EndorsementForm.answer, context, by: nil)
    try await context.deed { deed in
        let link = try await deed.find(.link(id, for: .endorsement, in: deed.area, locked: true))
        guard let request = link.request, !link.isOver(at: deed.now) else { throw Refusal.conflict(.linkIsOver) }
        _ = try await deed.run(.useLink(id, in: deed.area, at: deed.now))
        try await endorse(request, endorsement, by: nil, deed)
    }
    return .done(context.path, says: Phrase("บันทึกคำตอบแล้ว", en: "Your answer is recorded"))
}

func showEndorsement(_ context: Context) async throws -> Outcome {
    let (visit, request) = try await context.page(
        .accountRequest(context.identifier("request"), in: context.area.id))
    guard let request, request.unit == visit.viewer?.unit else { throw Refusal.notFound }
    let page = EndorsementPage(
        visit: visit, request: request, citizen: context.masked(request), path: context.path,
        fields: EndorsementForm.answer, isOver: false)
    return .page(page, visit, json: request.json)
}

func createEndorsement(_ context: Context) async throws -> Outcome {
    let id: AccountRequestID = try context.identifier("request")
    try await context.deed { deed in
        let endorsement = try EndorsementForm.endorsement(of: EndorsementForm.answer, context, by: deed.viewer)
        try await endorse(id, endorsement, by: deed.viewer, deed)
    }
    return .done("/", says: Phrase("บันทึกคำตอบแล้ว", en: "Your answer is recorded"))
}

private func endorse(
    _ id: AccountRequestID, _ endorsement: AccountRequest.Endorsement, by viewer: Viewer?, _ deed: Deed
) async throws {
    let request = try await deed.find(.requestForUpdate(id, in: deed.area))
    if let viewer, viewer.unit != request.unit { throw Refusal.notFound }
    try request.requireOpen()
    if let given = request.endorsement {
        throw Refusal.conflict(
            Phrase("\(given.name) ตอบไปแล้ว", en: "\(given.name) has answered already"))
    }
    _ = try await deed.run(.saveEndorsement(endorsement, by: viewer?.member, of: id, in: deed.area))
    try await deed.record(
        endorsement.isFor ? .requestEndorsed : .requestNotEndorsed, on: "request/\(id)", named: request.name,
        by: endorsement.name,
        after: ["position": .text(endorsement.position), "reason": .text(endorsement.words)])
}

extension Phrase {
    static let linkIsOver = Phrase(
        "ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ ขอลิงก์ใหม่จากผู้ดูแลระบบของเขต",
        en: "This link was used already, or is too old. Ask the area's administrator for another.")
}

extension Context {
    /// The citizen number of a request, as far as it is shown.
    func masked(_ request: AccountRequest) -> String {
        request.citizen?.opened(by: platform.key, in: area.id)?.masked ?? ""
    }
}
