package import HTML

/// What is wrong with a formula, or with what it was to compute, and where: an offset in characters from its start.
package struct FormulaProblem: Error, Hashable, Sendable {
    package var offset: Int
    package var reason: Phrase
}

/// How an indicator's result comes from its variables and its sub-indicators' results.
///
/// Numbers, `+ − × ÷`, brackets, `sum mean min max share if`, and nothing else: no loops, no names but the indicator's.
package struct Formula: Sendable {
    /// A name in the formula that stands for a number.
    package enum Reference: Hashable, Sendable {
        case variable(String)
        /// A sub-indicator's result, by its number: `[1.2.4]`.
        case indicator(String)

        package var text: String {
            switch self {
            case .variable(let name): name
            case .indicator(let number): "[\(number)]"
            }
        }
    }

    enum Operation: Sendable {
        case plus, minus, times, over
    }

    enum Function: String, Sendable, CaseIterable {
        case sum, mean, min, max, share
        case choice = "if"
    }

    enum Comparison: Sendable {
        case less, lessOrEqual, equal, notEqual, greaterOrEqual, greater
    }

    indirect enum Node: Sendable {
        case number(Exact)
        case reference(Reference, at: Int)
        case negative(Node)
        case operation(Operation, Node, Node, at: Int)
        case call(Function, [Node], at: Int)
        case comparison(Comparison, Node, Node)
        case all([Node])
        case any([Node])
        case not(Node)

        /// True or false, not a number: what stands first in `if`.
        var isCondition: Bool {
            switch self {
            case .comparison, .all, .any, .not: true
            default: false
            }
        }

        var children: [Node] {
            switch self {
            case .number, .reference: []
            case .negative(let inner), .not(let inner): [inner]
            case .operation(_, let left, let right, _), .comparison(_, let left, let right): [left, right]
            case .call(_, let nodes, _), .all(let nodes), .any(let nodes): nodes
            }
        }
    }

    package static let longest = 1000
    /// Of brackets within brackets.
    package static let deepest = 32

    let root: Node
    package let text: String

    package init(_ text: String) throws(FormulaProblem) {
        var parser = try FormulaParser(text)
        root = try parser.formula()
        self.text = text
    }

    /// The names in it, in the order in which they first stand there.
    package var references: [(reference: Reference, offset: Int)] {
        var found: [(Reference, Int)] = []
        collect(root, into: &found)
        return found
    }

    private func collect(_ node: Node, into found: inout [(Reference, Int)]) {
        if case .reference(let reference, let offset) = node, !found.contains(where: { $0.0 == reference }) {
            found.append((reference, offset))
        }
        for child in node.children { collect(child, into: &found) }
    }

    /// All that is wrong before any value is known: names that nothing stands for, divisions by what is surely zero.
    package func problems(knowing known: Set<Reference>) -> [FormulaProblem] {
        let unknown = references.filter { !known.contains($0.reference) }.map { name, offset in
            FormulaProblem(
                offset: offset,
                reason: Phrase("ไม่รู้จัก “\(name.text)”", en: "“\(name.text)” is not a variable or sub-indicator here"))
        }
        return (unknown + sureDivisionsByZero(in: root)).sorted { $0.offset < $1.offset }
    }

    private func sureDivisionsByZero(in node: Node) -> [FormulaProblem] {
        let inner = node.children.flatMap { sureDivisionsByZero(in: $0) }
        let divisor: (Node, Int)? =
            switch node {
            case .operation(.over, _, let right, let offset): (right, offset)
            case .call(.share, let nodes, let offset): (nodes[1], offset)
            default: nil
            }
        guard let (right, offset) = divisor, isSurelyZero(right) else { return inner }
        return inner + [.divisionByZero(at: offset)]
    }

    private func isSurelyZero(_ node: Node) -> Bool {
        switch node {
        case .number(let number): number.isZero
        case .negative(let inner): isSurelyZero(inner)
        case .operation(.times, let left, let right, _): isSurelyZero(left) || isSurelyZero(right)
        case .operation(.over, let left, _, _): isSurelyZero(left)
        case .operation(.minus, let left, let right, _) where left.text() == right.text(): true
        case .operation(_, let left, let right, _):
            isSurelyZero(left) && isSurelyZero(right)
                || constant(node)?.isZero == true
        case .call(.choice, let nodes, _): isSurelyZero(nodes[1]) && isSurelyZero(nodes[2])
        case .call(.share, let nodes, _): isSurelyZero(nodes[0])
        case .call(_, let nodes, _): nodes.allSatisfy(isSurelyZero)
        default: false
        }
    }

    /// What a part without names comes to.
    private func constant(_ node: Node) -> Exact? {
        try? FormulaEvaluation { _ in nil }.number(node)
    }
}

extension FormulaProblem {
    static func divisionByZero(at offset: Int) -> FormulaProblem {
        FormulaProblem(offset: offset, reason: Phrase("หารด้วยศูนย์", en: "Division by zero"))
    }
}
