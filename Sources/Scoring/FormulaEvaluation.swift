import HTML

/// Computes a formula from values; each reading is exact.
struct FormulaEvaluation {
    let value: (Formula.Reference) -> Exact?

    /// Numbers of more bits are stopped: some 6,000 digits.
    private static let widest = 20_000

    init(value: @escaping (Formula.Reference) -> Exact?) {
        self.value = value
    }

    func number(_ node: Formula.Node) throws(FormulaProblem) -> Exact {
        switch node {
        case .number(let number): return number
        case .reference(let reference, let offset):
            guard let number = value(reference) else {
                throw FormulaProblem(
                    offset: offset,
                    reason: Phrase("ยังไม่มีค่าของ \(reference.text)", en: "\(reference.text) has no value yet"))
            }
            return number
        case .negative(let inner): return -(try number(inner))
        case .operation(let operation, let left, let right, let offset):
            return try measured(apply(operation, try number(left), try number(right)), at: offset)
        case .call(let function, let nodes, let offset):
            return try measured(call(function, nodes), at: offset)
        case .comparison, .all, .any, .not: return .zero
        }
    }

    private func apply(_ operation: Formula.Operation, _ left: Exact, _ right: Exact) -> Exact? {
        switch operation {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .over: left.divided(by: right)
        }
    }

    private func call(_ function: Formula.Function, _ nodes: [Formula.Node]) throws(FormulaProblem) -> Exact? {
        if function == .choice { return try number(try truth(nodes[0]) ? nodes[1] : nodes[2]) }
        var numbers: [Exact] = []
        for node in nodes { numbers.append(try number(node)) }
        switch function {
        case .sum: return numbers.reduce(.zero, +)
        case .mean: return numbers.reduce(.zero, +).divided(by: Exact(numbers.count))
        case .min: return numbers.min()
        case .max: return numbers.max()
        case .share: return numbers[0].divided(by: numbers[1]).map { $0 * .hundred }
        case .choice: return nil
        }
    }

    private func truth(_ node: Formula.Node) throws(FormulaProblem) -> Bool {
        switch node {
        case .comparison(let comparison, let left, let right):
            return compare(comparison, try number(left), try number(right))
        case .all(let nodes):
            for node in nodes { if try !truth(node) { return false } }
            return true
        case .any(let nodes):
            for node in nodes { if try truth(node) { return true } }
            return false
        case .not(let inner): return try !truth(inner)
        default: return false
        }
    }

    private func compare(_ comparison: Formula.Comparison, _ left: Exact, _ right: Exact) -> Bool {
        switch comparison {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .equal: left == right
        case .notEqual: left != right
        case .greaterOrEqual: left >= right
        case .greater: left > right
        }
    }

    /// Nothing comes only from a division by zero.
    private func measured(_ number: Exact?, at offset: Int) throws(FormulaProblem) -> Exact {
        guard let number else { throw .divisionByZero(at: offset) }
        guard number.bitWidth <= Self.widest else {
            throw FormulaProblem(offset: offset, reason: Phrase("ตัวเลขใหญ่เกินไป", en: "The number becomes too large"))
        }
        return number
    }
}

extension Formula {
    /// The formula's result; throws what is missing or can't be computed, and where.
    package func result(_ value: @escaping (Reference) -> Exact?) throws(FormulaProblem) -> Exact {
        try FormulaEvaluation(value: value).number(root)
    }
}
