package import HTML
package import Postgres
package import Runtime

/// Something that is due soon, as the morning's mail says it.
package struct Reminder: Sendable {
    package var title: Phrase
    package var due: Instant
    package var path: String

    package init(_ title: Phrase, due: Instant, path: String) {
        self.title = title
        self.due = due
        self.path = path
    }

    /// So many days ahead one is reminded.
    package static let days = [7, 3, 1]
}

/// Where a feature's reminders come from.
package struct ReminderSource: Sendable {
    /// A select of the `member_id`s who have something due on one of those days.
    package var members: @Sendable (AreaID, _ days: [Day]) -> SQL
    /// What is due on one of those days to whoever the statements know as the viewer.
    package var reminders: @Sendable (AreaID, _ days: [Day]) -> Query<[Reminder]>

    package init(
        members: @escaping @Sendable (AreaID, [Day]) -> SQL,
        reminders: @escaping @Sendable (AreaID, [Day]) -> Query<[Reminder]>
    ) {
        self.members = members
        self.reminders = reminders
    }
}
