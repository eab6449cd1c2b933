package import HTML
package import Postgres

/// All that features bring: gathered once, by App, in the order of the features.
package struct Registry: Sendable {
    package var routes = Routes()
    package var permissions: [Permission] = []
    package var actions: [Action] = []
    /// What the record calls facts that no form has a field for.
    package var words: [String: Phrase] = [:]
    package var tasks: [TaskSource] = []
    /// The central office's, made of what areas have submitted.
    package var centralTasks: [TaskSource] = []
    package var news: [News] = []
    package var calendar: [CalendarSource] = []
    package var reminders: [ReminderSource] = []
    package var yearClosings: [YearClosing] = []
    /// Selects of the digests, between two, of bytes that a feature's rows need: what nobody needs is swept.
    package var bytesInUse: [@Sendable (AreaID, _ first: Bytes, _ last: Bytes) -> SQL] = []
    /// What people are told when a deed of whichever feature would break one of the database's rules.
    package var constraints: [String: Refusal] = [:]
    /// In the order of their places.
    package private(set) var navigation: [NavigationItem] = []

    package init() {}

    package mutating func navigate(_ item: NavigationItem) {
        let place = navigation.firstIndex { $0.place > item.place } ?? navigation.count
        navigation.insert(item, at: place)
    }

    package func permissions(of kind: Area.Kind) -> [Permission] {
        permissions.filter { $0.applies(to: kind) }
    }

    /// What the record's lines call each fact: as the forms call their fields, or by a word of its own.
    package var labels: [String: Phrase] {
        let fields = routes.entries.flatMap { $0.api?.input ?? [] }
        return Dictionary(fields.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
            .merging(words) { _, word in word }
    }

    package func action(_ name: String) -> Phrase {
        actions.first { $0.name == name }?.phrase ?? Phrase(same: name)
    }
}

/// A main page, shown in the navigation to those who may use it.
package struct NavigationItem: Sendable {
    package var path: String
    package var label: Phrase
    package var icon: String
    package var access: Access
    package var owner: Route.Place
    /// What people use daily comes first.
    package var place: Place
    /// Other addresses that belong to it: there, it is the page one is on.
    package var covers: [String]

    package enum Place: Int, Comparable, Sendable {
        case home, desk, results, indicators, publications, agreements, reports, receipts, areas, members, units, years,
            statistics,
            settings, record

        package static func < (left: Place, right: Place) -> Bool { left.rawValue < right.rawValue }
    }

    package init(
        _ path: String, _ label: Phrase, icon: String, at place: Place, for access: Access,
        in owner: Route.Place = .everyArea, covering covers: [String] = []
    ) {
        self.path = path
        self.label = label
        self.icon = icon
        self.access = access
        self.owner = owner
        self.place = place
        self.covers = covers
    }
}

/// A kind of deed, as the journal names it. Each feature declares its own as static members.
package struct Action: Sendable, Hashable {
    package var name: String
    package var phrase: Phrase

    package init(_ name: String, _ phrase: Phrase) {
        self.name = name
        self.phrase = phrase
    }
}
