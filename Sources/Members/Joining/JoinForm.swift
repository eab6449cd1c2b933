import HTML
import HTTP
import Kernel

/// What somebody who asks to join fills in: the fields of the ministry's request form, and how they will sign in.
enum JoinForm {
    static let reasons: [FormField.Choice] = [
        .init("resigned", Phrase("ลาออก", en: "Resigned")), .init("moved", Phrase("ย้าย", en: "Moved")),
        .init("retired", Phrase("เกษียณ", en: "Retired")),
        .init("duty", Phrase("เปลี่ยนหน้าที่", en: "Changed duties")),
    ]

    static func fields(units: [UnitChoice]) -> [FormField] { person + place(units) + account }

    static let person: [FormField] = [
        FormField(
            "citizen", Phrase("เลขประจำตัวประชาชน", en: "Citizen number"), .text(limit: 24), required: true,
            hint: Phrase(
                "13 หลัก เก็บแบบเข้ารหัส ไม่มีใครเห็นครบทุกหลัก", en: "13 digits; kept encrypted, and shown whole to nobody")),
        FormField("title", Phrase("คำนำหน้า", en: "Title"), .text(limit: 40), required: true),
        FormField("first-name", Phrase("ชื่อ", en: "First name"), .text(limit: 80), required: true),
        FormField("last-name", Phrase("นามสกุล", en: "Family name"), .text(limit: 80), required: true),
        FormField(
            "title-en", Phrase("คำนำหน้าภาษาอังกฤษ", en: "Title in English"), .text(limit: 40), required: true,
            hint: Phrase("เช่น Mr. Mrs. Miss", en: "Such as Mr., Mrs., Miss")),
        FormField(
            "first-name-en", Phrase("ชื่อภาษาอังกฤษ", en: "First name in English"), .text(limit: 80), required: true),
        FormField(
            "last-name-en", Phrase("นามสกุลภาษาอังกฤษ", en: "Family name in English"), .text(limit: 80), required: true),
        FormField(
            "employment", Phrase("ประเภทบุคลากร", en: "Kind of employment"),
            .choice(Employment.known.map { .init($0.rawValue, $0.phrase) }), required: true),
        FormField("mobile", Phrase("โทรศัพท์มือถือ", en: "Mobile telephone"), .text(limit: 60), required: true),
        FormField("phone", Phrase("โทรศัพท์ที่ทำงาน", en: "Telephone at work"), .text(limit: 60)),
        FormField(
            "email", Phrase("อีเมล", en: "E-mail"), .email,
            hint: Phrase("ใช้แจ้งผล และตั้งรหัสผ่านใหม่เมื่อลืม", en: "To tell you the outcome, and for a forgotten password")
        ),
    ]

    static func place(_ units: [UnitChoice]) -> [FormField] {
        [
            FormField(
                "unit", Phrase("หน่วยงาน", en: "Unit"),
                .choice(units.map { .init("\($0.id)", Phrase(same: $0.name)) }), required: true),
            FormField("position", Phrase("ตำแหน่ง", en: "Position"), .text(limit: 120), required: true),
            FormField(
                "replaces", Phrase("ทำหน้าที่แทนใคร", en: "Whom you take over from"), .text(limit: 160),
                hint: Phrase("เว้นว่างถ้าเป็นเจ้าหน้าที่เพิ่มใหม่", en: "Leave empty if you come in addition")),
            FormField("replaces-because", Phrase("เพราะคนเดิม", en: "Because they"), .choice(reasons)),
        ]
    }

    static let account: [FormField] = [
        FormField(
            "username", Phrase("ชื่อผู้ใช้ที่ต้องการ", en: "User name you want"), .text(limit: 60), required: true,
            hint: Phrase("อักษรอังกฤษ ตัวเลข จุด ขีด 3 ตัวขึ้นไป", en: "Latin letters, digits, dots, dashes; at least 3")),
        FormField(
            "password", Phrase("รหัสผ่าน", en: "Password"), .newPassword, required: true,
            hint: Phrase("อย่างน้อย 10 ตัวอักษร วลีที่จำง่ายก็ได้", en: "At least 10 characters; a phrase is fine")),
        FormField("again", Phrase("รหัสผ่านอีกครั้ง", en: "Password again"), .password, required: true),
        FormField(
            "promise",
            Phrase(
                "ข้อมูลเป็นความจริง และจะรักษารหัสผ่าน ไม่ให้ผู้อื่นใช้บัญชีแทน",
                en: "What I say is true; I keep my password, and let nobody use my account"), .checkbox),
    ]
}
