package import HTML

/// `1.4 MB`, as people speak of files.
package func sizePhrase(_ bytes: Int) -> Phrase {
    func tenths(_ unit: Int) -> String {
        let tenths = (bytes * 10 + unit / 2) / unit
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
    return switch bytes {
    case ..<1000: Phrase("\(bytes) ไบต์", en: "\(bytes) bytes")
    case ..<1_000_000: Phrase(same: "\(tenths(1000)) KB")
    case ..<1_000_000_000: Phrase(same: "\(tenths(1_000_000)) MB")
    default: Phrase(same: "\(tenths(1_000_000_000)) GB")
    }
}
