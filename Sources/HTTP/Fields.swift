import Runtime

/// Named texts in order: a query, or what was typed into a form.
package struct Fields: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package var name: String
        package var value: String
    }

    package private(set) var all: [Field] = []

    package init(_ fields: KeyValuePairs<String, String> = [:]) {
        for (name, value) in fields { add(name, value) }
    }

    /// Reads `a=1&b=2` in percent encoding. Nil when that is malformed, not UTF-8, or more than 5,000 fields.
    package init?(decoding text: some Collection<UInt8>) {
        for pair in text.split(separator: 38) {
            let equals = pair.firstIndex(of: 61) ?? pair.endIndex
            guard all.count < 5000,
                let name = percentDecoded(pair[..<equals], plusIsSpace: true),
                let value = percentDecoded(pair[equals...].dropFirst(), plusIsSpace: true)
            else { return nil }
            add(name, value)
        }
    }

    package mutating func add(_ name: String, _ value: String) {
        all.append(Field(name: name, value: value))
    }

    package subscript(name: String) -> String? {
        all.first { $0.name == name }?.value
    }

    package func values(of name: String) -> [String] {
        all.compactMap { $0.name == name ? $0.value : nil }
    }

    package mutating func set(_ name: String, _ value: String?) {
        all.removeAll { $0.name == name }
        if let value { add(name, value) }
    }

    /// For an address: `?a=1&b=2`, or nothing.
    package var queryText: String {
        guard !all.isEmpty else { return "" }
        return "?" + all.map { percentEncoded($0.name) + "=" + percentEncoded($0.value) }.joined(separator: "&")
    }
}

/// What an address may hold as it is; the rest becomes percent signs and digits.
package func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126: encoded.append(byte)
        default: encoded.append(contentsOf: [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

/// Nil when a percent sign is not followed by two hexadecimal digits, or what comes out is not UTF-8.
package func percentDecoded(_ text: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var position = text.startIndex
    while position < text.endIndex {
        let byte = text[position]
        position = text.index(after: position)
        switch byte {
        case 37:
            guard position < text.endIndex, let high = hexadecimalValue(text[position]) else { return nil }
            position = text.index(after: position)
            guard position < text.endIndex, let low = hexadecimalValue(text[position]) else { return nil }
            position = text.index(after: position)
            bytes.append(UInt8(high << 4 | low))
        case 43 where plusIsSpace: bytes.append(32)
        default: bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self)
}
