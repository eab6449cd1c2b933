import HTML
import HTTP
import Kernel
import Postgres
import Runtime

/// Who is looking at an item now: told to colleagues, so that two don't do the same work. It ends by itself.
struct Looker: Sendable {
    let member: MemberID
    let name: String
    let until: Instant

    static let seconds = 60

    /// Somebody else, at this moment.
    func isOther(than viewer: Viewer?, at now: Instant) -> Bool { until > now && viewer?.isOneOf(member) != true }
}

/// The page says that it still shows the item; the answer is who had it open before.
func lookAtItem(_ context: Context) async throws -> Outcome {
    let key = try deskKey(context)
    try await context.deed(onSubmissionsOf: key.area) { deed in
        let national = try await deed.find(.nationalForUpdate(key.result, in: key.area))
        // Of another bureau one may look at it, and keeps nobody from it.
        guard let viewer = deed.viewer, DeskAccess(viewer, national).actor != .otherBureau else { return }
        _ = try await deed.run(.look(at: key, viewer, until: deed.now + Looker.seconds, at: deed.now))
    }
    return .response(Response(204))
}

extension Query where Answer == Int {
    /// Nothing changes while somebody else is looking.
    fileprivate static func look(at key: DeskKey, _ viewer: Viewer, until: Instant, at now: Instant) -> Query {
        .deed(
            """
            UPDATE area_results
            SET viewed_by = \(viewer.member), looker_name = \(viewer.name), viewed_until = \(until)
            WHERE area_id = \(key.area) AND id = \(key.result)
                AND (viewed_by IS NULL OR viewed_by = \(viewer.member) OR viewed_until < \(now))
            """)
    }
}
