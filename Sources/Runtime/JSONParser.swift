/// Why a text is not JSON, and at which byte.
package struct JSONError: Error, Equatable {
    package var reason: String
    package var offset: Int

    package init(reason: String, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSON {
    /// Reads one value of at most 64 levels, with nothing after it. A member named twice is refused: two readers
    /// could take different ones.
    package init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
        var parser = JSONParser(bytes: Array(bytes))
        self = try parser.document()
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var position = 0

    mutating func document() throws(JSONError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure("text after the value") }
        return value
    }

    private func failure(_ reason: String) -> JSONError {
        JSONError(reason: reason, offset: position)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth < 64 else { throw failure("too many levels") }
        skipSpace()
        switch next {
        case 123: return try object(depth: depth)
        case 91: return try array(depth: depth)
        case 34: return .text(try string())
        case 45, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57: return try number()
        case 116: return try word("true", .bool(true))
        case 102: return try word("false", .bool(false))
        case 110: return try word("null", .null)
        default: throw failure("a value is missing")
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[position...].starts(with: text.utf8) else { throw failure("an unknown word") }
        position += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        position += 1
        var members: [JSON.Member] = []
        var names: Set<String> = []
        skipSpace()
        if next == 125 {
            position += 1
            return .object([])
        }
        while true {
            skipSpace()
            guard next == 34 else { throw failure("a name is missing") }
            let name = try string()
            guard names.insert(name).inserted else { throw failure("a name stands twice") }
            skipSpace()
            guard next == 58 else { throw failure("a colon is missing") }
            position += 1
            members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
            if try isLast(closing: 125) { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        position += 1
        var items: [JSON] = []
        skipSpace()
        if next == 93 {
            position += 1
            return .array([])
        }
        while true {
            items.append(try value(depth: depth + 1))
            if try isLast(closing: 93) { return .array(items) }
        }
    }

    private mutating func isLast(closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard let byte = next, byte == 44 || byte == closing else { throw failure("a comma is missing") }
        position += 1
        return byte == closing
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = position
        if next == 45 { position += 1 }
        guard let first = next, isDigit(first) else { throw failure("a digit is missing") }
        position += 1
        if first != 48 { skipDigits() }
        if next == 46 {
            position += 1
            guard let byte = next, isDigit(byte) else { throw failure("a digit is missing") }
            skipDigits()
        }
        if next == 101 || next == 69 {
            position += 1
            if next == 43 || next == 45 { position += 1 }
            guard let byte = next, isDigit(byte) else { throw failure("a digit is missing") }
            skipDigits()
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private mutating func skipDigits() {
        while let byte = next, isDigit(byte) { position += 1 }
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case 34:
                guard let text = String(validating: text, as: UTF8.self) else { throw failure("not UTF-8") }
                return text
            case 92: text.append(contentsOf: try escaped())
            case 0..<32: throw failure("a control character")
            default: text.append(byte)
            }
        }
        throw failure("a closing quotation mark is missing")
    }

    private mutating func escaped() throws(JSONError) -> [UInt8] {
        guard let byte = next else { throw failure("an unfinished escape") }
        position += 1
        switch byte {
        case 34, 92, 47: return [byte]
        case 98: return [8]
        case 102: return [12]
        case 110: return [10]
        case 114: return [13]
        case 116: return [9]
        case 117: return try unicode()
        default: throw failure("an unknown escape")
        }
    }

    private mutating func unicode() throws(JSONError) -> [UInt8] {
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code) {
            guard next == 92 else { throw failure("half a character") }
            position += 1
            guard next == 117 else { throw failure("half a character") }
            position += 1
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw failure("half a character") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("half a character") }
        return Array(String(scalar).utf8)
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw failure("an unfinished escape") }
        let digits = bytes[position..<position + 4]
        guard digits.allSatisfy({ isDigit($0) || (97...102).contains($0 | 32) }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("an unknown escape") }
        position += 4
        return code
    }
}
