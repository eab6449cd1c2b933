import HTML
import HTTP
import Kernel
import Secrets

/// What somebody fills in who can't sign in any more: the fields of the ministry's request for another password.
enum PasswordForm {
    static let reasons: [FormField.Choice] = [
        .init("forgotten", Phrase("ลืมรหัสผ่าน", en: "I forgot it")),
        .init("leaked", Phrase("สงสัยว่าผู้อื่นรู้รหัสผ่าน", en: "Somebody else may know it")),
        .init("shared", Phrase("เลิกใช้รหัสผ่านร่วมกับผู้อื่น", en: "I shared it, and want to end that")),
    ]
    static let channels: [FormField.Choice] = [
        .init("line", Phrase("ไลน์", en: "LINE")), .init("email", Phrase("อีเมล", en: "E-mail")),
    ]

    static func fields(units: [UnitChoice]) -> [FormField] {
        JoinForm.person.filter { personal.contains($0.name) }
            + JoinForm.place(units).filter { ["unit", "position"].contains($0.name) } + request
    }

    private static let personal: Set<String> = [
        "citizen", "title", "first-name", "last-name", "title-en", "first-name-en", "last-name-en", "mobile", "phone",
    ]

    static let request: [FormField] = [
        FormField("username", Phrase("ชื่อผู้ใช้", en: "User name"), .text(limit: 60), required: true),
        FormField("reason", Phrase("เหตุผล", en: "Why"), .choice(reasons), required: true),
        FormField(
            "channel", Phrase("ส่งรหัสผ่านใหม่ทาง", en: "How the new one is to reach you"), .choice(channels),
            required: true),
        FormField(
            "channel-address", Phrase("ไอดีไลน์หรืออีเมล", en: "LINE ID or e-mail address"), .text(limit: 160),
            required: true),
    ]

    static let new: [FormField] = [
        FormField(
            "password", Phrase("รหัสผ่านใหม่", en: "New password"), .newPassword, required: true,
            hint: Phrase("อย่างน้อย 10 ตัวอักษร วลีที่จำง่ายก็ได้", en: "At least 10 characters; a phrase is fine")),
        FormField("again", Phrase("รหัสผ่านใหม่อีกครั้ง", en: "New password again"), .password, required: true),
    ]

    /// The password that was chosen in a form with `new`, typed twice.
    static func chosen(_ context: Context) async throws -> PasswordHash {
        var draft = FormDraft(new, context.form.fields)
        draft.requireSamePasswords()
        try draft.check()
        return try await PasswordHash.make(of: draft["password"])
    }

    static let link = [
        FormField(
            "name", Phrase("ชื่อผู้ใช้หรืออีเมล", en: "User name or e-mail"), .text(limit: 254), required: true)
    ]
}
