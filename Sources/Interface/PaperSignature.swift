package import HTML

/// Where somebody signs on paper; what isn't known is left to be filled in by hand.
package struct PaperSignature: Sendable {
    private let role: Phrase
    private let name: String
    private let position: String

    package init(role: Phrase, name: String = "", position: String = "") {
        self.role = role
        self.name = name
        self.position = position
    }

    package func lines(in language: Language) -> [String] {
        [
            "\(Phrase("ลงชื่อ", en: "Signed")[language]) \(orDots("", role[language].unicodeScalars.count > 14 ? 20 : 36)) \(role[language])",
            "( \(orDots(name, 40)) )",
            "\(Phrase("ตำแหน่ง", en: "Position")[language]) \(orDots(position, 34))",
        ]
    }

    private func orDots(_ text: String, _ count: Int) -> String {
        text.isEmpty ? String(repeating: ".", count: count) : text
    }
}
