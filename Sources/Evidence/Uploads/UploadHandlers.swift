import Files
import HTML
import HTTP
import Kernel
import Postgres
import Runtime

let pieceFields: [FormField] = [
    FormField("start", Phrase("เริ่มที่ไบต์", en: "First byte"), .number(0...Int.max), required: true),
    FormField("length", Phrase("ขนาดทั้งไฟล์", en: "Size of the whole"), .number(1...Int.max), required: true),
    FormField("piece", Phrase("ส่วนของไฟล์", en: "Piece"), .file(limit: Upload.pieceLimit)),
]

let arrivedSchema = APISchema.object([("received", .number)])

/// How much of the file is here: a sender whose line dropped goes on from there.
func showUpload(_ context: Context) async throws -> Outcome {
    let upload = try upload(of: context)
    // The sender was found out with the first trip; what is here is theirs alone.
    let visit: Visit = try await context.page()
    guard let member = visit.viewer?.member else { throw Refusal.signInFirst }
    let (_, arrived) = try await context.page(.arrived(upload, by: member, in: context.area.id))
    return .arrived(arrived.ofUpload)
}

/// The next piece. One that is here already, or comes before its turn, changes nothing.
func takePiece(_ context: Context) async throws -> Outcome {
    let upload = try upload(of: context)
    let draft = FormDraft(pieceFields, context.form.fields)
    try draft.check()
    let (start, length) = (draft.number("start"), draft.number("length"))
    guard length <= EvidenceItem.sizeLimit else {
        throw KeptFile.tooLarge(length, for: "piece", EvidenceItem.sizeLimit)
    }
    guard let piece = context.form.files["piece"], (1...Upload.pieceLimit).contains(piece.size),
        start <= length - piece.size
    else { throw Refusal.invalid("piece", Phrase("ส่วนของไฟล์ไม่ถูกต้อง", en: "This can't be a piece of it")) }
    guard let sender = context.sender?.member else { throw Refusal.signInFirst }
    // Before any byte is kept: what is not wanted now must not fill the disk.
    let (_, here) = try await context.page(.arrived(upload, by: sender, in: context.area.id))
    guard start == here.ofUpload else { return .arrived(here.ofUpload) }
    try refuse(piece.size, besides: here)
    let digest = try await context.platform.files.keep(piece.path)
    return try await context.deed { deed in
        guard let member = deed.viewer?.member else { throw Refusal.signInFirst }
        let known = try await deed.run(.arrived(upload, by: member, in: deed.area))
        guard start == known.ofUpload else { return .arrived(known.ofUpload) }
        let (_, arrived) = try await deed.run(
            .keepPiece(digest, from: start, size: piece.size, of: upload, by: member, in: deed.area, at: deed.now),
            .arrived(upload, by: member, in: deed.area))
        return .arrived(arrived.ofUpload)
    }
}

private func refuse(_ size: Int, besides here: Arrived) throws(Refusal) {
    guard here.inAll + size <= Upload.underWayLimit else {
        throw .tooMany(
            Phrase("มีไฟล์ที่ส่งค้างไว้มากเกินไป ลองใหม่พรุ่งนี้", en: "Too many files half sent. Try again tomorrow"))
    }
    if here.inAll + size > here.free { throw FileSpace.full }
}

private func upload(of context: Context) throws(Refusal) -> Upload {
    guard let upload = context.request.parameters["upload"].flatMap(Upload.init) else { throw .notFound }
    return upload
}

extension Outcome {
    fileprivate static func arrived(_ count: Int) -> Outcome {
        .response(.json(200, ["received": JSON(count)]))
    }
}
