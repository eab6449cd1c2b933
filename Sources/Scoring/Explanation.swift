package import HTML
package import Runtime

/// A score opened into its arithmetic, as data: pages, the API and documents show the same.
package struct Explanation: Sendable {
    package struct Step: Sendable {
        package var meaning: Phrase
        package var arithmetic: String
        package var outcome: String
    }

    package var steps: [Step]
    package var next: NextLevel?

    package init(_ assessment: Assessment) {
        steps = [Self.resultStep(assessment), Self.scoreStep(assessment)].compactMap(\.self)
        if let weight = assessment.weight, let weighted = assessment.weightedText {
            steps.append(
                Step(
                    meaning: Phrase("คะแนนถ่วงน้ำหนัก", en: "Weighted score"),
                    arithmetic: "\(weight.shortText()) × \(assessment.scoreText) ÷ 100", outcome: weighted))
        }
        next = assessment.next
    }

    private static func resultStep(_ assessment: Assessment) -> Step? {
        guard let formula = assessment.formula else { return nil }
        return Step(
            meaning: Phrase("ผลการดำเนินงาน", en: "Result"),
            arithmetic: formula.text { assessment.values[$0] }, outcome: assessment.resultText)
    }

    private static func scoreStep(_ assessment: Assessment) -> Step {
        let result = assessment.result.shortText(decimals: ScoreRule.resultDecimals)
        func step(_ meaning: Phrase, _ arithmetic: String) -> Step {
            Step(meaning: meaning, arithmetic: arithmetic, outcome: assessment.scoreText)
        }
        switch assessment.rule {
        case .done where assessment.result.isZero:
            return step(Phrase("ยังไม่ดำเนินการ ได้ระดับ 1", en: "Not done: level 1"), result)
        case .done: return step(Phrase("ดำเนินการแล้ว ได้ระดับ 5", en: "Done: level 5"), result)
        case .steps:
            return step(
                Phrase("ทำถึงขั้นที่ \(result) โดยไม่ข้ามขั้น", en: "Step \(result) is reached without a gap"), result)
        case .criteria(let criteria):
            switch criteria.position(of: assessment.result) {
            case .best: return step(Phrase("ถึงเกณฑ์ระดับ 5", en: "Reaches level 5"), result)
            case .worst: return step(Phrase("ไม่พ้นเกณฑ์ระดับ 1", en: "Not beyond level 1"), result)
            case .between(let level, let from, let to):
                let (low, high) = (criteria.worths[level - 1], criteria.worths[level])
                let width = high - low == .one ? "" : " × \((high - low).shortText())"
                return step(
                    Phrase("อยู่ระหว่างระดับ \(level) กับ \(level + 1)", en: "Between levels \(level) and \(level + 1)"),
                    "\(low.shortText()) + (\(result) − \(signed(from))) ÷ (\(signed(to)) − \(signed(from)))\(width)")
            }
        }
    }

    private static func signed(_ number: Exact) -> String {
        number.isBelowZero ? "(\(number.shortText()))" : number.shortText()
    }

    /// `285 of 300`, for each name that could do it alone.
    package var json: JSON {
        var members: [JSON.Member] = [
            .init(name: "rule", value: JSON(ScoreRule.version)),
            .init(
                name: "steps",
                value: .array(
                    steps.map { step in
                        [
                            "meaning": .text(step.meaning.english), "meaning-th": .text(step.meaning.thai),
                            "arithmetic": .text(step.arithmetic), "outcome": .text(step.outcome),
                        ]
                    })),
        ]
        if let next {
            members.append(
                .init(
                    name: "next",
                    value: [
                        "level": JSON(next.level), "result": .text(next.result.shortText()),
                        "changes": .array(
                            next.changes.map { change in
                                [
                                    "name": .text(change.reference.text), "from": .text(change.from.shortText()),
                                    "to": .text(change.to.shortText()),
                                ]
                            }),
                    ]))
        }
        return .object(members)
    }
}
