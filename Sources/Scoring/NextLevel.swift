/// What would reach the next level: the result, and each variable that could bring it about alone.
package struct NextLevel: Hashable, Sendable {
    package var level: Int
    package var result: Exact
    /// The others staying as they are.
    package var changes: [Change]

    package struct Change: Hashable, Sendable {
        package var reference: Formula.Reference
        package var from: Exact
        package var to: Exact
    }
}

extension Assessment {
    /// Nil when nothing is above, or the rule has no levels in between.
    package var next: NextLevel? {
        guard case .criteria(let criteria) = rule else { return nil }
        let level: Int
        switch criteria.position(of: result) {
        case .best: return nil
        case .worst: level = 2
        case .between(let reached, _, _): level = reached + 1
        }
        guard let wanted = criteria.value(ofLevel: level) else { return nil }
        let references = formula?.references.map(\.reference) ?? []
        return NextLevel(
            level: level, result: wanted, changes: references.compactMap { change(of: $0, to: wanted, criteria) })
    }

    /// The nearest value of one name that reaches the result: exact where the formula is straight in that name.
    private func change(of reference: Formula.Reference, to wanted: Exact, _ criteria: Criteria) -> NextLevel.Change? {
        guard let formula, let now = values[reference] else { return nil }
        let result: (Exact) -> Exact? = { value in
            try? formula.result { $0 == reference ? value : values[$0] }
        }
        let reaches: (Exact) -> Bool = { value in
            result(value).map { criteria.isRising ? $0 >= wanted : $0 <= wanted } ?? false
        }
        guard let further = result(now + .one),
            let distance = (wanted - self.result).divided(by: further - self.result)
        else { return nil }
        let exact = now + distance
        // Who counts heads wants the next whole head.
        let needed = now.isWhole ? (distance.isBelowZero ? exact.roundedDown : exact.roundedUp) : exact
        guard result(exact) == wanted, reaches(needed), !needed.isBelowZero else { return nil }
        return NextLevel.Change(reference: reference, from: now, to: needed)
    }
}
