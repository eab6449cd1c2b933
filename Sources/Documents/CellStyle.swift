import Runtime

/// How a spreadsheet shows a number: it decides what the person took it for.
enum CellStyle {
    case plain, day, percent

    /// In the order in which cells name them.
    static func all(in pieces: XMLPieces) throws(SpreadsheetProblem) -> [CellStyle] {
        var formats: [Int: String] = [:]
        var styles: [CellStyle] = []
        var isInUse = false
        while let piece = try pieces.next() {
            switch piece {
            case .opened("numFmt"):
                if let id = pieces.attribute("numFmtId").flatMap({ Int($0) }) {
                    formats[id] = pieces.attribute("formatCode")
                }
            case .opened("cellXfs"): isInUse = true
            case .closed("cellXfs"): isInUse = false
            case .opened("xf") where isInUse:
                let id = pieces.attribute("numFmtId").flatMap { Int($0) } ?? 0
                styles.append(CellStyle(id, formats[id]))
            default: break
            }
        }
        return styles
    }

    /// The built-in formats have numbers; others say how they look, with quoted words that mean nothing.
    private init(_ id: Int, _ code: String?) {
        guard let code else {
            self =
                switch id {
                case 9, 10: .percent
                case 14...17, 22: .day
                default: .plain
                }
            return
        }
        var (isQuoted, letters) = (false, "")
        for letter in code.lowercased() {
            if letter == "\"" { isQuoted.toggle() } else if !isQuoted { letters.append(letter) }
        }
        self = letters.contains("%") ? .percent : letters.contains("y") || letters.contains("d") ? .day : .plain
        if letters.hasPrefix("general") { self = .plain }
    }

    func text(of raw: String) -> String {
        guard let value = Double(raw), value.isFinite else { return raw }
        switch self {
        case .plain: return decimalText(value)
        case .percent: return decimalText(value * 100) + "%"
        case .day:
            // Days are counted from the last but one of 1899; hours are parts of one.
            let seconds = (value * 86_400).rounded()
            guard (0...4_000_000_000_0).contains(seconds) else { return raw }
            let (day, rest) = (Int(seconds) / 86_400, Int(seconds) % 86_400)
            let date = Day(sinceEpoch: day - 25_569).text
            guard rest > 0 else { return date }
            let (hour, minute) = (rest / 3600, rest % 3600 / 60)
            return "\(date) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
        }
    }
}

/// A binary number as the decimal that was typed: the shortest that means the same, without an exponent.
func decimalText(_ value: Double) -> String {
    let text = "\(value)"
    let parts = text.lowercased().split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else {
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    let isNegative = parts[0].hasPrefix("-")
    let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".")
    var digits = String(mantissa[0]) + (mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : "")
    var point = mantissa[0].count + exponent
    if point <= 0 {
        digits = String(repeating: "0", count: 1 - point) + digits
        point = 1
    }
    if point > digits.count { digits += String(repeating: "0", count: point - digits.count) }
    let whole = digits.prefix(point)
    let fraction = digits.dropFirst(point)
    return (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
}
