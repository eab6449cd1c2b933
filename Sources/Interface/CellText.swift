import Documents
import HTML
import Runtime

extension Sheet {
    /// Whether numbers stand in a column, as far as its first rows tell.
    func isNumeric(_ column: Int) -> Bool {
        (0..<min(rows.count, 20)).contains { rows[$0][column].isNumber }
    }
}

extension Sheet.Cell {
    var isNumber: Bool {
        if case .number = self { true } else { false }
    }

    /// As people read it.
    func shown(in language: Language) -> String {
        switch self {
        case .text(let text): text
        case .number(let digits): digits
        case .day(let day): day.inShort[language]
        case .moment(let instant): instant.inShort[language]
        case .flag(let isOn): isOn ? "✓" : ""
        case .empty: ""
        }
    }
}
