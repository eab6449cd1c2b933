import HTML
package import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

package enum IndicatorKey {}
package typealias IndicatorID = Identifier<IndicatorKey>

/// What an area measures, with everything that its result and its score come from.
struct Indicator: Sendable {
    enum State: String, SQLValue, CaseIterable {
        /// Seen, and takes reports.
        case open
        /// Seen, and takes none.
        case closed
        /// Seen by those who define indicators.
        case hidden

        var phrase: Phrase {
            switch self {
            case .open: Phrase("เปิดรับ", en: "Open")
            case .closed: Phrase("ปิดรับ", en: "Closed")
            case .hidden: Phrase("ซ่อน", en: "Hidden")
            }
        }

        /// Whether this visitor is shown the indicator at all.
        func isSeen(by visit: Visit) -> Bool { self != .hidden || visit.holds(.create) }
    }

    var id: IndicatorID
    var year: FiscalYear
    var framework: FrameworkID
    /// Of D1 to D4.
    var dimensions: [DimensionValueID?] = Dimension.axes.map { _ in nil }
    var parent: IndicatorID?
    var number: String
    var name: String
    var definition: String
    var rationale: String
    var measure: String
    var weight: Exact
    var target: Exact?
    var ratio: Exact?
    var type: ValueType
    var criteria: [Exact?]
    var below: Criteria.Below
    /// What levels 1 to 5 are worth; empty for 1 to 5.
    var worths: [Exact] = []
    var formula: String
    var baseline: [Exact?]
    var dataSource: String
    var state: State
    var ownerUnit: UnitID?
    var owner: MemberID?
    var version: Int
    var variables: [Variable] = []
    var steps: [String] = []
    var supervisors: [Contact] = []
    var collectors: [Contact] = []

    /// How its results are scored; throws what is wrong with the criteria.
    func rule() throws(CriteriaProblem) -> ScoreRule {
        switch type {
        case .done: .done
        case .steps: .steps
        default:
            .criteria(try Criteria(criteria, below: below, worths: worths.isEmpty ? Criteria.ordinaryWorths : worths))
        }
    }
}

/// One number that is entered for an indicator; `name` stands for it in the formula.
struct Variable: Sendable, Equatable {
    enum Source: String, SQLValue, CaseIterable {
        case entered
        /// Supplied by the central office, locked for the area.
        case central
        // Rolled up from the reports of the area's units.
        case sum, mean, count, share

        var phrase: Phrase {
            switch self {
            case .entered: Phrase("กรอกเอง", en: "Entered")
            case .central: Phrase("ข้อมูลส่วนกลาง", en: "Central data")
            case .sum: Phrase("รวมจากหน่วยงาน: ผลรวม", en: "Rolled up: sum")
            case .mean: Phrase("รวมจากหน่วยงาน: ค่าเฉลี่ย", en: "Rolled up: mean")
            case .count: Phrase("รวมจากหน่วยงาน: นับ", en: "Rolled up: count")
            case .share: Phrase("รวมจากหน่วยงาน: ร้อยละ", en: "Rolled up: share")
            }
        }
    }

    var name: String
    var label: String
    /// "โรง", "คน", "ส่งแล้วกรอก 1".
    var measure: String
    var source: Source
    /// In which it is due; empty: in every round.
    var rounds: [Round] = []

    static let most = 20
}

/// Somebody who answers for an indicator on paper.
struct Contact: Sendable, Equatable {
    var name: String
    var position: String
    var phone: String

    static let most = 10
}

extension Indicator {
    /// As programs and the record see it.
    var json: JSON { .object(described + measured + owned) }

    private var described: [JSON.Member] {
        [
            .init(name: "number", value: .text(number)), .init(name: "name", value: .text(name)),
            .init(name: "framework", value: JSON(framework.rawValue)),
            .init(name: "dimensions", value: .array(dimensions.map { id in id.map { JSON($0.rawValue) } ?? .null })),
            .init(name: "parent", value: parent.map { JSON($0.rawValue) } ?? .null),
            .init(name: "definition", value: .text(definition)), .init(name: "rationale", value: .text(rationale)),
            .init(name: "measure", value: .text(measure)), .init(name: "state", value: .text(state.rawValue)),
            .init(name: "data-source", value: .text(dataSource)),
        ]
    }

    private var measured: [JSON.Member] {
        [
            .init(name: "type", value: .text(type.rawValue)), .init(name: "weight", value: .text(weight.sqlText)),
            .init(name: "target", value: JSON(target?.sqlText)), .init(name: "ratio", value: JSON(ratio?.sqlText)),
            .init(name: "criteria", value: .array(criteria.map { JSON($0?.sqlText) })),
            .init(name: "below", value: .text(below.rawValue)),
            .init(name: "worths", value: .array(worths.map { .text($0.sqlText) })),
            .init(name: "formula", value: .text(formula)),
            .init(name: "baseline", value: .array(baseline.map { JSON($0?.sqlText) })),
            .init(name: "variables", value: .array(variables.map(\.json))),
            .init(name: "steps", value: .array(steps.map { .text($0) })),
        ]
    }

    private var owned: [JSON.Member] {
        [
            .init(name: "owner-unit", value: ownerUnit.map { JSON($0.rawValue) } ?? .null),
            .init(name: "owner", value: owner.map { JSON($0.rawValue) } ?? .null),
            .init(name: "supervisors", value: .array(supervisors.map(\.json))),
            .init(name: "collectors", value: .array(collectors.map(\.json))),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("version", .number), ("rounds", .list(IndicatorRound.schema)),
        ("documents", .list(IndicatorDocument.schema)), ("number", .text),
        ("name", .text), ("framework", .number), ("dimensions", .list(.optional(.number))),
        ("parent", .optional(.number)), ("definition", .text), ("rationale", .text), ("measure", .text),
        ("weight", .text), ("target", .optional(.text)), ("ratio", .optional(.text)), ("type", .text),
        ("criteria", .list(.optional(.text))), ("below", .text), ("worths", .list(.text)), ("formula", .text),
        ("baseline", .list(.optional(.text))), ("data-source", .text), ("state", .text),
        ("owner-unit", .optional(.number)), ("owner", .optional(.number)), ("variables", .list(Variable.schema)),
        ("steps", .list(.text)), ("supervisors", .list(Contact.schema)), ("collectors", .list(Contact.schema)),
    ])
}

extension Variable {
    var json: JSON {
        [
            "name": .text(name), "label": .text(label), "measure": .text(measure), "source": .text(source.rawValue),
            "rounds": .array(rounds.map { .text($0.code) }),
        ]
    }

    static let schema = APISchema.object([
        ("name", .text), ("label", .text), ("measure", .text), ("source", .text), ("rounds", .list(.text)),
    ])
}

extension Contact {
    var json: JSON { ["name": .text(name), "position": .text(position), "phone": .text(phone)] }
    static let schema = APISchema.object([("name", .text), ("position", .text), ("phone", .text)])
}

extension Formula.Reference {
    /// The indicator's factor, which its formula may name beside the variables.
    static let ratio = Self.variable("ratio")
}
