package import Runtime

/// A page being written: tags go to the buffer at once, in the order of the statements.
package final class HTML {
    package let buffer: ByteBuffer
    package let language: Language
    /// Icons used so far; the page ends with a sprite of just these.
    package private(set) var icons: Set<String> = []

    package init(language: Language, capacity: Int = 262_144) {
        self.language = language
        buffer = ByteBuffer(capacity: capacity)
    }

    /// Text, with what would be markup escaped.
    package func text(_ text: String) {
        var text = text
        text.withUTF8 { escape($0) }
    }

    /// Markup that our own code has spelled out. Text from people never comes this way.
    package func raw(_ markup: StaticString) {
        buffer.append(markup)
    }

    /// Markup of a file that we ship, such as an icon.
    package func raw(trusted markup: String) {
        buffer.append(markup)
    }

    package func use(icon name: String) {
        icons.insert(name)
    }

    func open(_ tag: StaticString, _ attributes: [Attribute]) {
        buffer.append(60)
        buffer.append(tag)
        writeClasses(of: attributes)
        for attribute in attributes {
            switch attribute.kind {
            case .className, .absent: continue
            case .claim: writeName(attribute.name)
            case .value:
                writeName(attribute.name)
                buffer.append("=\"" as StaticString)
                text(attribute.value)
                if attribute.number >= 0 { buffer.append(decimal: attribute.number) }
                buffer.append(34)
            case .phrase(let phrase):
                writeName(attribute.name)
                buffer.append("=\"" as StaticString)
                text(phrase[language])
                buffer.append(34)
            }
        }
        buffer.append(62)
    }

    func close(_ tag: StaticString) {
        buffer.append("</" as StaticString)
        buffer.append(tag)
        buffer.append(62)
    }

    private func writeName(_ name: StaticString) {
        buffer.append(32)
        buffer.append(name)
    }

    private func writeClasses(of attributes: [Attribute]) {
        var isFirst = true
        for attribute in attributes {
            guard case .className = attribute.kind else { continue }
            buffer.append(isFirst ? " class=\"" as StaticString : " ")
            text(attribute.value)
            isFirst = false
        }
        if !isFirst { buffer.append(34) }
    }

    private func escape(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        // The longest escape has six bytes: with room for all, the loop needs no checks.
        buffer.reserve(bytes.count * 6)
        let target = buffer.start
        var end = buffer.count
        for index in 0..<bytes.count {
            let byte = source[index]
            guard byte <= 62, let escaped = Self.escape(of: byte) else {
                target[end] = byte
                end &+= 1
                continue
            }
            (target + end).update(from: escaped.utf8Start, count: escaped.utf8CodeUnitCount)
            end &+= escaped.utf8CodeUnitCount
        }
        buffer.advance(to: end)
    }

    @inline(__always) private static func escape(of byte: UInt8) -> StaticString? {
        switch byte {
        case 38: "&amp;"
        case 60: "&lt;"
        case 62: "&gt;"
        case 34: "&quot;"
        case 39: "&#39;"
        default: nil
        }
    }
}

/// Something of a tag. Several classes become one `class`.
package struct Attribute {
    enum Kind {
        case value
        case phrase(Phrase)
        /// Stands without a value: `required`.
        case claim
        case className
        case absent
    }

    let name: StaticString
    let value: String
    /// Ends the value: the number of what the tag is about. Negative for none.
    private(set) var number = -1
    let kind: Kind

    package init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = value
        kind = .value
    }

    /// For the tags of long lists: no string is put together for `m7`, `/members/7`.
    package init(_ name: StaticString, _ value: String, _ number: Int) {
        self.init(name, value)
        self.number = number
    }

    package init(_ name: StaticString, _ phrase: Phrase) {
        self.name = name
        value = ""
        kind = .phrase(phrase)
    }

    private init(_ name: StaticString, _ value: String, _ kind: Kind) {
        self.name = name
        self.value = value
        self.kind = kind
    }

    package static func className(_ names: String) -> Attribute { Attribute("class", names, .className) }
    package static func claim(_ name: StaticString) -> Attribute { Attribute(name, "", .claim) }
    package static let absent = Attribute("", "", .absent)

    /// The attribute if `condition` holds, else nothing.
    package func when(_ condition: Bool) -> Attribute { condition ? self : .absent }
}
