import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Jobs
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

let messageFields = [
    FormField(
        "message", Phrase("ข้อความ", en: "Message"), .longText(limit: ResultMessage.wordsLimit), required: true),
    FormField("file", Phrase("ไฟล์แนบ", en: "A file with it"), .file(limit: EvidenceItem.sizeLimit)),
]

/// The area writes to the bureau.
func writeToCentre(_ context: Context) async throws -> Outcome {
    let (words, file) = try await message(context)
    let path = try await context.changeResult { change in
        let deed = change.deed
        let id = try await deed.kept(file)
        deed.sendAlong(
            .say(
                words, with: id, about: change.result.id, fromCentre: false, in: deed.area, by: deed.viewer,
                at: deed.now),
            .tell(.centre, of: change.result.id, in: deed.area, at: deed.now))
        try await change.record(.resultMessage, saying: ["comment": .text(words)])
        if let file { deed.takeSpace(for: file) }
        deed.tellCentre(.resultMessage, change.entry.whole, saying: words)
        return change.result.path
    }
    return .done("\(path)#messages", says: Phrase("ส่งข้อความแล้ว", en: "The message is sent"), made: true)
}

/// The bureau writes to the area; it decides nothing thereby.
func writeToArea(_ context: Context) async throws -> Outcome {
    let key = try deskKey(context)
    let (words, file) = try await message(context)
    let scope = try await context.deed(onSubmissionsOf: key.area) { deed in
        let national = try await deed.find(.nationalForUpdate(key.result, in: key.area))
        guard DeskAccess(deed.viewer, national).actor != .otherBureau else {
            throw Refusal.conflict(
                Phrase(
                    "ตัวชี้วัดนี้เป็นของ \(national.national.bureauName)",
                    en: "This indicator is \(national.national.bureauName)'s"))
        }
        let id = try await deed.kept(file)
        deed.sendAlong(
            .say(words, with: id, about: key.result, fromCentre: true, in: key.area, by: deed.viewer, at: deed.now),
            .tell(.area, of: key.result, in: key.area, at: deed.now))
        try await deed.record(
            .resultMessage, on: national.result.subject, named: national.name, after: ["comment": .text(words)])
        return national.result.deskScope
    }
    return .done(
        "\(scope.path)?item=\(key)#messages", says: Phrase("ส่งข้อความถึงเขตแล้ว", en: "The message is sent to the area"),
        made: true)
}

/// Opening doesn't clear what is new: somebody says that they know, with their name and the time.
func acknowledgeResult(_ context: Context) async throws -> Outcome {
    let path = try await context.changeResult { change in
        let (deed, name) = (change.deed, change.mark.name)
        guard change.result.forArea.isNew else { return change.result.path }
        try change.result.forArea.requireSeen(context)
        deed.sendAlong(
            .acknowledge(.area, of: change.result.id, in: deed.area, by: name, at: deed.now),
            .receiveMessages(for: .area, about: change.result.id, in: deed.area, by: name, at: deed.now))
        try await change.record(.resultAcknowledged)
        return change.result.path
    }
    return .done(path, says: Phrase("รับทราบแล้ว", en: "Acknowledged"))
}

func acknowledgeItem(_ context: Context) async throws -> Outcome {
    let key = try deskKey(context)
    let scope = try await context.deed(onSubmissionsOf: key.area) { deed in
        let national = try await deed.find(.nationalForUpdate(key.result, in: key.area))
        let scope = national.result.deskScope
        let name = deed.viewer?.name ?? ""
        guard national.result.forCentre.isNew else { return scope }
        try national.result.forCentre.requireSeen(context)
        guard DeskAccess(deed.viewer, national).actor != .otherBureau else { throw Refusal.notFound }
        deed.sendAlong(
            .acknowledge(.centre, of: key.result, in: key.area, by: name, at: deed.now),
            .receiveMessages(for: .centre, about: key.result, in: key.area, by: name, at: deed.now))
        try await deed.record(.resultAcknowledged, on: national.result.subject, named: national.name)
        return scope
    }
    return .done("\(scope.path)?item=\(key)", says: Phrase("รับทราบแล้ว", en: "Acknowledged"))
}

let acknowledgementFields = [
    FormField("told", Phrase("ข้อมูลใหม่ที่ได้ดูแล้ว", en: "When what was seen was told"), .text(limit: 40))
]

extension AreaResult.News {
    /// What has come since the page was opened must be seen first.
    fileprivate func requireSeen(_ context: Context) throws(Refusal) {
        guard let seen = context.form.fields["told"], !seen.isEmpty, seen != told?.text else { return }
        throw .conflict(
            Phrase("มีข้อมูลใหม่กว่าที่ท่านเปิดดู ดูก่อนรับทราบ", en: "Something newer has come. Look before you acknowledge it"))
    }
}

/// A file that came with a message.
func openMessageFile(_ context: Context) async throws -> Outcome {
    let (result, file): (AreaResultID, FileID) = (try context.identifier("result"), try context.identifier("file"))
    let (_, messages) = try await context.page(.messages(about: result, in: context.area.id))
    guard let found = messages.compactMap(\.file).first(where: { $0.id == file }) else { throw Refusal.notFound }
    return try await found.download(context)
}

private func message(_ context: Context) async throws -> (String, KeptFile?) {
    let draft = FormDraft(messageFields, context.form.fields)
    try draft.check()
    guard let upload = context.form.files["file"], upload.size > 0 else { return (draft["message"], nil) }
    guard context.sender?.permissions.contains(.upload) == true else { throw Refusal.forbidden(.upload) }
    return (
        draft["message"],
        try await KeptFile(upload, sentAs: "file", upTo: EvidenceItem.sizeLimit, by: context.platform)
    )
}

extension Deed {
    fileprivate func kept(_ file: KeptFile?) async throws -> FileID? {
        guard let file else { return nil }
        return try await run(.insert(file, in: area, by: viewer, at: now, submitted: true))
    }

    /// The bureau hears of it in the central office, where it has its notices.
    func tellCentre(_ action: Action, _ national: NationalResult, saying words: String = "") {
        send(
            .forCentre,
            [
                "action": .text(action.name), "item": .text("\(national.result.deskKey)"),
                "name": .text(national.name), "bureau": JSON(national.national.bureau.rawValue),
                "area": .text(context.area.shortName),
                "who": .text(viewer?.name ?? ""), "comment": .text(words),
            ], to: [Area.central])
    }
}

extension ResultChange {
    func record(_ action: Action, saying words: JSON = [:]) async throws {
        try await deed.record(action, on: result.subject, named: entry.whole.name, after: words)
    }
}

extension DeliveryKind {
    /// What an area's people did, on the central office's record, which tells the bureau.
    static let forCentre = DeliveryKind(
        name: "for-centre",
        arrive: { delivery, area, transaction, now in
            let told = delivery.payload
            func text(_ name: String) -> String { told[name]?.textValue ?? "" }
            transaction.sendLast(
                .record(
                    JournalEntry(
                        area: area, happenedAt: delivery.sentAt, actorArea: delivery.sender, actor: nil,
                        actorName: "\(text("who")) · \(text("area"))", address: "", action: text("action"),
                        subject: "desk-item/\(text("item"))", subjectName: "\(text("area")) · \(text("name"))",
                        after: ["comment": .text(text("comment")), "bureau": told["bureau"] ?? .null])))
            transaction.sendLast(.enqueue(News.job, [:], in: area.rawValue, at: now))
        })
}

/// From a notice to the desk, at the item that it tells of.
func openDeskItem(_ context: Context) async throws -> Outcome {
    let key = try deskKey(context)
    let (_, found) = try await context.centralPage(of: .deskResult(key))
    guard let found else { throw Refusal.notFound }
    let scope = found.national.result.deskScope
    return .done("\(scope.path)?show=all&item=\(key)")
}
