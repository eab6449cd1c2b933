import HTML
import Kernel
import Rounds
import Runtime
import Scoring

/// The fields of an indicator's form, which are also what programs send.
enum IndicatorFields {
    static let all: [FormField] = head + measuring + variables + criteria + steps + people + contacts + [rounds]

    static let head: [FormField] = [
        FormField(
            "number", Phrase("เลขตัวชี้วัด", en: "Number"), .text(limit: 20), required: true,
            hint: Phrase("เช่น 1.2.4", en: "Such as 1.2.4")),
        FormField("name", Phrase("ชื่อตัวชี้วัด", en: "Name"), .text(limit: 500), required: true),
        FormField("framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), .number(0...Int.max), required: true),
        dimension(1), dimension(2), dimension(3), dimension(4),
        FormField("parent", Phrase("เป็นตัวชี้วัดย่อยของ", en: "Sub-indicator of"), .number(0...Int.max)),
        FormField("definition", Phrase("คำอธิบาย / นิยาม", en: "Definition"), .longText(limit: 4000)),
        FormField("rationale", Phrase("เหตุผล", en: "Rationale"), .longText(limit: 4000)),
        FormField(
            "state", Phrase("สถานะ", en: "State"),
            .choice(Indicator.State.allCases.map { .init($0.rawValue, $0.phrase) }), required: true),
    ]

    private static func dimension(_ axis: Int) -> FormField {
        FormField("dimension-\(axis)", Phrase("มิติ D\(axis)", en: "Dimension D\(axis)"), .number(0...Int.max))
    }

    static let rounds = FormField(
        "rounds", Phrase("รอบรายงาน", en: "Rounds"), roundChoices)

    static let roundChoices = FormField.Kind.choices(
        Round.all.map { .init($0.code, $0.kind.phrase + Phrase(same: " · ") + $0.name) })

    static let measuring: [FormField] = [
        FormField(
            "type", Phrase("ประเภทค่า", en: "Type of value"),
            .choice(ValueType.allCases.map { .init($0.rawValue, $0.phrase) }), required: true),
        FormField(
            "measure", Phrase("หน่วยวัด", en: "Unit of measure"), .text(limit: 60),
            hint: Phrase("เช่น ร้อยละ คน โรง", en: "Such as percent, people, schools")),
        FormField(
            "weight", Phrase("น้ำหนัก", en: "Weight"), .text(limit: 20), required: true,
            hint: Phrase("ในชุดเดียวกันรวมให้ได้ 100", en: "Those of a framework add up to 100")),
        FormField("target", Phrase("เป้าหมาย", en: "Target"), .text(limit: 30)),
        FormField(
            "ratio", Phrase("ค่า ratio", en: "Ratio (factor)"), .text(limit: 30),
            hint: Phrase("ใช้ในสูตรได้ด้วยชื่อ ratio", en: "The formula may use it under the name ratio")),
        FormField(
            "formula", Phrase("สูตร", en: "Formula"), .text(limit: Formula.longest),
            hint: Phrase(
                "เช่น a / b * 100 ใช้ sum mean min max share if และ [1.2.1] แทนผลของตัวชี้วัดย่อย",
                en: "Such as a / b * 100; with sum mean min max share if, and [1.2.1] for a sub-indicator's result")),
        FormField("data-source", Phrase("แหล่งข้อมูล", en: "Source of data"), .text(limit: 300)),
    ]

    static let criteria: [FormField] =
        (1...Criteria.levels).map {
            FormField("criterion-\($0)", Phrase("ระดับ \($0)", en: "Level \($0)"), .text(limit: 30))
        } + [
            FormField(
                "below", Phrase("เมื่อไม่มีเกณฑ์ระดับ 1 และต่ำกว่าระดับ 2", en: "Without a level 1, below level 2"),
                .choice([
                    .init("slope", Phrase("ลดลงถึง 1 ภายในหนึ่งช่วง", en: "Down to 1 within one step")),
                    .init("one", Phrase("เป็น 1 ทันที", en: "1 at once")),
                ]))
        ]
        + (1...Criteria.levels).map {
            FormField("worth-\($0)", Phrase("คะแนนของระดับ \($0)", en: "Worth of level \($0)"), .text(limit: 30))
        }
        + (1...3).map {
            FormField("baseline-\($0)", Phrase("ผลย้อนหลัง \($0) ปี", en: "\($0) years before"), .text(limit: 30))
        }

    static let variables: [FormField] = (1...Variable.most).flatMap { row in
        [
            FormField(
                "variable-\(row)-name", Phrase("ชื่อในสูตร \(row)", en: "Name in the formula \(row)"), .text(limit: 30)),
            FormField("variable-\(row)-label", Phrase("ข้อมูล \(row)", en: "What it is \(row)"), .text(limit: 200)),
            FormField(
                "variable-\(row)-measure", Phrase("หน่วยวัด \(row)", en: "Unit of measure \(row)"), .text(limit: 60)),
            FormField(
                "variable-\(row)-source", Phrase("ที่มา \(row)", en: "Source \(row)"),
                .choice(Variable.Source.allCases.map { .init($0.rawValue, $0.phrase) })),
            FormField(
                "variable-\(row)-rounds",
                Phrase("ข้อมูล \(row) ครบกำหนดในรอบ", en: "Rounds in which \(row) is due"), roundChoices),
        ]
    }

    /// Values with which the form can be tried; never stored.
    static let tried: [FormField] =
        (1...Variable.most).map {
            FormField("variable-\($0)-try", Phrase("ค่าทดลอง \($0)", en: "Value to try \($0)"), .text(limit: 30))
        } + [
            FormField(
                "result-try", Phrase("ผลที่ลองใส่ เมื่อไม่มีสูตร", en: "A result to try, without a formula"), .text(limit: 30))
        ]

    static let steps: [FormField] = (1...5).map {
        FormField("step-\($0)", Phrase("ขั้นที่ \($0)", en: "Step \($0)"), .longText(limit: 1000))
    }

    static let people: [FormField] = [
        FormField("owner-unit", Phrase("กลุ่มเจ้าของ", en: "Owner group"), .number(0...Int.max)),
        FormField("owner", Phrase("เจ้าของตัวชี้วัด", en: "Owner"), .number(0...Int.max)),
    ]

    static let contacts: [FormField] = ["supervisor", "collector"].flatMap { part in
        let title = part == "supervisor" ? Phrase("ผู้กำกับดูแล", en: "Supervisor") : Phrase("ผู้จัดเก็บข้อมูล", en: "Collector")
        return (1...Contact.most).flatMap { row in
            [
                FormField(
                    "\(part)-\(row)-name", title + Phrase(same: " \(row) ") + Phrase("ชื่อ", en: "name"),
                    .text(limit: 150)),
                FormField(
                    "\(part)-\(row)-position", title + Phrase(same: " \(row) ") + Phrase("ตำแหน่ง", en: "position"),
                    .text(limit: 150)),
                FormField(
                    "\(part)-\(row)-phone", title + Phrase(same: " \(row) ") + Phrase("โทรศัพท์", en: "telephone"),
                    .text(limit: 60)),
            ]
        }
    }
}

extension IndicatorFields {
    /// By field: what its numbers stand for.
    static func choices(
        _ frameworks: [Framework], _ parents: [IndicatorLine], _ owners: OwnerChoices, _ dimensions: [Dimension]
    ) -> [String: [FormField.Choice]] {
        var choices: [String: [FormField.Choice]] = [
            "framework": frameworks.map { .init("\($0.id)", Phrase(same: "\($0.shortName) \($0.name)")) },
            "parent": parents.map { .init("\($0.id)", Phrase(same: "\($0.number) \($0.name)")) },
            "owner-unit": owners.units, "owner": owners.people,
        ]
        for dimension in dimensions {
            choices["dimension-\(dimension.axis)"] = dimension.values.map { .init("\($0.id)", Phrase(same: $0.name)) }
        }
        return choices
    }

    /// Those with numbers of other things as lists to choose from.
    static func all(choosing choices: [String: [FormField.Choice]]) -> [FormField] {
        all.map { field in
            var field = field
            if let choices = choices[field.name] { field.kind = .choice(choices) }
            return field
        }
    }
}
