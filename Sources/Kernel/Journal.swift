package import Postgres
package import Runtime

/// One line of the record: who did what to what, when, from where, and what it was before and after.
package struct JournalEntry: Sendable {
    package var area: AreaID
    package var happenedAt: Instant
    package var actorArea: AreaID
    package var actor: MemberID?
    package var actorName: String
    package var actingFor: String?
    package var address: String
    package var action: String
    /// A kind and a number: `member/7`.
    package var subject: String
    package var subjectName: String
    package var before: JSON
    package var after: JSON

    package init(
        area: AreaID, happenedAt: Instant, actorArea: AreaID, actor: MemberID?, actorName: String,
        actingFor: String? = nil, address: String, action: String, subject: String, subjectName: String,
        before: JSON = .object([]), after: JSON = .object([])
    ) {
        self.area = area
        self.happenedAt = happenedAt
        self.actorArea = actorArea
        self.actor = actor
        self.actorName = actorName
        self.actingFor = actingFor
        self.address = address
        self.action = action
        self.subject = subject
        self.subjectName = subjectName
        self.before = before
        self.after = after
    }
}

extension Query where Answer == Int {
    /// Adds an entry to the area's chain, and returns its number.
    package static func record(_ entry: JournalEntry) -> Query {
        .one(
            """
            SELECT app.record(ROW(
                \(entry.area)::int, NULL, \(entry.happenedAt)::timestamptz, \(entry.actorArea)::int,
                \(entry.actor)::bigint, \(entry.actorName)::text, \(entry.actingFor)::text, \(entry.address)::text,
                \(entry.action)::text, \(entry.subject)::text, \(entry.subjectName)::text, \(entry.before)::jsonb,
                \(entry.after)::jsonb, NULL
            )::journal)
            """
        ) { try $0.next() }
    }
}

/// What changed between two states of a thing, as the journal keeps it: only the members that differ.
package func difference(from before: JSON, to after: JSON) -> (before: JSON, after: JSON) {
    let changed = after.members.filter { before[$0.name] != $0.value }
    let earlier = changed.map { JSON.Member(name: $0.name, value: before[$0.name] ?? .null) }
    return (.object(earlier), .object(changed))
}
