import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// The indicators of a year as a table: one row each, out to a spreadsheet and in again.
enum IndicatorTable {
    /// The fields of the form, with those that take several rows there as one cell here.
    static let columns: [FormField] =
        [
            FormField(
                "framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), .text(limit: 40), required: true,
                hint: Phrase("ชื่อย่อ ชุดที่ยังไม่มีจะถูกสร้างให้", en: "Its short name; one that isn't there yet is made")),
            form("number"), form("name"),
            FormField(
                "parent", Phrase("เป็นตัวชี้วัดย่อยของ", en: "Sub-indicator of"), .text(limit: 20),
                hint: Phrase("เลขตัวชี้วัดหลักในชุดเดียวกัน", en: "The number of one in the same framework")),
            form("type"), form("measure"), form("weight"), form("target"), form("ratio"),
            FormField(
                "variables", Phrase("ตัวแปร", en: "Variables"), .longText(limit: 10_000),
                hint: Phrase(
                    "บรรทัดละหนึ่งตัว: ชื่อในสูตร | ข้อมูล | หน่วยวัด | ที่มา | รอบที่ต้องกรอก",
                    en: "One on each line: name in the formula | what it is | unit | source | rounds in which it is due"
                )),
            form("formula"),
        ] + (1...Criteria.levels).map { form("criterion-\($0)") } + [form("below")]
        + (1...Criteria.levels).map { form("worth-\($0)") } + (1...5).map { form("step-\($0)") }
        + [form("definition"), form("rationale"), form("data-source")] + (1...3).map { form("baseline-\($0)") }
        + Dimension.axes.map { axis in
            FormField("dimension-\(axis)", Phrase("มิติ D\(axis)", en: "Dimension D\(axis)"), .text(limit: 200))
        } + [
            FormField("owner-unit", Phrase("กลุ่มเจ้าของ", en: "Owner group"), .text(limit: 200)),
            FormField("owner", Phrase("เจ้าของตัวชี้วัด", en: "Owner"), .text(limit: 200)),
            contacts("supervisors", Phrase("ผู้กำกับดูแล", en: "Supervisors")),
            contacts("collectors", Phrase("ผู้จัดเก็บข้อมูล", en: "Collectors")), form("state"),
            FormField(
                "rounds", Phrase("รอบรายงาน", en: "Rounds"), .text(limit: 400),
                hint: Phrase(
                    "คั่นด้วยจุลภาค เช่น รอบ 6 เดือน, รอบ 12 เดือน เว้นว่างคือคงเดิม",
                    en: "With commas between, such as 6 months, 12 months; empty leaves them as they are")),
            FormField(
                "assigned", Phrase("ผู้ต้องรายงาน", en: "Who must report"), .longText(limit: 50_000),
                hint: Phrase(
                    "ทุกโรงเรียน หรือชื่อหน่วยงาน อำเภอ หรือเจ้าหน้าที่ คั่นด้วยจุลภาค ใช้กับทุกรอบ เว้นว่างคือคงเดิม",
                    en:
                        "All schools, or names of units, districts or officers with commas between, in every round; empty leaves them as they are"
                )),
        ]

    private static func form(_ name: String) -> FormField {
        IndicatorFields.all.first { $0.name == name } ?? FormField(name, Phrase(same: name), .text(limit: 0))
    }

    private static func contacts(_ name: String, _ label: Phrase) -> FormField {
        FormField(
            name, label, .longText(limit: 5000),
            hint: Phrase("บรรทัดละหนึ่งคน: ชื่อ | ตำแหน่ง | โทรศัพท์", en: "One on each line: name | position | telephone"))
    }

    static let numbers = Set(
        ["weight", "target", "ratio"] + (1...Criteria.levels).flatMap { ["criterion-\($0)", "worth-\($0)"] }
            + (1...3).map { "baseline-\($0)" })

    /// Every indicator that the visitor sees as a row of texts, in the order of the columns.
    static func rows(of catalogue: YearCatalogue, for visit: Visit) -> [[String]] {
        catalogue.indicators.filter { $0.state.isSeen(by: visit) }.map { indicator in
            let texts = texts(of: indicator, in: catalogue, visit.language)
            return columns.map { texts[$0.name] ?? "" }
        }
    }

    /// By the names of the columns.
    static func texts(
        of indicator: Indicator, in catalogue: YearCatalogue, _ language: Language
    ) -> [String: String] {
        var texts: [String: String] = [:]
        let fields = indicator.fields
        for column in columns {
            let value = fields[column.name] ?? ""
            guard case .choice(let choices) = column.kind else {
                texts[column.name] = value
                continue
            }
            texts[column.name] = choices.first { $0.value == value }?.label[language] ?? value
        }
        texts["framework"] = catalogue.frameworks.first { $0.id == indicator.framework }?.shortName
        texts["parent"] = catalogue.indicators.first { $0.id == indicator.parent }?.number ?? ""
        texts["variables"] = indicator.variables.map { $0.line(in: language) }.joined(separator: "\n")
        texts["supervisors"] = indicator.supervisors.map(\.line).joined(separator: "\n")
        texts["collectors"] = indicator.collectors.map(\.line).joined(separator: "\n")
        for (dimension, id) in zip(catalogue.dimensions, indicator.dimensions) {
            texts["dimension-\(dimension.axis)"] = dimension.values.first { $0.id == id }?.name ?? ""
        }
        texts["owner-unit"] = catalogue.owners.units.first { $0.value == fields["owner-unit"] }?.label.thai ?? ""
        texts["owner"] = catalogue.owners.people.first { $0.value == fields["owner"] }?.label.thai ?? ""
        let rounds = catalogue.reporters[indicator.id] ?? [:]
        texts["rounds"] = rounds.keys.sorted { $0.order < $1.order }.map { $0.name[language] }.joined(separator: ", ")
        texts["assigned"] = catalogue.names(of: Array(rounds.values), in: language)
        return texts
    }
}

extension YearCatalogue {
    static let allSchools = Phrase("ทุกโรงเรียน", en: "All schools")

    /// Those who must report, when they are the same in every round; else nothing, which leaves them as they are.
    fileprivate func names(of rounds: [Reporters], in language: Language) -> String {
        guard let first = rounds.first, rounds.allSatisfy({ $0 == first }) else { return "" }
        let hasAllSchools = !schools.isEmpty && schools.isSubset(of: first.units)
        let named = units.units.filter { first.units.contains($0.id) && !(hasAllSchools && $0.isSchool) }.map(\.name)
        let people = first.officers.sorted { $0.rawValue < $1.rawValue }.compactMap { id in
            officers.first { $0.value == "\(id)" }?.label.thai
        }
        return ((hasAllSchools ? [Self.allSchools[language]] : []) + named + people).joined(separator: "\n")
    }
}
