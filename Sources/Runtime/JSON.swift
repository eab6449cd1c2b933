/// A value of JSON. Objects keep the order of their members, so that what is hashed or compared stays the same.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As written: no number goes through binary floating point.
    case number(String)
    case text(String)
    case array([JSON])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: JSON

        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    package var wholeNumber: Int? {
        guard case .number(let digits) = self else { return nil }
        return Int(digits)
    }

    package var textValue: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    package var items: [JSON] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    package var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// Without any white space.
    package var text: String {
        let buffer = ByteBuffer(capacity: 512)
        write(to: buffer)
        return buffer.text
    }

    package func write(to buffer: ByteBuffer) {
        switch self {
        case .null: buffer.append("null" as StaticString)
        case .bool(let value): buffer.append(value ? "true" as StaticString : "false")
        case .number(let digits): buffer.append(digits)
        case .text(let text): Self.quote(text, to: buffer)
        case .array(let items):
            Self.write(items, between: (91, 93), to: buffer) { $0.write(to: buffer) }
        case .object(let members):
            Self.write(members, between: (123, 125), to: buffer) { member in
                Self.quote(member.name, to: buffer)
                buffer.append(58)
                member.value.write(to: buffer)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], between brackets: (UInt8, UInt8), to buffer: ByteBuffer, _ each: (Item) -> Void
    ) {
        buffer.append(brackets.0)
        for (index, item) in items.enumerated() {
            if index > 0 { buffer.append(44) }
            each(item)
        }
        buffer.append(brackets.1)
    }

    private static func quote(_ text: String, to buffer: ByteBuffer) {
        buffer.append(34)
        for byte in text.utf8 {
            switch byte {
            case 34: buffer.append("\\\"" as StaticString)
            case 92: buffer.append("\\\\" as StaticString)
            case 10: buffer.append("\\n" as StaticString)
            case 13: buffer.append("\\r" as StaticString)
            case 9: buffer.append("\\t" as StaticString)
            case 0..<32: buffer.append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: buffer.append(byte)
            }
        }
        buffer.append(34)
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .text(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(nilLiteral: ()) { self = .null }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }

    package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    package init(_ number: Int) { self = .number(String(number)) }
    package init(_ instant: Instant?) { self = instant.map { .text($0.text) } ?? .null }
}
