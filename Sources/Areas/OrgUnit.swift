import HTML
import Kernel
import Postgres
import Runtime

/// A school, a group of the area's office, or a bureau of the central one.
struct OrgUnit: Sendable {
    enum Kind: String, SQLValue, CaseIterable {
        case school
        case group
        case bureau

        /// What an area has, and what the central office.
        static func all(in area: Area) -> [Kind] {
            area.id == Area.central ? [.bureau] : [.school, .group]
        }

        var phrase: Phrase {
            switch self {
            case .school: Phrase("โรงเรียน", en: "School")
            case .group: Phrase("กลุ่มในสำนักงาน", en: "Office group")
            case .bureau: Phrase("สำนัก", en: "Bureau")
            }
        }
    }

    enum Size: String, SQLValue, CaseIterable {
        case unknown = ""
        case small
        case medium
        case large
        case extra

        var phrase: Phrase {
            switch self {
            case .unknown: Phrase(same: "–")
            case .small: Phrase("เล็ก", en: "Small")
            case .medium: Phrase("กลาง", en: "Medium")
            case .large: Phrase("ใหญ่", en: "Large")
            case .extra: Phrase("ใหญ่พิเศษ", en: "Extra large")
            }
        }
    }

    var id: UnitID
    var kind: Kind
    var number: String
    var name: String
    var nameInEnglish: String
    var district: String
    var size: Size
    var phone: String
    var closedAt: Instant?
    var version: Int
    var memberCount: Int

    static func fields(in area: Area) -> [FormField] {
        let kinds = Kind.all(in: area)
        return [
            FormField(
                "kind", Phrase("ประเภท", en: "Kind"), .choice(kinds.map { .init($0.rawValue, $0.phrase) }),
                required: true),
            FormField("name", Phrase("ชื่อหน่วยงาน", en: "Name"), .text(limit: 150), required: true),
            FormField("name-en", Phrase("ชื่อภาษาอังกฤษ", en: "Name in English"), .text(limit: 150)),
            FormField(
                "number", Phrase("รหัสหน่วยงาน", en: "Number"), .text(limit: 20),
                hint: Phrase("เช่น รหัสโรงเรียน 8 หรือ 10 หลัก", en: "Such as the school's number of 8 or 10 digits")),
            FormField("district", Phrase("อำเภอ", en: "District"), .text(limit: 60)),
            FormField(
                "size", Phrase("ขนาด", en: "Size"),
                .choice(Size.allCases.filter { $0 != .unknown }.map { .init($0.rawValue, $0.phrase) })),
            FormField("phone", Phrase("โทรศัพท์", en: "Telephone"), .text(limit: 60)),
        ]
    }

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        kind = try cells.next()
        number = try cells.next()
        name = try cells.next()
        nameInEnglish = try cells.next()
        district = try cells.next()
        size = try cells.next()
        phone = try cells.next()
        closedAt = try cells.nextIfAny()
        version = try cells.next()
        memberCount = try cells.next()
    }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "kind": .text(kind.rawValue), "number": .text(number), "name": .text(name),
            "name-en": .text(nameInEnglish), "district": .text(district), "size": .text(size.rawValue),
            "phone": .text(phone), "closed-at": JSON(closedAt), "version": JSON(version),
            "members": JSON(memberCount),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("kind", .text), ("number", .text), ("name", .text), ("name-en", .text), ("district", .text),
        ("size", .text), ("phone", .text), ("closed-at", .optional(.moment)), ("version", .number),
        ("members", .number),
    ])
}

/// A unit as it was typed, before it has a number of its own.
struct UnitDraft: Sendable, Equatable {
    var kind: OrgUnit.Kind
    var number: String
    var name: String
    var nameInEnglish: String
    var district: String
    var size: OrgUnit.Size
    var phone: String

    init(_ draft: FormDraft) {
        kind = OrgUnit.Kind(rawValue: draft["kind"]) ?? .school
        number = arabicDigits(draft["number"])
        name = draft["name"]
        nameInEnglish = draft["name-en"]
        district = draft["district"]
        size = OrgUnit.Size(rawValue: draft["size"]) ?? .unknown
        phone = draft["phone"]
    }

    init(_ cells: inout Cells) throws {
        kind = try cells.next()
        number = try cells.next()
        name = try cells.next()
        nameInEnglish = try cells.next()
        district = try cells.next()
        size = try cells.next()
        phone = try cells.next()
    }

    /// By which units are told apart that have no number.
    var key: String { "\(kind.rawValue) \(name)" }

    /// By the names of the form's fields.
    var fields: [(String, String)] { json.members.map { ($0.name, $0.value.textValue ?? "") } }

    /// What a search looks through: both languages, digits of one kind.
    var searchText: String {
        arabicDigits([name, nameInEnglish, number, district].joined(separator: " ").lowercased())
    }

    var json: JSON {
        [
            "kind": .text(kind.rawValue), "number": .text(number), "name": .text(name),
            "name-en": .text(nameInEnglish), "district": .text(district), "size": .text(size.rawValue),
            "phone": .text(phone),
        ]
    }
}
