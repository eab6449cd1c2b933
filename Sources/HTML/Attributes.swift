/// Attributes, by their names.
extension Attribute {
    package static func id(_ value: String) -> Attribute { Attribute("id", value) }
    package static func id(_ value: String, _ number: Int) -> Attribute { Attribute("id", value, number) }
    package static func href(_ value: String, _ number: Int) -> Attribute { Attribute("href", value, number) }
    package static func href(_ value: String) -> Attribute { Attribute("href", value) }
    package static func name(_ value: String) -> Attribute { Attribute("name", value) }
    package static func value(_ value: String) -> Attribute { Attribute("value", value) }
    package static func type(_ value: StaticString) -> Attribute { Attribute("type", "\(value)") }
    package static func title(_ phrase: Phrase) -> Attribute { Attribute("title", phrase) }
    package static func label(_ phrase: Phrase) -> Attribute { Attribute("aria-label", phrase) }
    package static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
    package static func described(by id: String) -> Attribute { Attribute("aria-describedby", id) }
    package static func role(_ value: StaticString) -> Attribute { Attribute("role", "\(value)") }
    package static func scope(_ value: StaticString) -> Attribute { Attribute("scope", "\(value)") }
    package static func lang(_ language: Language) -> Attribute { Attribute("lang", language.rawValue) }
    package static func colspan(_ count: Int) -> Attribute { Attribute("colspan", String(count)) }
    package static func forField(_ id: String) -> Attribute { Attribute("for", id) }
    package static func post(to address: String) -> [Attribute] {
        [Attribute("method", "post"), Attribute("action", address)]
    }

    package static let hiddenFromReaders = Attribute("aria-hidden", "true")
    package static let current = Attribute("aria-current", "page")
    package static let chosen = Attribute("aria-current", "true")
    package static let selected = Attribute.claim("selected")
    package static let checked = Attribute.claim("checked")
    package static let required = Attribute.claim("required")
    package static let disabled = Attribute.claim("disabled")
    package static let methodPost = Attribute("method", "post")
    package static func action(_ address: String) -> Attribute { Attribute("action", address) }
}
