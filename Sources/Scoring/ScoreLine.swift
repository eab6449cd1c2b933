import HTML
package import Runtime

/// One line for auditors: a JSON object in, a JSON object out, computed by the very rule of the pages.
package enum ScoreLine {
    /// Never throws: what can't be scored answers with `error`.
    package static func answer(_ line: String) -> JSON {
        do {
            let request = try JSON(parsing: line.utf8)
            return request["scores"] == nil ? try score(request) : try total(request)
        } catch let error as NoScore {
            var members: [JSON.Member] = [.init(name: "error", value: .text(error.reason.english))]
            if let offset = error.offset { members.append(.init(name: "at", value: JSON(offset))) }
            return .object(members)
        } catch let error as JSONError {
            return ["error": .text("not JSON: \(error.reason), byte \(error.offset)")]
        } catch {
            return ["error": .text("\(error)")]
        }
    }

    private static func score(_ request: JSON) throws(NoScore) -> JSON {
        let type = try valueType(request)
        let rule = try rule(request, type)
        let weight = try request["weight"].map { value throws(NoScore) in try number(value, "weight") }
        let assessment: Assessment
        if let formula = request["formula"]?.textValue {
            assessment = try Assessment(parse(formula), values(request), by: rule, weight: weight)
        } else if case .array(let ticks)? = request["steps"] {
            assessment = try Assessment(
                ScoreRule.stepsReached(ticks.map { $0 == .bool(true) }), by: rule, weight: weight)
        } else {
            assessment = try Assessment(result(request, type, rule), by: rule, weight: weight)
        }
        return [
            "result": .text(assessment.resultText), "score": .text(assessment.scoreText),
            "weighted": JSON(assessment.weightedText), "explanation": Explanation(assessment).json,
        ]
    }

    private static func total(_ request: JSON) throws(NoScore) -> JSON {
        guard case .array(let items)? = request["scores"] else { throw NoScore(Phrase(same: "scores must be a list")) }
        var scores: [(weight: Exact, score: Exact)] = []
        for item in items {
            guard let weight = item["weight"], let score = item["score"] else {
                throw NoScore(Phrase(same: "each of scores needs weight and score"))
            }
            scores.append((try number(weight, "weight"), try number(score, "score")))
        }
        guard let mean = Exact.weightedMean(scores) else {
            throw NoScore(Phrase(same: "the weights add up to zero"))
        }
        let sum = scores.reduce(Exact.zero) { $0 + $1.score.weighted(by: $1.weight) }
        let terms = scores.map { "\($0.weight.shortText()) × \($0.score.shortText(decimals: 5))" }
        let weights = scores.map { $0.weight.shortText() }
        let arithmetic = "(\(terms.joined(separator: " + "))) ÷ (\(weights.joined(separator: " + ")))"
        let outcome = mean.text(decimals: ScoreRule.scoreDecimals)
        return [
            "result": .null, "score": .text(outcome), "weighted": .text(sum.text(decimals: ScoreRule.scoreDecimals)),
            "explanation": [
                "rule": JSON(ScoreRule.version),
                "steps": [["meaning": "Weighted mean", "arithmetic": .text(arithmetic), "outcome": .text(outcome)]],
            ],
        ]
    }

    private static func valueType(_ request: JSON) throws(NoScore) -> ValueType? {
        guard let text = request["type"]?.textValue else { return request["steps"] == nil ? nil : .steps }
        guard let type = ValueType(rawValue: text) else {
            let known = ValueType.allCases.map(\.rawValue).joined(separator: ", ")
            throw NoScore(Phrase(same: "type is one of \(known)"))
        }
        return type
    }

    private static func rule(_ request: JSON, _ type: ValueType?) throws(NoScore) -> ScoreRule {
        if type == .done { return .done }
        if type == .steps, request["criteria"] == nil { return .steps }
        var values: [Exact?] = []
        switch request["criteria"] {
        case .array(let items):
            for item in items {
                let isMissing = item == .null || item.textValue == ""
                values.append(isMissing ? nil : try number(item, "criteria"))
            }
        case nil where type == .weightedMean: values = Criteria.ordinaryWorths
        default: throw NoScore(Phrase(same: "criteria must be a list of levels 1 to 5, or 2 to 5"))
        }
        if values.count == Criteria.levels - 1 { values.insert(nil, at: 0) }
        do {
            return .criteria(try Criteria(values, below: below(request), worths: worths(request)))
        } catch let problem as CriteriaProblem {
            throw NoScore(problem.reason)
        } catch let error as NoScore {
            throw error
        } catch {
            throw NoScore(Phrase(same: "\(error)"))
        }
    }

    private static func below(_ request: JSON) throws(NoScore) -> Criteria.Below {
        guard let text = request["below"]?.textValue else { return .slope }
        guard let below = Criteria.Below(rawValue: text) else {
            throw NoScore(Phrase(same: "below is slope or one"))
        }
        return below
    }

    private static func worths(_ request: JSON) throws(NoScore) -> [Exact] {
        guard case .array(let items)? = request["levels"] else { return Criteria.ordinaryWorths }
        var worths: [Exact] = []
        for item in items { worths.append(try number(item, "levels")) }
        return worths
    }

    private static func parse(_ formula: String) throws(NoScore) -> Formula {
        do {
            return try Formula(formula)
        } catch {
            throw NoScore(error.reason, offset: error.offset)
        }
    }

    private static func values(_ request: JSON) throws(NoScore) -> [Formula.Reference: Exact] {
        var values: [Formula.Reference: Exact] = [:]
        for member in request["variables"]?.members ?? [] where member.value != .null {
            let isIndicator = member.name.hasPrefix("[") && member.name.hasSuffix("]")
            let reference: Formula.Reference =
                isIndicator ? .indicator(String(member.name.dropFirst().dropLast())) : .variable(member.name)
            values[reference] = try number(member.value, member.name)
        }
        return values
    }

    /// A number, or a fraction such as `281/300`. Of an indicator in percent a fraction is a share of the whole; so it
    /// is where no type is given, the criteria are those of a percentage, and the fraction lies between 0 and 1.
    private static func result(_ request: JSON, _ type: ValueType?, _ rule: ScoreRule) throws(NoScore) -> Exact {
        guard let value = request["value"] else {
            throw NoScore(Phrase(same: "there must be a value, or a formula with variables"))
        }
        if case .bool(let isDone) = value { return isDone ? .one : .zero }
        guard let parts = value.textValue?.split(separator: "/"), parts.count == 2 else {
            return try number(value, "value")
        }
        let divisor = try number(.text(String(parts[1])), "value")
        guard let fraction = try number(.text(String(parts[0])), "value").divided(by: divisor) else {
            throw NoScore(Phrase(same: "value: division by zero"))
        }
        let isShare: Bool
        switch (type, rule) {
        case (.percentHigher, _), (.percentLower, _): isShare = true
        case (nil, .criteria(let criteria)):
            let best = criteria.value(ofLevel: Criteria.levels) ?? .zero
            isShare = criteria.isRising && best > .one && best <= .hundred && !fraction.isBelowZero && fraction <= .one
        default: isShare = false
        }
        return isShare ? fraction * .hundred : fraction
    }

    private static func number(_ value: JSON, _ name: String) throws(NoScore) -> Exact {
        let text: String
        switch value {
        case .number(let digits): text = digits
        case .text(let words): text = words
        default: throw NoScore(Phrase(same: "\(name) must be a number"))
        }
        guard let number = Exact(withExponent: text) else {
            throw NoScore(Phrase(same: "\(name): “\(text.prefix(80))” is not a decimal number"))
        }
        return number
    }
}

extension Exact {
    /// Also as JSON may write it: `1.5e2`.
    fileprivate init?(withExponent text: String) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first.flatMap({ Exact(String($0)) }) else { return nil }
        guard parts.count == 2 else {
            self = mantissa
            return
        }
        guard let exponent = Int(parts[1]), abs(exponent) <= Exact.longestText else { return nil }
        let power = (0..<abs(exponent)).reduce(Exact.one) { power, _ in power * Exact(10) }
        guard let number = exponent < 0 ? mantissa.divided(by: power) : mantissa * power else { return nil }
        self = number
    }
}
