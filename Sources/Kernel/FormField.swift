package import HTML
package import HTTP
package import Runtime

/// What one field of a form takes. The form on the page, the check of what comes in and the API's schema are all
/// made from it.
package struct FormField: Sendable {
    package enum Kind: Sendable {
        case text(limit: Int)
        case longText(limit: Int)
        case email
        case newPassword
        case password
        case number(ClosedRange<Int>)
        case day
        /// A day and a time.
        case moment
        case choice([Choice])
        case checkbox
        /// Any number of the choices.
        case choices([Choice])
        case file(limit: Int)
    }

    package struct Choice: Sendable {
        package var value: String
        package var label: Phrase

        package init(_ value: String, _ label: Phrase) {
            self.value = value
            self.label = label
        }
    }

    package var name: String
    package var label: Phrase
    package var kind: Kind
    package var isRequired: Bool
    package var hint: Phrase?

    package init(_ name: String, _ label: Phrase, _ kind: Kind, required: Bool = false, hint: Phrase? = nil) {
        self.name = name
        self.label = label
        self.kind = kind
        isRequired = required
        self.hint = hint
    }

    /// What is wrong with `text`, which comes without spaces at its ends.
    func problem(with text: String) -> Phrase? {
        if text.isEmpty { return isRequired ? .needed : nil }
        switch kind {
        case .text(let limit), .longText(let limit):
            if text.unicodeScalars.count > limit {
                return Phrase(
                    "ยาวเกิน \(limit) ตัวอักษร ที่ใส่มายาว \(text.unicodeScalars.count)",
                    en: "At most \(limit) characters; this has \(text.unicodeScalars.count)")
            }
            let breaksAllowed = if case .longText = kind { true } else { false }
            return hasInvisible(text) || !breaksAllowed && text.unicodeScalars.contains("\n") ? .invisible : nil
        case .email:
            return isEmail(text)
                ? nil
                : Phrase("ใส่อีเมล เช่น name@example.go.th", en: "Enter an e-mail address, such as name@example.go.th")
        case .newPassword: return passwordProblem(text)
        case .number(let range):
            if let number = Int(arabicDigits(text)), range.contains(number) { return nil }
            return Phrase(
                "ใส่ตัวเลข \(range.lowerBound) ถึง \(range.upperBound) ที่ใส่มาคือ \(text)",
                en: "Enter a number from \(range.lowerBound) to \(range.upperBound). You entered \(text)")
        case .day:
            return dayTyped(text) == nil ? Phrase("ใส่วันที่ เช่น 31/3/2569", en: "Enter a date, such as 2026-03-31") : nil
        case .moment:
            return momentTyped(text) == nil
                ? Phrase("ใส่วันที่และเวลา เช่น 31/3/2569 16.30", en: "Enter a date and time, such as 2026-03-31 16:30")
                : nil
        case .choice(let choices):
            return choices.contains { $0.value == text } ? nil : Phrase("เลือกจากรายการ", en: "Choose from the list")
        case .password, .checkbox, .choices, .file: return nil
        }
    }

    private func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 254 && parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
            && text.utf8.allSatisfy { (33...126).contains($0) && !"<>()[],;:\"\\".utf8.contains($0) }
    }

    /// NIST 800-63B: length counts, rules of composition don't.
    private func passwordProblem(_ text: String) -> Phrase? {
        if text.unicodeScalars.count < 10 {
            return Phrase("ใช้อย่างน้อย 10 ตัวอักษร วลีที่จำง่ายก็ได้", en: "Use at least 10 characters; a phrase is fine")
        }
        return text.utf8.count > 500 ? Phrase("ยาวเกินไป", en: "This is too long") : nil
    }
}

/// What was typed into a form, checked field by field; what is wrong is said all at once.
package struct FormDraft: Sendable {
    private let fields: Fields
    package private(set) var problems: [FieldProblem] = []

    package init(_ specification: [FormField], _ input: Fields) {
        var checked = Fields()
        for field in specification {
            if case .choices(let choices) = field.kind {
                let known = Set(choices.map(\.value))
                for value in input.values(of: field.name) where known.contains(value) { checked.add(field.name, value) }
                continue
            }
            let typed = input[field.name] ?? ""
            let text = field.isTakenAsTyped ? typed : tidied(typed)
            checked.add(field.name, text)
            if let problem = field.problem(with: text) { problems.append(FieldProblem(field.name, problem)) }
        }
        fields = checked
    }

    package mutating func refuse(_ field: String, _ reason: Phrase) {
        problems.append(FieldProblem(field, reason))
    }

    package func check() throws(Refusal) {
        if !problems.isEmpty { throw .invalid(problems) }
    }

    package subscript(name: String) -> String { fields[name] ?? "" }

    /// Nil when nothing was typed.
    package func textIfAny(_ name: String) -> String? {
        self[name].isEmpty ? nil : self[name]
    }

    package func number(_ name: String) -> Int { Int(arabicDigits(self[name])) ?? 0 }
    package func day(_ name: String) -> Day? { dayTyped(self[name]) }
    package func moment(_ name: String) -> Instant? { momentTyped(self[name]) }
    package func isChecked(_ name: String) -> Bool { ["on", "true", "1", "yes"].contains(self[name]) }
    package func values(of name: String) -> [String] { fields.values(of: name) }
}

extension FormField {
    /// Of passwords every space counts.
    fileprivate var isTakenAsTyped: Bool {
        switch kind {
        case .password, .newPassword: true
        default: false
        }
    }
}

/// Whether it holds what no field can show, and some no database can keep. Line breaks are none of it.
package func hasInvisible(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" }
}

extension Phrase {
    package static let invisible = Phrase("มีอักขระที่มองไม่เห็นปนอยู่", en: "This holds invisible characters")
    package static let needed = Phrase("ต้องกรอก", en: "This is needed")
}

/// Without spaces at its ends, and with line breaks of one kind: a browser sends each as two characters.
package func tidied(_ text: String) -> String {
    let scalars = text.unicodeScalars.filter { $0 != "\r" }
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
        let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
}

/// A day as people type it: `2026-03-31`, or `31/3/2569` in the Buddhist era, in either digits.
package func dayTyped(_ text: String) -> Day? {
    let text = arabicDigits(text)
    if let day = Day(text), day.parts.year < 2400 { return day }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard parts.count == 3, parts[2] > 2400 else { return nil }
    return Day(year: parts[2] - 543, month: parts[1], day: parts[0])
}

/// A day with a time: `31/3/2569 16.30`, `2026-03-31 16:30`, or as programs write it. Without a time, the offices'
/// closing time.
package func momentTyped(_ text: String) -> Instant? {
    if let instant = Instant(text) { return instant }
    let parts = arabicDigits(text).split(separator: " ")
    guard (1...2).contains(parts.count), let day = dayTyped(String(parts[0])) else { return nil }
    guard parts.count == 2 else { return day.instant(hour: 16, minute: 30) }
    let time = parts[1].split(omittingEmptySubsequences: false) { $0 == "." || $0 == ":" }.compactMap { Int($0) }
    guard time.count == 2, (0...23).contains(time[0]), (0...59).contains(time[1]) else { return nil }
    return day.instant(hour: time[0], minute: time[1])
}
