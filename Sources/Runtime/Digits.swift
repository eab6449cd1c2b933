/// Thai digits as Arabic ones; all else stays.
package func arabicDigits(_ text: String) -> String {
    guard text.utf8.contains(0xE0) else { return text }
    return mappingDigits(text) { (0x0E50...0x0E59).contains($0) ? $0 - 0x0E50 + 48 : nil }
}

/// Arabic digits as Thai ones; all else stays.
package func thaiDigits(_ text: String) -> String {
    mappingDigits(text) { (48...57).contains($0) ? $0 - 48 + 0x0E50 : nil }
}

private func mappingDigits(_ text: String, _ other: (UInt32) -> UInt32?) -> String {
    let scalars = text.unicodeScalars.map { other($0.value).flatMap(Unicode.Scalar.init) ?? $0 }
    return String(String.UnicodeScalarView(scalars))
}

/// Of one hexadecimal digit, large or small.
package func hexadecimalValue(_ byte: UInt8) -> Int? {
    switch byte {
    case 48...57: Int(byte) - 48
    case 65...70: Int(byte) - 55
    case 97...102: Int(byte) - 87
    default: nil
    }
}

extension [UInt8] {
    /// Nil for anything but pairs of hexadecimal digits.
    package init?(hexadecimal text: some StringProtocol) {
        let digits = text.utf8.compactMap(hexadecimalValue)
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
