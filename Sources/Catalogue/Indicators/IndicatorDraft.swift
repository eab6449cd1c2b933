import HTML
import HTTP
import Kernel
import Rounds
import Runtime
import Scoring

/// An indicator as it was typed: everything that is wrong with it is said at its place, all at once.
struct IndicatorDraft {
    private(set) var indicator: Indicator
    private var draft: FormDraft

    /// `year` and `subIndicators` are what the formula may name besides its own variables.
    init(_ input: Fields, year: FiscalYear, subIndicators: Set<String>) throws(Refusal) {
        self.init(reading: input, year: year, subIndicators: subIndicators)
        try draft.check()
    }

    /// With everything that is wrong with it, for one who only looks.
    init(reading input: Fields, year: FiscalYear, subIndicators: Set<String>) {
        var draft = FormDraft(IndicatorFields.all, input)
        let type = ValueType(rawValue: draft["type"]) ?? .percentHigher
        indicator = Indicator(
            id: IndicatorID(0), year: year, framework: FrameworkID(draft.number("framework")),
            parent: draft.textIfAny("parent").flatMap { IndicatorID(sqlText: arabicDigits($0)) },
            number: arabicDigits(draft["number"]), name: draft["name"], definition: draft["definition"],
            rationale: draft["rationale"], measure: draft["measure"],
            weight: draft.exact("weight", from: .zero, to: .hundred, decimals: 2) ?? .zero,
            target: draft.exact("target"), ratio: draft.exact("ratio"), type: type,
            criteria: (1...Criteria.levels).map { draft.exact("criterion-\($0)") },
            below: Criteria.Below(rawValue: draft["below"]) ?? .slope, formula: draft["formula"],
            baseline: (1...3).map { draft.exact("baseline-\($0)") }, dataSource: draft["data-source"],
            state: Indicator.State(rawValue: draft["state"]) ?? .hidden,
            ownerUnit: draft.textIfAny("owner-unit").flatMap { UnitID(sqlText: arabicDigits($0)) },
            owner: draft.textIfAny("owner").flatMap { MemberID(sqlText: arabicDigits($0)) }, version: 0)
        self.draft = draft
        refuseUnknownRounds(input)
        takeDimensions()
        takeWorths()
        takeVariables()
        takeSteps()
        indicator.supervisors = contacts("supervisor")
        indicator.collectors = contacts("collector")
        checkCriteria()
        checkFormula(subIndicators)
    }

    var problems: [FieldProblem] { draft.problems }

    /// Left out, they would make a variable due in every round.
    private mutating func refuseUnknownRounds(_ input: Fields) {
        for name in ["rounds"] + (1...Variable.most).map({ "variable-\($0)-rounds" }) {
            for code in input.values(of: name) where !code.isEmpty && Round(code: code) == nil {
                draft.refuse(name, Phrase("ไม่มีรอบ \(code)", en: "There is no round \(code)"))
            }
        }
    }

    private mutating func takeDimensions() {
        indicator.dimensions = Dimension.axes.map { axis in
            draft.textIfAny("dimension-\(axis)").flatMap { DimensionValueID(sqlText: arabicDigits($0)) }
        }
    }

    /// All five, or none.
    private mutating func takeWorths() {
        let worths = (1...Criteria.levels).map { draft.exact("worth-\($0)") }
        guard worths.contains(where: { $0 != nil }) else { return }
        for (index, worth) in worths.enumerated() {
            let before = index > 0 ? worths[index - 1] : nil
            if draft.textIfAny("worth-\(index + 1)") == nil {
                draft.refuse(
                    "worth-\(index + 1)",
                    Phrase("ใส่คะแนนให้ครบทุกระดับ หรือเว้นว่างทั้งหมด", en: "Give all five levels, or none"))
            } else if let worth, let before, worth <= before {
                draft.refuse(
                    "worth-\(index + 1)",
                    Phrase("คะแนนต้องมากกว่าระดับก่อนหน้า", en: "It must be more than the level before"))
            }
        }
        indicator.worths = worths.compactMap(\.self)
    }

    private mutating func takeVariables() {
        var names: Set<String> = []
        for row in 1...Variable.most {
            let (name, label) = (draft["variable-\(row)-name"], draft["variable-\(row)-label"])
            if name.isEmpty && label.isEmpty { continue }
            if label.isEmpty {
                draft.refuse("variable-\(row)-label", Phrase("บอกว่าข้อมูลนี้คืออะไร", en: "Say what this number is"))
            }
            if case .variable(name)? = (try? Formula(name))?.references.first?.reference,
                .variable(name) != Formula.Reference.ratio, names.insert(name).inserted
            {
                indicator.variables.append(
                    Variable(
                        name: name, label: label, measure: draft["variable-\(row)-measure"],
                        source: Variable.Source(rawValue: draft["variable-\(row)-source"]) ?? .entered,
                        rounds: draft.values(of: "variable-\(row)-rounds").compactMap { Round(code: $0) }))
            } else {
                draft.refuse("variable-\(row)-name", Self.reason(against: name, isTaken: names.contains(name)))
            }
        }
    }

    private static func reason(against name: String, isTaken: Bool) -> Phrase {
        if isTaken { return Phrase("ชื่อ \(name) ใช้แล้ว", en: "The name \(name) is used already") }
        return .variable(name) == Formula.Reference.ratio
            ? Phrase("ชื่อ ratio หมายถึงค่า ratio ของตัวชี้วัด", en: "The name ratio stands for the indicator's ratio")
            : Phrase("ชื่อเป็นตัวอักษร เช่น a หรือ ครู", en: "A name is made of letters, such as a or b1")
    }

    private mutating func takeSteps() {
        let steps = (1...5).map { draft["step-\($0)"] }
        indicator.steps = steps.reversed().drop(while: \.isEmpty).reversed()
        guard indicator.type == .steps else { return }
        for (index, text) in steps.enumerated() where text.isEmpty {
            draft.refuse("step-\(index + 1)", Phrase("อธิบายขั้นที่ \(index + 1)", en: "Describe step \(index + 1)"))
        }
    }

    private func contacts(_ part: String) -> [Contact] {
        (1...Contact.most).compactMap { row in
            let name = draft["\(part)-\(row)-name"]
            return name.isEmpty
                ? nil
                : Contact(name: name, position: draft["\(part)-\(row)-position"], phone: draft["\(part)-\(row)-phone"])
        }
    }

    private mutating func checkCriteria() {
        guard indicator.type.needsCriteria else { return }
        do {
            let criteria = try Criteria(indicator.criteria, below: indicator.below)
            guard let isHigherBetter = indicator.type.isHigherBetter, isHigherBetter != criteria.isRising else {
                return
            }
            draft.refuse(
                "criterion-5",
                isHigherBetter
                    ? Phrase("ยิ่งมากยิ่งดี เกณฑ์ต้องเพิ่มขึ้น", en: "Higher is better, so the criteria must rise")
                    : Phrase("ยิ่งน้อยยิ่งดี เกณฑ์ต้องลดลง", en: "Lower is better, so the criteria must fall"))
        } catch {
            let field = "criterion-\(error.level ?? 1)"
            if !draft.problems.contains(where: { $0.field == field }) { draft.refuse(field, error.reason) }
        }
    }

    private mutating func checkFormula(_ subIndicators: Set<String>) {
        guard !indicator.formula.isEmpty else { return }
        var known = Set(indicator.variables.map { Formula.Reference.variable($0.name) })
            .union(subIndicators.map { Formula.Reference.indicator($0) })
        if indicator.ratio != nil { known.insert(.ratio) }
        do {
            let problems = try Formula(indicator.formula).problems(knowing: known)
            for problem in problems { draft.refuse("formula", problem.placed) }
        } catch {
            draft.refuse("formula", error.placed)
        }
    }
}

extension FormulaProblem {
    /// With the place, as people count: `ตัวที่ 5: …`
    var placed: Phrase {
        Phrase("ตัวอักษรที่ \(offset + 1): ", en: "At character \(offset + 1): ") + reason
    }
}

extension FormDraft {
    /// A decimal number; what is wrong with it is noted at its field.
    mutating func exact(_ name: String, from low: Exact? = nil, to high: Exact? = nil, decimals: Int? = nil) -> Exact? {
        guard let text = textIfAny(name), !problems.contains(where: { $0.field == name }) else { return nil }
        guard let number = Exact(text) else {
            refuse(name, Phrase("ใส่ตัวเลข ที่ใส่มาคือ \(text)", en: "Enter a number. You entered \(text)"))
            return nil
        }
        if let low, let high, number < low || number > high {
            refuse(
                name,
                Phrase(
                    "ใส่ตัวเลข \(low.shortText()) ถึง \(high.shortText())",
                    en: "Enter a number from \(low.shortText()) to \(high.shortText())"))
        }
        if let decimals, Exact(number.text(decimals: decimals)) != number {
            refuse(name, Phrase("ทศนิยมไม่เกิน \(decimals) ตำแหน่ง", en: "At most \(decimals) decimals"))
        }
        return number
    }
}
