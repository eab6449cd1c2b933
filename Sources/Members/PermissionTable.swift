import HTML
import Kernel

/// The permission table of P2, in the manual's order. Features to come use these flags; the table is the members'
/// business, so it stands here.
extension Permission {
    static let table: [Permission] = areaFlags + centralFlags

    private static let areaFlags: [Permission] = [
        .members,
        .settings,
        Permission("School", number: "2", Phrase("กรอกรายงานของหน่วยงาน", en: "Fill in the unit's reports")),
        .create,
        .open,
        Permission("Owner", number: "4.1", Phrase("ควบคุมตัวชี้วัด", en: "Control one's indicators")),
        Permission("Proof", number: "4.2", Phrase("ตรวจรายงาน", en: "Check reports")),
        Permission("SA", number: "5", Phrase("ยืนยันผล", en: "Confirm results")),
        Permission("AReply", number: "6", Phrase("ตอบในนามเขต", en: "Answer in the area's name")),
        Permission("File", number: "7.1", Phrase("เปิดและรับหลักฐาน", en: "Open and receive evidence")),
        .upload,
        Permission("Letters", number: "8", realm: .everywhere, Phrase("งานสารบรรณ", en: "Letters and registers")),
        Permission("Friends", number: "9", Phrase("ดูผลของหน่วยงานอื่น", en: "See other units' results")),
    ]

    private static let centralFlags: [Permission] = [
        Permission(
            "Define", number: "C1", realm: .central, Phrase("กำหนดตัวชี้วัดระดับประเทศ", en: "Define national indicators")),
        Permission("Supply", number: "C2", realm: .central, Phrase("ส่งข้อมูลส่วนกลาง", en: "Supply central data")),
        Permission("Certify", number: "C3", realm: .central, Phrase("รับรองผลของสำนักตน", en: "Certify for one's bureau")),
        Permission("Publish", number: "C4", realm: .central, Phrase("เผยแพร่", en: "Publish")),
        Permission(
            "Administer", number: "C5", realm: .central, Phrase("บริหารงานส่วนกลาง", en: "Administer the central office")),
        .operate,
    ]

    static func choices(for area: Area) -> [FormField.Choice] {
        table.filter { $0.applies(to: area.kind) }.map { permission in
            .init(permission.name, Phrase(same: "\(permission.name) · ") + permission.meaning)
        }
    }
}
