package import HTML
package import Postgres
package import Runtime

/// Something that waits for the person: one line of the home page, one click from doing it.
package struct TaskItem: Sendable {
    package var title: Phrase
    package var path: String
    /// The day that counts; else an icon stands in its place.
    package var day: Day?
    package var icon: String
    package var state: (tone: String, icon: String, words: Phrase)?
    package var detail: Phrase
    /// The last word of the line: what one does there.
    package var verb: Phrase

    package init(
        _ title: Phrase, at path: String, on day: Day? = nil, icon: String = "list",
        state: (tone: String, icon: String, words: Phrase)? = nil, detail: Phrase = Phrase(same: ""), verb: Phrase
    ) {
        self.title = title
        self.path = path
        self.day = day
        self.icon = icon
        self.state = state
        self.detail = detail
        self.verb = verb
    }

    package var json: JSON {
        [
            "title": .text(title.thai), "path": .text(path), "day": JSON(day?.text),
            "state": JSON(state?.words.english),
            "detail": .text(detail.english),
        ]
    }

    package static let schema = APISchema.object([
        ("title", .text), ("path", .text), ("day", .optional(.text)), ("state", .optional(.text)), ("detail", .text),
    ])
}

/// Things of one kind that wait.
package struct TaskGroup: Sendable {
    /// What presses most comes first.
    package enum Place: Int, Comparable, Sendable {
        case returned, due, toCheck, toReceive, toApprove, late, upkeep, sent, news

        package static func < (left: Place, right: Place) -> Bool { left.rawValue < right.rawValue }
    }

    package var place: Place
    /// Whom they concern.
    package var access: Access
    package var title: Phrase
    package var items: [TaskItem]
    /// When more wait than are shown.
    package var count: Int

    package init(_ place: Place, for access: Access, _ title: Phrase, _ items: [TaskItem], count: Int? = nil) {
        self.place = place
        self.access = access
        self.title = title
        self.items = items
        self.count = count ?? items.count
    }
}

/// Where a feature's tasks come from: asked for in the home page's one trip.
package typealias TaskSource = @Sendable (Context) -> Query<[TaskGroup]>
