import HTML
import Kernel
import Runtime

enum DimensionValueKey {}
typealias DimensionValueID = Identifier<DimensionValueKey>

/// One of up to four ways in which an area parts its indicators, D1 to D4: ยุทธศาสตร์, กลุ่มงาน.
struct Dimension: Sendable {
    struct Value: Sendable {
        var id: DimensionValueID
        var name: String
        var indicatorCount: Int
    }

    static let axes = 1...4
    static let mostValues = 60
    static let longestName = 200

    var axis: Int
    /// Empty while the area doesn't use it.
    var name: String
    /// In the order that the area gave them.
    var values: [Value]

    /// `D2 ยุทธศาสตร์`
    var title: Phrase { Phrase(same: name.isEmpty ? "D\(axis)" : "D\(axis) \(name)") }

    static let fields: [FormField] = [
        FormField(
            "name", Phrase("ชื่อมิติ", en: "Name of the dimension"), .text(limit: 80),
            hint: Phrase("เช่น ยุทธศาสตร์ หรือ กลุ่มงาน", en: "Such as strategy, or group of work")),
        FormField(
            "values", Phrase("ค่าของมิติ บรรทัดละหนึ่งค่า", en: "Its values, one on each line"),
            .longText(limit: mostValues * (longestName + 1)),
            hint: Phrase(
                "เรียงตามที่ต้องการให้แสดง แก้คำในบรรทัดเดิมคือเปลี่ยนชื่อ",
                en: "In the order in which they are shown. To rename one, change its line.")),
    ]

    var json: JSON {
        [
            "axis": JSON(axis), "name": .text(name),
            "values": .array(values.map { ["id": JSON($0.id.rawValue), "name": .text($0.name)] }),
        ]
    }

    static let schema = APISchema.object([
        ("axis", .number), ("name", .text), ("values", .list(.object([("id", .number), ("name", .text)]))),
    ])
}
