import HTML

/// Reads a formula from left to right, each function below what binds less.
struct FormulaParser {
    private typealias Node = Formula.Node

    private var lexer: FormulaLexer
    private var token: FormulaLexer.Token = .end
    private var offset = 0
    private var depth = 0

    private static let thaiNames = [
        "ผลรวม": "sum", "ค่าเฉลี่ย": "mean", "ต่ำสุด": "min", "สูงสุด": "max", "ร้อยละ": "share", "ถ้า": "if",
    ]
    private static let words: Set = ["and", "or", "not", "และ", "หรือ", "ไม่"]

    /// Words of the language, which no variable may be called.
    static let reserved = words.union(Formula.Function.allCases.map(\.rawValue)).union(thaiNames.keys)

    init(_ text: String) throws(FormulaProblem) {
        guard text.count <= Formula.longest else {
            throw FormulaProblem(
                offset: Formula.longest,
                reason: Phrase(
                    "สูตรยาวเกิน \(Formula.longest) ตัวอักษร", en: "A formula has at most \(Formula.longest) characters"))
        }
        lexer = FormulaLexer(text)
        try advance()
    }

    mutating func formula() throws(FormulaProblem) -> Formula.Node {
        if token == .end { throw problem(Phrase("สูตรว่างเปล่า", en: "The formula is empty")) }
        let start = offset
        let node = try numeric(from: start) { parser throws(FormulaProblem) in try parser.alternatives() }
        guard token == .end else { throw unexpected() }
        return node
    }

    private mutating func advance() throws(FormulaProblem) {
        (token, offset) = try lexer.next()
    }

    /// `a > b or c > d`
    private mutating func alternatives() throws(FormulaProblem) -> Node {
        let start = offset
        var nodes = [try conjunction()]
        while takesWord("or", "หรือ") {
            try advance()
            nodes.append(try conjunction())
        }
        return nodes.count == 1 ? nodes[0] : .any(try conditions(nodes, at: start))
    }

    private mutating func conjunction() throws(FormulaProblem) -> Node {
        let start = offset
        var nodes = [try negation()]
        while takesWord("and", "และ") {
            try advance()
            nodes.append(try negation())
        }
        return nodes.count == 1 ? nodes[0] : .all(try conditions(nodes, at: start))
    }

    private mutating func negation() throws(FormulaProblem) -> Node {
        guard takesWord("not", "ไม่") else { return try comparison() }
        try enter()
        defer { depth -= 1 }
        try advance()
        let start = offset
        return .not(try conditions([try negation()], at: start)[0])
    }

    private func conditions(_ nodes: [Node], at start: Int) throws(FormulaProblem) -> [Node] {
        guard nodes.allSatisfy(\.isCondition) else {
            throw FormulaProblem(
                offset: start,
                reason: Phrase("ตรงนี้ต้องเป็นเงื่อนไข เช่น a > b", en: "A condition such as a > b must stand here"))
        }
        return nodes
    }

    private mutating func comparison() throws(FormulaProblem) -> Node {
        let start = offset
        let left = try sum()
        guard case .symbol(let sign) = token, let comparison = Self.comparison(sign) else { return left }
        try requireNumber(left, at: start)
        try advance()
        let right = try numeric(from: offset) { parser throws(FormulaProblem) in try parser.sum() }
        return .comparison(comparison, left, right)
    }

    private static func comparison(_ sign: Character) -> Formula.Comparison? {
        switch sign {
        case "<": .less
        case "≤": .lessOrEqual
        case "=": .equal
        case "≠": .notEqual
        case "≥": .greaterOrEqual
        case ">": .greater
        default: nil
        }
    }

    private mutating func sum() throws(FormulaProblem) -> Node {
        try chain(["+": .plus, "-": .minus]) { parser throws(FormulaProblem) in try parser.product() }
    }

    private mutating func product() throws(FormulaProblem) -> Node {
        try chain(["*": .times, "/": .over]) { parser throws(FormulaProblem) in try parser.signed() }
    }

    /// Operations of one rank, from left to right.
    private mutating func chain(
        _ signs: [Character: Formula.Operation], of operand: (inout FormulaParser) throws(FormulaProblem) -> Node
    ) throws(FormulaProblem) -> Node {
        let start = offset
        var left = try operand(&self)
        while case .symbol(let sign) = token, let operation = signs[sign] {
            try requireNumber(left, at: start)
            let place = offset
            try advance()
            let right = try numeric(from: offset, operand)
            left = .operation(operation, left, right, at: place)
        }
        return left
    }

    private mutating func signed() throws(FormulaProblem) -> Node {
        guard token == .symbol("-") else { return try operand() }
        try enter()
        defer { depth -= 1 }
        try advance()
        return .negative(try numeric(from: offset) { parser throws(FormulaProblem) in try parser.signed() })
    }

    private mutating func operand() throws(FormulaProblem) -> Node {
        let place = offset
        switch token {
        case .number(let number):
            try advance()
            return .number(number)
        case .indicator(let number):
            try advance()
            return .reference(.indicator(number), at: place)
        case .name(let name):
            if Self.words.contains(name.lowercased()) { throw unexpected() }
            try advance()
            let function = Formula.Function(rawValue: Self.thaiNames[name] ?? name.lowercased())
            if let function { return try call(function, named: name, at: place) }
            return .reference(.variable(name), at: place)
        case .symbol("("):
            try enter()
            defer { depth -= 1 }
            try advance()
            let inner = try alternatives()
            try close(openedAt: place)
            return inner
        default: throw unexpected()
        }
    }

    private mutating func call(
        _ function: Formula.Function, named name: String, at place: Int
    ) throws(FormulaProblem) -> Node {
        let opening = offset
        guard token == .symbol("(") else {
            throw problem(Phrase("หลัง \(name) ต้องมีวงเล็บ", en: "\(name) takes brackets"))
        }
        try enter()
        defer { depth -= 1 }
        var nodes: [Node] = []
        repeat {
            try advance()
            let start = offset
            nodes.append(try alternatives())
            if function == .choice && nodes.count == 1 {
                nodes = try conditions(nodes, at: start)
            } else {
                try requireNumber(nodes[nodes.count - 1], at: start)
            }
        } while token == .symbol(",")
        try close(openedAt: opening)
        try checkCount(of: nodes, function, name, at: place)
        return .call(function, nodes, at: place)
    }

    private func checkCount(
        of nodes: [Node], _ function: Formula.Function, _ name: String, at place: Int
    ) throws(FormulaProblem) {
        let wanted: Int? =
            switch function {
            case .choice: 3
            case .share: 2
            default: nil
            }
        guard let wanted, nodes.count != wanted else { return }
        throw FormulaProblem(
            offset: place,
            reason: Phrase("\(name) ต้องมี \(wanted) ค่าในวงเล็บ", en: "\(name) takes \(wanted) values"))
    }

    private mutating func close(openedAt place: Int) throws(FormulaProblem) {
        guard token == .symbol(")") else {
            if token != .end { throw unexpected() }
            throw FormulaProblem(offset: place, reason: Phrase("วงเล็บนี้ไม่ปิด", en: "This bracket is not closed"))
        }
        try advance()
    }

    private mutating func enter() throws(FormulaProblem) {
        depth += 1
        guard depth <= Formula.deepest else {
            throw problem(
                Phrase("ซ้อนกันเกิน \(Formula.deepest) ชั้น", en: "Nested more than \(Formula.deepest) deep"))
        }
    }

    private mutating func numeric(
        from start: Int, _ part: (inout FormulaParser) throws(FormulaProblem) -> Node
    ) throws(FormulaProblem) -> Node {
        let node = try part(&self)
        try requireNumber(node, at: start)
        return node
    }

    private func requireNumber(_ node: Node, at start: Int) throws(FormulaProblem) {
        guard node.isCondition else { return }
        throw FormulaProblem(
            offset: start,
            reason: Phrase(
                "ตรงนี้ต้องเป็นตัวเลข เงื่อนไขใช้ได้ใน if เท่านั้น", en: "A number must stand here; conditions belong in if"))
    }

    private func takesWord(_ english: String, _ thai: String) -> Bool {
        guard case .name(let name) = token else { return false }
        return name.lowercased() == english || name == thai
    }

    private func unexpected() -> FormulaProblem {
        switch token {
        case .end: problem(Phrase("สูตรจบกลางคัน", en: "The formula ends too early"))
        case .symbol(let sign): problem(Phrase("“\(sign)” ตรงนี้ไม่ถูกที่", en: "“\(sign)” doesn't belong here"))
        default: problem(Phrase("ขาดเครื่องหมายก่อนตรงนี้", en: "A sign is missing before this"))
        }
    }

    private func problem(_ reason: Phrase) -> FormulaProblem {
        FormulaProblem(offset: offset, reason: reason)
    }
}
