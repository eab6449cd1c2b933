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
    let digest = try await context.platform.files.keep(piece.path)
    let arrived = try await context.deed { deed in
        guard let member = deed.viewer?.member else { throw Refusal.signInFirst }
        let known = try await deed.run(.arrived(upload, by: member, in: deed.area))
        guard start == known.ofUpload else { return known.ofUpload }
        guard known.inAll + piece.size <= Upload.underWayLimit else {
            throw Refusal.tooMany(
                Phrase("มีไฟล์ที่ส่งค้างไว้มากเกินไป ลองใหม่พรุ่งนี้", en: "Too many files half sent. Try again tomorrow"))
        }
        deed.sendAlong(
            .keepPiece(digest, from: start, size: piece.size, of: upload, by: member, in: deed.area, at: deed.now))
        return start + piece.size
    }
    return .arrived(arrived)
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
