package import Runtime

/// A statement and the values bound to it. What is interpolated is bound, never spelled into the text.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    package private(set) var text: String
    package private(set) var values: [String?]

    package init(stringLiteral value: String) {
        text = value
        values = []
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    /// Joins two parts; the second's values are numbered on.
    package static func + (left: SQL, right: SQL) -> SQL {
        "\(part: left)\(part: right)"
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var values: [String?] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 3)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ value: some SQLValue) {
            append(value.sqlText)
        }

        package mutating func appendInterpolation(_ value: (some SQLValue)?) {
            append(value?.sqlText)
        }

        package mutating func appendInterpolation(_ values: [some SQLValue]) {
            append(arrayText(values.map(\.sqlText)))
        }

        /// Another part of a statement, with its values.
        package mutating func appendInterpolation(part: SQL) {
            guard !part.values.isEmpty else {
                text += part.text
                return
            }
            let offset = values.count
            var rest = part.text.utf8[...]
            while let dollar = rest.firstIndex(of: 36) {
                let digits = rest[rest.index(after: dollar)...].prefix { (48...57).contains($0) }
                text += Substring(rest[...dollar])
                text += Int(Substring(digits)).map { String($0 + offset) } ?? ""
                rest = rest[digits.endIndex...]
            }
            text += Substring(rest)
            values += part.values
        }

        private mutating func append(_ value: String?) {
            values.append(value)
            text += "$"
            text += String(values.count)
        }
    }
}

/// What can be bound to a statement and read from a cell, as text.
package protocol SQLValue: Sendable {
    var sqlText: String { get }
    init?(sqlText: String)
    /// A cell in place. It throws where the other returns nil: an optional of a type that is only known at run time
    /// costs more than the reading.
    init(sqlBytes: UnsafeBufferPointer<UInt8>) throws
}

extension SQLValue {
    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws {
        guard let value = Self(sqlText: String(decoding: sqlBytes, as: UTF8.self)) else { throw DecodingError() }
        self = value
    }
}

extension String: SQLValue {
    /// PostgreSQL's text has no NUL; as a C string it would end there, so it becomes the mark of an unknown character.
    package var sqlText: String {
        utf8.contains(0) ? String(decoding: utf8.map { $0 == 0 ? 0x3F : $0 }, as: UTF8.self) : self
    }

    package init?(sqlText: String) { self = sqlText }
    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws { self = String(decoding: sqlBytes, as: UTF8.self) }
}

extension Int: SQLValue {
    package var sqlText: String { String(self) }
    package init?(sqlText: String) { self.init(sqlText) }

    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws {
        // With more digits it might not fit, as a sum of PostgreSQL's may.
        guard (1...18).contains(sqlBytes.count) else {
            guard let value = Int(String(decoding: sqlBytes, as: UTF8.self)) else { throw DecodingError() }
            self = value
            return
        }
        var value = 0
        var isNegative = false
        for (index, byte) in sqlBytes.enumerated() {
            switch byte {
            case 45 where index == 0 && sqlBytes.count > 1: isNegative = true
            case 48...57: value = value &* 10 &+ Int(byte &- 48)
            default: throw DecodingError()
            }
        }
        self = isNegative ? -value : value
    }
}

extension Bool: SQLValue {
    package var sqlText: String { self ? "t" : "f" }
    package init?(sqlText: String) { self = sqlText == "t" }
    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws { self = sqlBytes.first == 116 }
}

extension Instant: SQLValue {
    package var sqlText: String { text }
    package init?(sqlText: String) { self.init(sqlText) }

    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws {
        guard let value = Self(bytes: sqlBytes) else { throw DecodingError() }
        self = value
    }
}

extension Day: SQLValue {
    package var sqlText: String { text }
    package init?(sqlText: String) { self.init(sqlText) }

    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws {
        guard let value = Self(bytes: sqlBytes) else { throw DecodingError() }
        self = value
    }
}

extension JSON: SQLValue {
    package var sqlText: String { text }
    package init?(sqlText: String) {
        guard let value = try? JSON(parsing: sqlText.utf8) else { return nil }
        self = value
    }
}

/// Bytes, as PostgreSQL's `bytea`.
package struct Bytes: SQLValue, Hashable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var sqlText: String {
        let digits = Array("0123456789abcdef".utf8)
        return "\\x" + String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    package init?(sqlText: String) {
        guard sqlText.hasPrefix("\\x"), let bytes = [UInt8](hexadecimal: sqlText.dropFirst(2)) else { return nil }
        self.bytes = bytes
    }
}

extension SQLValue where Self: RawRepresentable, RawValue == String {
    package var sqlText: String { rawValue }
    package init?(sqlText: String) { self.init(rawValue: sqlText) }
}

/// What people type stands for itself in a LIKE.
package func likePattern(_ text: String) -> String {
    String(decoding: text.utf8.flatMap { $0 == 92 || $0 == 37 || $0 == 95 ? [92, $0] : [$0] }, as: UTF8.self)
}

/// An array as PostgreSQL writes it, every element in quotation marks.
private func arrayText(_ elements: [String]) -> String {
    let quoted = elements.map { element in
        let escaped = element.utf8.flatMap { $0 == 34 || $0 == 92 ? [92, $0] : [$0] }
        return "\"" + String(decoding: escaped, as: UTF8.self) + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
}

/// Reads an array of texts without NULLs, as PostgreSQL writes it.
package func arrayElements(_ text: UnsafeBufferPointer<UInt8>) -> [String] {
    let inner = UnsafeBufferPointer(rebasing: text.dropFirst().dropLast())
    guard inner.contains(where: { $0 == 34 || $0 == 92 }) else {
        return inner.split(separator: 44).map { String(decoding: $0, as: UTF8.self) }
    }
    return quotedElements(inner)
}

private func quotedElements(_ text: UnsafeBufferPointer<UInt8>) -> [String] {
    var elements: [String] = []
    var element: [UInt8] = []
    var isQuoted = false
    var isEscaped = false
    for byte in text {
        switch byte {
        case _ where isEscaped:
            element.append(byte)
            isEscaped = false
        case 92: isEscaped = true
        case 34: isQuoted.toggle()
        case 44 where !isQuoted:
            elements.append(String(decoding: element, as: UTF8.self))
            element.removeAll()
        default: element.append(byte)
        }
    }
    return elements + [String(decoding: element, as: UTF8.self)]
}
