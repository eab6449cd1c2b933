import HTML
import Runtime

/// Cuts a formula into words, each with the place where it begins.
struct FormulaLexer {
    enum Token: Hashable {
        case number(Exact)
        case name(String)
        case indicator(String)
        case symbol(Character)
        case end
    }

    private let characters: [Character]
    private var position = 0

    init(_ text: String) {
        characters = Array(text)
    }

    mutating func next() throws(FormulaProblem) -> (token: Token, offset: Int) {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        let start = position
        guard position < characters.count else { return (.end, start) }
        let first = characters[position]
        if isDigit(first) || first == "." { return (try number(), start) }
        if isLetter(first) { return (.name(take { isLetter($0) || isDigit($0) }), start) }
        position += 1
        switch first {
        case "[": return (try indicator(from: start), start)
        case "×": return (.symbol("*"), start)
        case "÷": return (.symbol("/"), start)
        case "−", "–": return (.symbol("-"), start)
        case "≤": return (.symbol("≤"), start)
        case "≥": return (.symbol("≥"), start)
        case "≠": return (.symbol("≠"), start)
        case "<" where takes("="): return (.symbol("≤"), start)
        case "<" where takes(">"): return (.symbol("≠"), start)
        case ">" where takes("="): return (.symbol("≥"), start)
        case "!" where takes("="): return (.symbol("≠"), start)
        case "=":
            _ = takes("=")
            return (.symbol("="), start)
        case "+", "-", "*", "/", "(", ")", ",", "<", ">": return (.symbol(first), start)
        default:
            throw FormulaProblem(
                offset: start, reason: Phrase("ไม่รู้จักเครื่องหมาย “\(first)”", en: "“\(first)” is not a sign of formulas"))
        }
    }

    private mutating func number() throws(FormulaProblem) -> Token {
        let start = position
        let text = take { isDigit($0) || $0 == "." }
        guard let number = Exact(text) else {
            throw FormulaProblem(
                offset: start, reason: Phrase("“\(text)” ไม่ใช่ตัวเลข", en: "“\(text)” is not a number"))
        }
        return .number(number)
    }

    private mutating func indicator(from start: Int) throws(FormulaProblem) -> Token {
        let number = take { $0 != "]" && $0 != "[" }
        guard takes("]"), !number.allSatisfy(\.isWhitespace) else {
            throw FormulaProblem(
                offset: start,
                reason: Phrase("เลขตัวชี้วัดต้องอยู่ระหว่าง [ และ ]", en: "An indicator's number stands between [ and ]"))
        }
        return .indicator(arabicDigits(number.filter { !$0.isWhitespace }))
    }

    private mutating func take(while belongs: (Character) -> Bool) -> String {
        let start = position
        while position < characters.count, belongs(characters[position]) { position += 1 }
        return String(characters[start..<position])
    }

    private mutating func takes(_ character: Character) -> Bool {
        guard position < characters.count, characters[position] == character else { return false }
        position += 1
        return true
    }
}

private func isDigit(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { (48...57).contains($0.value) || (0x0E50...0x0E59).contains($0.value) }
}

/// Latin letters, Thai ones with their marks, and the underscore.
private func isLetter(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { scalar in
        (65...90).contains(scalar.value) || (97...122).contains(scalar.value) || scalar == "_"
            || (0x0E01...0x0E3A).contains(scalar.value) || (0x0E40...0x0E4E).contains(scalar.value)
    }
}
