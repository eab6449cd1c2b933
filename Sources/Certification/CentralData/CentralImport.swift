import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// What a spreadsheet says of one area.
struct CentralRow: Sendable {
    let area: AreaID
    let values: [String: Exact]
    let source: String
    let asOf: Day

    var json: JSON {
        [
            "area": JSON(area.rawValue), "source": .text(source), "as-of": .text(asOf.text),
            "values": .object(
                values.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .text($0.value.sqlText)) }),
        ]
    }

    init(area: AreaID, values: [String: Exact], source: String, asOf: Day) {
        (self.area, self.values, self.source, self.asOf) = (area, values, source, asOf)
    }

    init?(_ json: JSON) {
        guard let number = json["area"]?.wholeNumber,
            let asOf = json["as-of"]?.textValue.flatMap({ Day($0) })
        else { return nil }
        area = AreaID(number)
        self.asOf = asOf
        source = json["source"]?.textValue ?? ""
        values = (json["values"]?.texts ?? [:]).compactMapValues { Exact(stored: $0) }
    }
}

/// Central data for many areas, read from a table: all of it can be taken, or nothing.
struct CentralImport: Sendable {
    private(set) var table: TableImport
    private(set) var rows: [CentralRow] = []

    static func columns(of indicator: NationalIndicator) -> [FormField] {
        [
            FormField("code", Phrase("รหัสเขต", en: "Area code"), .text(limit: 20), required: true),
            FormField("area", Phrase("ชื่อเขต", en: "Area"), .text(limit: 200)),
        ]
            + indicator.definition.centralVariables.map {
                // By its name in the formula, or by its label; never one of ours.
                FormField("value-\($0.name)", Phrase(same: $0.label), .text(limit: 60))
            }
            + [
                FormField("source", Phrase("แหล่งข้อมูล", en: "Source"), .text(limit: 200), required: true),
                FormField("as-of", Phrase("ข้อมูล ณ วันที่", en: "As of"), .day, required: true),
            ]
    }

    /// `certified` are the areas whose result is final already.
    init(
        _ input: TableInput, for indicator: NationalIndicator, areas: [Area], certified: Set<AreaID>, isLocked: Bool
    ) {
        table = TableImport(input, columns: Self.columns(of: indicator), key: "code", limit: 500)
        let byCode = Dictionary(uniqueKeysWithValues: areas.map { ($0.code, $0) })
        var seen: Set<AreaID> = []
        for row in table.rows.indices {
            let draft = FormDraft(Self.columns(of: indicator), table.fields(of: row))
            for problem in draft.problems { table.refuse(problem.field, of: row, problem.reason) }
            let values = values(of: row, indicator, draft)
            if isLocked {
                table.refuse(
                    "code", of: row, Phrase("เลยกำหนดของรอบนี้แล้ว ข้อมูลล็อกไว้", en: "This round is past due and locked"))
            }
            guard let area = area(of: row, byCode, indicator), let asOf = draft.day("as-of") else { continue }
            if !seen.insert(area.id).inserted {
                table.refuse("code", of: row, Phrase("เขตนี้มีในตารางแล้ว", en: "This area is in the table already"))
            }
            if certified.contains(area.id) {
                table.refuse(
                    "code", of: row, Phrase("ผลของเขตนี้รับรองแล้ว", en: "This area's result is certified already"))
            }
            rows.append(CentralRow(area: area.id, values: values, source: draft["source"], asOf: asOf))
        }
    }

    private mutating func area(of row: Int, _ areas: [String: Area], _ indicator: NationalIndicator) -> Area? {
        let code = table.value("code", of: row).lowercased()
        guard let area = areas[code] else {
            if !code.isEmpty {
                table.refuse("code", of: row, Phrase("ไม่พบเขตรหัสนี้", en: "There is no area of this code"))
            }
            return nil
        }
        guard indicator.rule.applies(to: area) else {
            table.refuse("code", of: row, Phrase("ตัวชี้วัดนี้ไม่ใช้กับเขตนี้", en: "The indicator isn't for this area"))
            return nil
        }
        return area
    }

    private mutating func values(of row: Int, _ indicator: NationalIndicator, _ draft: FormDraft) -> [String: Exact] {
        var values: [String: Exact] = [:]
        for variable in indicator.definition.centralVariables {
            let typed = draft["value-\(variable.name)"]
            if let number = Exact(typed) {
                values[variable.name] = number
            } else {
                table.refuse(
                    "value-\(variable.name)", of: row,
                    typed.isEmpty
                        ? .needed : Phrase("ใส่ตัวเลข ที่ใส่มาคือ “\(typed)”", en: "Enter a number. You entered “\(typed)”"))
            }
        }
        return values
    }
}
