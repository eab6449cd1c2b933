import HTML
import Kernel
import Postgres

/// The site as another member sees it: nothing can be changed, and it is on the record.
func beginSeeing(_ context: Context) async throws -> Outcome {
    let id: MemberID = try context.identifier("member")
    let name = try await context.deed { deed in
        guard let session = deed.viewer?.session else { throw Refusal.signInFirst }
        let member = try await deed.find(.member(id, of: deed.area))
        guard member.status == .enabled else {
            throw Refusal.conflict(
                Phrase("บัญชีนี้ยังไม่เปิดใช้ จึงไม่มีมุมมอง", en: "This account is not enabled, so it sees nothing"))
        }
        _ = try await deed.run(.setSeeing(id, in: session.id, of: deed.area))
        try await deed.record(.seeingBegun, on: "member/\(id)", named: member.name)
        return member.name
    }
    return .done("/", says: Phrase("กำลังดูในมุมมองของ \(name)", en: "Seeing the site as \(name)"))
}

/// The one deed that is open to who sees as another; so it goes past the deeds' door, by the session alone.
func endSeeing(_ context: Context) async throws -> Outcome {
    let (visit) = try await context.page()
    guard let session = visit.viewer?.session else { throw Refusal.signInFirst }
    _ = try await context.platform.database.transaction(in: context.area.id.rawValue) { transaction in
        try await transaction.run(.setSeeing(nil, in: session.id, of: context.area.id))
    }
    return .done("/members", says: Phrase("กลับเป็นตัวเองแล้ว", en: "You are yourself again"))
}
