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
        .reply,
        .receive,
        .upload,
        Permission("Letters", number: "8", realm: .everywhere, Phrase("งานสารบรรณ", en: "Letters and registers")),
        .compare,
    ]

    private static let centralFlags: [Permission] = [
        .define, .supply, .certify, .publish,
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
