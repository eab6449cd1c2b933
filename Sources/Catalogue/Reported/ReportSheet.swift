package import HTML
package import Kernel
package import Rounds
package import Runtime
package import Scoring

/// What a report of an indicator in a round asks for, and how what is entered is scored: the catalogue as those who
/// report see it.
package struct ReportSheet: Sendable {
    let indicator: Indicator
    let open: IndicatorRound
    /// Whether it is the area's own, sent to the central office.
    let isOfArea: Bool
    /// What nobody enters there: the central office's data, and what was rolled up from the schools.
    var given: [String: String]
    /// Of the same reporter in other rounds, confirmed.
    let otherRounds: [Round: [String: String]]
    /// Of the same reporter in the same round, by the number of the sub-indicator.
    let partResults: [String: Exact]
    package let isYearClosed: Bool
    let receivers: IndicatorReceivers

    package var indicatorID: IndicatorID { indicator.id }
    package var year: FiscalYear { indicator.year }
    package var number: String { indicator.number }
    package var name: String { indicator.name }
    package var title: String { indicator.title }
    package var definition: String { indicator.definition }
    package var round: Round { open.round }
    package var dates: RoundDates { open.dates }
    package var criteria: [Exact?] { indicator.type.needsCriteria ? indicator.criteria : [] }
    package var isHidden: Bool { head.isHidden }
    private var head: IndicatorHead { IndicatorHead(indicator) }

    /// Whether the indicator or the round was closed, whatever the dates say.
    package var isClosed: Bool { indicator.state != .open || open.closedAt != nil || isYearClosed }

    package func isOwned(by viewer: Viewer) -> Bool { head.isOwned(by: viewer) }

    /// Whether this is one of those who receive the evidence.
    package func isReceived(by viewer: Viewer) -> Bool { receivers.include(viewer) }
}

/// One thing that is entered: a variable, the result itself, whether it is done, whether a step is reached.
package struct ReportInput: Sendable {
    package enum Kind: Sendable {
        case number, done, step
    }

    /// As the entry is called.
    package var name: String
    package var label: Phrase
    package var measure: String
    package var kind: Kind
    /// Why nobody fills it in here.
    package var lock: Lock?
    /// What stands in it then.
    package var carried: String?

    package enum Lock: Sendable {
        /// Supplied by the central office.
        case central
        /// From the reports of the area's schools.
        case rolledUp
        /// Of another round: what was confirmed last.
        case notDue
    }

    package var isEntered: Bool { lock == nil }
    package var field: String { "entry-\(name)" }
    /// With no more digits than one wants to see.
    package var carriedShort: String { carried.map { Exact($0)?.shortText() ?? $0 } ?? "" }
}

extension ReportSheet {
    /// In the order of the form.
    package var inputs: [ReportInput] {
        switch indicator.type {
        case .done:
            [
                ReportInput(
                    name: "value", label: Phrase("ผลการดำเนินการ", en: "Is it done?"), measure: indicator.measure,
                    kind: .done)
            ]
        case .steps:
            indicator.steps.enumerated().map { place, step in
                ReportInput(name: "step-\(place + 1)", label: Phrase(same: step), measure: "", kind: .step)
            }
        default:
            indicator.formula.isEmpty
                ? [
                    ReportInput(
                        name: "value", label: Phrase("ผลการดำเนินงาน", en: "Result"), measure: indicator.measure,
                        kind: .number)
                ] : indicator.variables.map(input)
        }
    }

    private func input(_ variable: Variable) -> ReportInput {
        let lock = lock(of: variable)
        return ReportInput(
            name: variable.name, label: Phrase(same: variable.label.isEmpty ? variable.name : variable.label),
            measure: variable.measure, kind: .number, lock: lock,
            carried: lock == .notDue ? lastConfirmed(variable.name) : lock == nil ? nil : given[variable.name])
    }

    private func lock(of variable: Variable) -> ReportInput.Lock? {
        guard variable.rounds.isEmpty || variable.rounds.contains(round) else { return .notDue }
        switch variable.source {
        case .entered: return nil
        case .central: return .central
        // The schools enter what the area sums up.
        case .sum, .mean, .count, .share: return isOfArea ? .rolledUp : nil
        }
    }

    /// What the reporter confirmed in the latest round before this one.
    private func lastConfirmed(_ name: String) -> String? {
        otherRounds.filter { $0.key.order < round.order && $0.value[name] != nil }
            .max { $0.key.order < $1.key.order }?.value[name]
    }

    /// The score that entries give, or why they give none.
    package func assess(_ entries: [String: String]) -> Result<Assessment, NoScore> {
        do throws(NoScore) {
            if indicator.type == .steps {
                let ticks = inputs.map { entries[$0.name] == "1" }
                return .success(try indicator.assess([:], result: ScoreRule.stepsReached(ticks)))
            }
            var values: [Formula.Reference: Exact] = [:]
            for input in inputs {
                values[.variable(input.name)] = (input.carried ?? entries[input.name]).flatMap { Exact($0) }
            }
            for (number, result) in partResults { values[.indicator(number)] = result }
            return .success(try indicator.assess(values, result: entries["value"].flatMap { Exact($0) }))
        } catch {
            return .failure(named(error, entries))
        }
    }

    /// A missing name as people know it: by its label.
    private func named(_ reason: NoScore, _ entries: [String: String]) -> NoScore {
        guard
            let missing = inputs.first(where: { ($0.carried ?? entries[$0.name] ?? "").isEmpty && $0.kind == .number })
        else { return reason }
        return NoScore(Phrase("ขาด “\(missing.label.thai)”", en: "“\(missing.label.english)” is missing"))
    }

    /// What the score came from, to be kept with it.
    package func basis(_ entries: [String: String]) -> JSON {
        [
            "rule": JSON(ScoreRule.version), "formula": .text(indicator.formula),
            "type": .text(indicator.type.rawValue),
            "criteria": .array(indicator.criteria.map { JSON($0?.sqlText) }), "below": .text(indicator.below.rawValue),
            "worths": .array(indicator.worths.map { .text($0.sqlText) }), "ratio": JSON(indicator.ratio?.sqlText),
            "values": .object(
                inputs.compactMap { input in
                    (input.carried ?? entries[input.name]).map { .init(name: input.name, value: .text($0)) }
                }
                    + partResults.sorted { $0.key < $1.key }.map {
                        .init(name: "[\($0.key)]", value: .text($0.value.sqlText))
                    }),
        ]
    }
}

extension ReportInput.Lock {
    /// Why one can't type here, and where what stands here comes from.
    package func phrase(isFilled: Bool) -> Phrase {
        switch self {
        case .central: Phrase("ข้อมูลส่วนกลาง", en: "Central data")
        case .rolledUp: Phrase("รวมจากโรงเรียน", en: "Rolled up from the schools")
        case .notDue:
            isFilled
                ? Phrase("ไม่ต้องกรอกในรอบนี้ ใช้ค่าจากรอบก่อน", en: "Not due in this round: the last round's value")
                : Phrase("ไม่ต้องกรอกในรอบนี้", en: "Not due in this round")
        }
    }
}
