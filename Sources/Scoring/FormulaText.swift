extension Formula {
    /// The formula with values in the place of names, as one would write it: `281 ÷ 300 × 100`.
    package func text(with value: (Reference) -> Exact?) -> String {
        root.text(value)
    }
}

extension Formula.Node {
    func text(_ value: (Formula.Reference) -> Exact? = { _ in nil }) -> String {
        switch self {
        case .number(let number): number.shortText(decimals: 30)
        case .reference(let reference, _): value(reference)?.shortText() ?? reference.text
        case .negative(let inner): "−" + inner.bracketed(below: 3, value)
        case .operation(let operation, let left, let right, _):
            // What is taken away or divided by needs brackets also when it ranks the same.
            left.bracketed(below: rank, value) + operation.sign
                + right.bracketed(below: operation.isReversible ? rank : rank + 1, value)
        case .call(.share, let nodes, _) where nodes.count == 2:
            nodes[0].bracketed(below: 2, value) + " ÷ " + nodes[1].bracketed(below: 3, value) + " × 100"
        case .call(let function, let nodes, _):
            "\(function.rawValue)(" + nodes.map { $0.text(value) }.joined(separator: ", ") + ")"
        case .comparison(let comparison, let left, let right): left.text(value) + comparison.sign + right.text(value)
        case .all(let nodes): nodes.map { $0.bracketed(below: 1, value) }.joined(separator: " and ")
        case .any(let nodes): nodes.map { $0.bracketed(below: 1, value) }.joined(separator: " or ")
        case .not(let inner): "not (" + inner.text(value) + ")"
        }
    }

    private func bracketed(below least: Int, _ value: (Formula.Reference) -> Exact?) -> String {
        let text = text(value)
        let isBare: Bool
        if case .reference(let reference, _) = self, let number = value(reference) {
            isBare = !number.isBelowZero
        } else {
            isBare = rank >= least
        }
        return isBare ? text : "(\(text))"
    }

    /// How strongly the parts hold together.
    private var rank: Int {
        switch self {
        case .any, .all, .not: 0
        case .comparison: 1
        case .operation(.plus, _, _, _), .operation(.minus, _, _, _): 1
        case .operation(.times, _, _, _), .operation(.over, _, _, _): 2
        case .negative: 3
        case .number(let number): number.isBelowZero ? 0 : 4
        case .call(.share, _, _): 2
        case .reference, .call: 4
        }
    }
}

extension Formula.Operation {
    fileprivate var sign: String {
        switch self {
        case .plus: " + "
        case .minus: " − "
        case .times: " × "
        case .over: " ÷ "
        }
    }

    fileprivate var isReversible: Bool {
        switch self {
        case .plus, .times: true
        case .minus, .over: false
        }
    }
}

extension Formula.Comparison {
    fileprivate var sign: String {
        switch self {
        case .less: " < "
        case .lessOrEqual: " ≤ "
        case .equal: " = "
        case .notEqual: " ≠ "
        case .greaterOrEqual: " ≥ "
        case .greater: " > "
        }
    }
}
