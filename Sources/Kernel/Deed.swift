import HTTP
import Jobs
package import Postgres
package import Runtime

/// A deed under way: its transaction, and who does it.
package struct Deed: Sendable {
    package let transaction: Transaction
    package let area: AreaID
    package let context: Context
    /// Nil only where anybody may act: signing in.
    package let viewer: Viewer?

    init(_ transaction: Transaction, area: AreaID, context: Context, viewer: Viewer?) {
        self.transaction = transaction
        self.area = area
        self.context = context
        self.viewer = viewer
    }

    package var now: Instant { context.now }

    package func run<Answer: Sendable>(_ query: Query<Answer>) async throws -> Answer {
        try await transaction.run(query)
    }

    package func run<each Answer: Sendable>(_ queries: repeat Query<each Answer>) async throws -> (repeat each Answer) {
        try await transaction.run(repeat each queries)
    }

    /// What nobody waits for: it goes along with the trip that follows.
    package func sendAlong<Answer: Sendable>(_ queries: Query<Answer>...) {
        for query in queries { transaction.sendAlong(query) }
    }

    /// What is looked for, or the refusal that it isn't there.
    package func find<Answer: Sendable>(_ query: Query<Answer?>) async throws -> Answer {
        guard let answer = try await transaction.run(query) else { throw Refusal.notFound }
        return answer
    }

    /// Says on the record what was done, in the same transaction as the deed; by whom, where nobody has signed in.
    package func record(
        _ action: Action, on subject: String, named name: String, by stranger: String = "",
        before: JSON = .object([]), after: JSON = .object([])
    ) async throws {
        let entry = JournalEntry(
            area: area, happenedAt: now, actorArea: viewer?.area ?? area, actor: viewer?.member,
            actorName: viewer?.name ?? stranger, actingFor: viewer?.acting?.name, address: context.request.peer,
            action: action.name, subject: subject, subjectName: name, before: before, after: after)
        transaction.sendLast(.record(entry))
        if context.platform.registry.news.contains(where: { $0.action == action }) {
            transaction.sendLast(.enqueue(News.job, [:], in: area.rawValue, at: now))
        }
    }
}
