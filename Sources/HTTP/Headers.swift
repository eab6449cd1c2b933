/// A message's header fields, in order; names are lower case.
package struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [(name: String, value: String)] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    package mutating func reserve(_ count: Int) {
        fields.reserveCapacity(count)
    }

    package subscript(name: String) -> String? {
        get { fields.first { $0.name == name }?.value }
        set {
            fields.removeAll { $0.name == name }
            if let newValue { add(name, newValue) }
        }
    }

    package func all(_ name: String) -> [String] {
        fields.compactMap { $0.name == name ? $0.value : nil }
    }

    package mutating func add(_ name: String, _ value: String) {
        fields.append((name, value))
    }

    /// A cookie that the client sent.
    package func cookie(_ name: String) -> String? {
        for (field, line) in fields where field == "cookie" {
            for pair in line.utf8.split(separator: 59) {
                let pair = pair.drop { $0 == 32 || $0 == 9 }
                guard pair.starts(with: name.utf8), pair.dropFirst(name.utf8.count).first == 61 else { continue }
                return String(Substring(pair.dropFirst(name.utf8.count + 1)).trimmingSpaces)
            }
        }
        return nil
    }
}

extension StringProtocol {
    /// Without spaces and tabs at either end.
    package var trimmingSpaces: SubSequence {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }
}
