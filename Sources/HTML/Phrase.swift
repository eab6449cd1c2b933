import Runtime

/// A language of the pages.
package enum Language: String, Sendable, CaseIterable {
    case thai = "th"
    case english = "en"

    package var other: Language { self == .thai ? .english : .thai }
}

/// Words for people, in both languages. Thai comes first: it is what most of them read.
package struct Phrase: Hashable, Sendable {
    package var thai: String
    package var english: String

    package init(_ thai: String, en english: String) {
        self.thai = thai
        self.english = english
    }

    /// A name, a number: the same in both.
    package init(same text: String) {
        self.init(text, en: text)
    }

    package subscript(language: Language) -> String {
        language == .thai ? thai : english
    }

    package static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(left.thai + right.thai, en: left.english + right.english)
    }
}

/// What can stand between tags.
package protocol HTMLText {
    func write(to html: HTML)
}

extension String: HTMLText {
    package func write(to html: HTML) { html.text(self) }
}

extension Substring: HTMLText {
    package func write(to html: HTML) { html.text(String(self)) }
}

extension Int: HTMLText {
    package func write(to html: HTML) { html.buffer.append(decimal: self) }
}

extension Phrase: HTMLText {
    package func write(to html: HTML) { html.text(self[html.language]) }
}
