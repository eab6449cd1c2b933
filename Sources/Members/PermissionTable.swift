import HTML
import Kernel

/// The permission table of P2, in the manual's order. Features to come use these flags; the table is the members'
/// business, so it stands here.
extension Permission {
    static let table: [Permission] = areaFlags + centralFlags

    private static let areaFlags: [Permission] = [
        .members,
        .settings,
        .school,
        .create,
        .open,
        .owner,
        .proof,
        .selfAssess,
        Permission("AReply", number: "6", Phrase("ตอบในนามเขต", en: "Answer in the area's name")),
        .receive,
        .upload,
        Permission("Letters", number: "8", realm: .everywhere, Phrase("งานสารบรรณ", en: "Letters and registers")),
        .compare,
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
