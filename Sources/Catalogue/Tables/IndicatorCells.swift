import HTML
import HTTP
import Kernel
import Rounds
import Runtime

/// Cells of a table that hold several things: one on each line, its parts with bars between.
extension Variable {
    func line(in language: Language) -> String {
        barred([
            name, label, measure, source.phrase[language], rounds.map { $0.name[language] }.joined(separator: ", "),
        ])
    }
}

extension Contact {
    var line: String { barred([name, position, phone]) }
}

/// Parts that hold a bar themselves have a backslash before it.
private func barred(_ parts: [String]) -> String {
    var parts = parts
    while parts.last?.isEmpty == true { parts.removeLast() }
    return parts.map { part in
        part.reduce(into: "") { text, letter in
            if letter == "|" || letter == "\\" { text.append("\\") }
            text.append(letter)
        }
    }.joined(separator: " | ")
}

/// The lines of a cell, each in its parts.
func barredLines(_ cell: String) -> [[String]] {
    cell.split(separator: "\n").map { line in
        var parts = [""]
        var isEscaped = false
        for letter in line {
            if letter == "|" && !isEscaped {
                parts.append("")
            } else if letter == "\\" && !isEscaped {
                isEscaped = true
                continue
            } else {
                parts[parts.count - 1].append(letter)
            }
            isEscaped = false
        }
        return parts.map { String($0.trimmingSpaces) }
    }
}

/// What stands in a cell with commas, semicolons or line breaks between.
func listedParts(_ cell: String) -> [String] {
    cell.split { $0 == "," || $0 == ";" || $0 == "\n" }.map { String($0.trimmingSpaces) }.filter { !$0.isEmpty }
}

extension Round {
    /// As a table names it: by its code, or in words of either language.
    init?(named text: String) {
        let text = arabicDigits(text)
        guard let round = Self.all.first(where: { [$0.code, $0.name.thai, $0.name.english].contains(text) }) else {
            return nil
        }
        self = round
    }
}
