package import HTML
package import Postgres
package import Runtime

/// A moment that matters to somebody, for their own calendar.
package struct CalendarEvent: Sendable {
    /// Stays the same when the moment moves, so that a calendar moves it too.
    package var id: String
    package var title: Phrase
    package var at: Instant
    package var path: String

    package init(_ id: String, _ title: Phrase, at moment: Instant, path: String) {
        self.id = id
        self.title = title
        at = moment
        self.path = path
    }
}

/// Where a feature's moments come from: of whoever the statements know as the viewer.
package typealias CalendarSource = @Sendable (Context) -> Query<[CalendarEvent]>

extension Query where Answer == [CalendarEvent] {
    /// The statements that follow see as this member sees; as nobody, if they may not sign in.
    package static func seeing(as member: MemberID, in area: AreaID) -> Query {
        Query(
            """
            SELECT set_config('app.unit_id', coalesce(max(unit_id)::text, ''), true),
                set_config('app.member_ids', coalesce(array_agg(id)::text, ''), true)
            FROM members
            WHERE area_id = \(area) AND id = \(member) AND status = 'enabled'
            """
        ) { _ in [] }
    }
}
