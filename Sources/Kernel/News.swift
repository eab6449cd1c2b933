package import Postgres

/// Deeds of which others are told. A feature says of which and whom; the record is read for them afterwards.
package struct News: Sendable {
    package var action: Action
    /// The members whom an entry of this kind concerns: a select of `member_id`s that may use `e`, the entry of the
    /// record with its columns. Who did it is left out anyway.
    package var readers: SQL

    package init(of action: Action, for readers: SQL) {
        self.action = action
        self.readers = readers
    }

    /// The work that tells of them, to be queued in the deed's own transaction.
    package static let job = "news"
}
