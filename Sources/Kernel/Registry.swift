package import HTML

/// All that features bring: gathered once, by App, in the order of the features.
package struct Registry: Sendable {
    package var routes = Routes()
    package var permissions: [Permission] = []
    package var actions: [Action] = []
    package var navigation: [NavigationItem] = []

    package init() {}

    package func permissions(of kind: Area.Kind) -> [Permission] {
        permissions.filter { $0.applies(to: kind) }
    }

    /// What the forms call their fields, for the record's lines.
    package var labels: [String: Phrase] {
        let fields = routes.entries.flatMap { $0.api?.input ?? [] }
        return Dictionary(fields.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
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
    package var place: Route.Place

    package init(
        _ path: String, _ label: Phrase, icon: String, for access: Access, in place: Route.Place = .everyArea
    ) {
        self.path = path
        self.label = label
        self.icon = icon
        self.access = access
        self.place = place
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
