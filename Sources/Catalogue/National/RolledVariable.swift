package import HTML
import Rounds
package import Scoring

/// A variable of a national indicator that comes from what the area's schools report.
package struct RolledVariable: Sendable {
    private let variable: Variable

    package var name: String { variable.name }
    package var label: String { variable.label.isEmpty ? variable.name : variable.label }
    package var measure: String { variable.measure }

    init?(_ variable: Variable) {
        guard variable.source.isRolledUp else { return nil }
        self.variable = variable
    }

    /// What the schools' numbers come to; `expected` schools must report. Nil before the first of them.
    package func total(of numbers: [Exact], expected: Int) -> Exact? {
        guard !numbers.isEmpty else { return nil }
        let having = Exact(numbers.count { $0 != .zero })
        return switch variable.source {
        case .entered, .central: nil
        case .sum: sum(numbers)
        case .mean: sum(numbers).divided(by: Exact(numbers.count))
        case .count: having
        case .share: (having * .hundred).divided(by: Exact(max(expected, numbers.count)))
        }
    }

    private func sum(_ numbers: [Exact]) -> Exact { numbers.reduce(.zero) { $0 + $1 } }

    /// How the schools' numbers become one.
    package var arithmetic: Phrase {
        switch variable.source {
        case .entered, .central: Phrase(same: "")
        case .sum: Phrase("ผลรวม", en: "sum")
        case .mean: Phrase("ค่าเฉลี่ย", en: "mean")
        case .count: Phrase("จำนวนแห่งที่มี", en: "how many have any")
        case .share: Phrase("ร้อยละของแห่งที่มี", en: "share of those that have any")
        }
    }
}

extension Variable.Source {
    /// From the reports of the area's schools.
    var isRolledUp: Bool {
        switch self {
        case .entered, .central: false
        case .sum, .mean, .count, .share: true
        }
    }
}

extension ReportSheet {
    /// What of this round comes from the schools.
    package var rolledUp: [RolledVariable] {
        guard isOfArea else { return [] }
        let names = Set(inputs.filter { $0.lock == .rolledUp }.map(\.name))
        return indicator.variables.filter { names.contains($0.name) }.compactMap(RolledVariable.init)
    }

    /// Known again, so that nobody sends what they haven't seen.
    package var rolledUpMark: String {
        rolledUp.map { given[$0.name] ?? "" }.joined(separator: " ")
    }

    /// The same sheet with more of what nobody enters.
    package func given(_ more: [String: String]) -> ReportSheet {
        var sheet = self
        sheet.given.merge(more) { _, new in new }
        return sheet
    }
}
