import Catalogue
import Evidence
import HTTP
import Kernel
import Secrets

/// What a form showed in each field, in short: so that one can tell what a person has changed from what they have left
/// alone, when another has saved meanwhile.
struct ShownValues: Sendable {
    static let field = "shown-values"
    private let marks: [String: String]

    /// As a form sends it back; nil when it says nothing of it, as programs do.
    init?(sentWith input: Fields) {
        guard let text = input[Self.field] else { return nil }
        let pairs = text.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        marks = Dictionary(
            pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }

    init(_ values: [(field: String, value: String)]) {
        marks = Dictionary(
            values.map { ($0.field, Self.mark(of: $0.value)) }, uniquingKeysWith: { first, _ in first })
    }

    var text: String { marks.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }

    var fields: [String] { marks.keys.sorted() }

    /// Whether the form showed this there.
    func showed(_ value: String, in field: String) -> Bool { marks[field] == Self.mark(of: value) }

    private static func mark(of value: String) -> String { String(Digest(of: value).hexadecimal.prefix(8)) }
}

extension Report {
    /// What is kept of a field of the form, as the form shows it.
    func kept(in field: String, _ evidence: [EvidenceItem]) -> String {
        switch field {
        case "self-score": return selfScore.map { "\($0)" } ?? ""
        default:
            if field.hasPrefix("entry-") { return entries[String(field.dropFirst(6))] ?? "" }
            if Narrative.fields.contains(where: { $0.name == field }) { return narrative[field] }
            // With its file, or still waiting for one.
            return evidence.first { field == "description-\($0.place)" }?.description ?? entries[field] ?? ""
        }
    }
}
