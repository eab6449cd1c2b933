import HTTP
import Kernel
import Rounds
import Scoring

/// `1.2.9` → `1.2.10`; nothing when the number ends with a letter.
func numberAfter(_ number: String) -> String {
    let digits = number.reversed().prefix { ("0"..."9").contains($0) }
    guard let last = Int(String(digits.reversed())) else { return "" }
    return number.dropLast(digits.count) + "\(last + 1)"
}

extension Indicator {
    /// As the form shows it.
    var fields: Fields {
        var fields = Fields([
            "number": number, "name": name, "framework": "\(framework)", "parent": parent.map { "\($0)" } ?? "",
            "definition": definition, "rationale": rationale, "state": state.rawValue, "type": type.rawValue,
            "measure": measure, "weight": weight.shortText(), "target": target?.sqlText ?? "",
            "ratio": ratio?.sqlText ?? "", "formula": formula, "data-source": dataSource, "below": below.rawValue,
            "owner-unit": ownerUnit.map { "\($0)" } ?? "", "owner": owner.map { "\($0)" } ?? "",
        ])
        for (index, id) in dimensions.enumerated() { fields.add("dimension-\(index + 1)", id.map { "\($0)" } ?? "") }
        for (index, worth) in worths.enumerated() { fields.add("worth-\(index + 1)", worth.sqlText) }
        for (index, value) in criteria.enumerated() { fields.add("criterion-\(index + 1)", value?.sqlText ?? "") }
        for (index, value) in baseline.enumerated() { fields.add("baseline-\(index + 1)", value?.sqlText ?? "") }
        for (index, text) in steps.enumerated() { fields.add("step-\(index + 1)", text) }
        for (index, variable) in variables.enumerated() {
            fields.add("variable-\(index + 1)-name", variable.name)
            fields.add("variable-\(index + 1)-label", variable.label)
            fields.add("variable-\(index + 1)-measure", variable.measure)
            fields.add("variable-\(index + 1)-source", variable.source.rawValue)
            for round in variable.rounds { fields.add("variable-\(index + 1)-rounds", round.code) }
        }
        for (part, contacts) in [("supervisor", supervisors), ("collector", collectors)] {
            for (index, contact) in contacts.enumerated() {
                fields.add("\(part)-\(index + 1)-name", contact.name)
                fields.add("\(part)-\(index + 1)-position", contact.position)
                fields.add("\(part)-\(index + 1)-phone", contact.phone)
            }
        }
        return fields
    }
}
