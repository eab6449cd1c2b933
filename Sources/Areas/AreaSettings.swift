import HTML
import Kernel
import Postgres
import Runtime

/// What an area sets for itself.
struct AreaSettings: Sendable {
    var hue: Int
    var digits: AreaLook.Digits
    var phone: String
    var email: String
    var address: String
    var officeHours: String
    var welcome: String
    /// Strangers may ask to join.
    var takesRequests: Bool
    var host: String?
    var hasLogo: Bool
    var version: Int

    static let fields: [FormField] = [
        FormField(
            "hue", Phrase("สีประจำเขต", en: "Accent colour"), .number(0...359), required: true,
            hint: Phrase(
                "มุมบนวงล้อสี 0 ถึง 359 เช่น แดง 0 เขียว 140 ฟ้า 205 ม่วง 280",
                en: "An angle on the colour wheel, 0 to 359: red 0, green 140, blue 205, violet 280")),
        FormField(
            "digits", Phrase("ตัวเลขในข้อความ", en: "Digits in running text"),
            .choice([
                .init("arabic", Phrase("อารบิก 1 2 3", en: "Arabic 1 2 3")),
                .init("thai", Phrase("ไทย ๑ ๒ ๓", en: "Thai ๑ ๒ ๓")),
            ]), required: true),
        FormField("phone", Phrase("โทรศัพท์", en: "Telephone"), .text(limit: 60)),
        FormField("email", Phrase("อีเมล", en: "E-mail"), .email),
        FormField("office-hours", Phrase("เวลาทำการ", en: "Office hours"), .text(limit: 80)),
        FormField("address", Phrase("ที่อยู่", en: "Address"), .longText(limit: 400)),
        FormField(
            "welcome", Phrase("ข้อความในหน้าเข้าสู่ระบบ", en: "Words on the sign-in page"), .longText(limit: 400)),
        FormField(
            "joining", Phrase("การลงทะเบียนผู้ใช้งานใหม่", en: "Registration of new users"),
            .choice([
                .init("open", Phrase("รับคำขอทางหน้าเข้าสู่ระบบ", en: "Taken on the sign-in page")),
                .init("closed", Phrase("ไม่รับ ผู้ดูแลระบบเพิ่มเอง", en: "Not taken; administrators add people")),
            ])),
        FormField(
            "host", Phrase("ชื่อโฮสต์ของเขต", en: "Own host name"), .text(limit: 120),
            hint: Phrase(
                "เช่น kpi.nan1.go.th ต้องชี้มายังเครื่องแม่ข่ายนี้ก่อน เว้นว่างได้",
                en: "Such as kpi.nan1.go.th; it must point to this server. May stay empty")),
    ]

    init(_ cells: inout Cells) throws {
        hue = try cells.next()
        digits = try cells.next()
        phone = try cells.next()
        email = try cells.next()
        address = try cells.next()
        officeHours = try cells.next()
        welcome = try cells.next()
        takesRequests = try cells.next()
        host = try cells.nextIfAny()
        hasLogo = try cells.next()
        version = try cells.next()
    }

    /// What was typed, checked.
    init(_ draft: FormDraft, over current: AreaSettings) {
        hue = draft.number("hue")
        digits = AreaLook.Digits(rawValue: draft["digits"]) ?? .arabic
        phone = draft["phone"]
        email = draft["email"]
        address = draft["address"]
        officeHours = draft["office-hours"]
        welcome = draft["welcome"]
        takesRequests = draft["joining"].isEmpty ? current.takesRequests : draft["joining"] == "open"
        host = draft.textIfAny("host").flatMap(hostName)
        hasLogo = current.hasLogo
        version = current.version
    }

    var joining: String { takesRequests ? "open" : "closed" }

    var json: JSON {
        [
            "hue": JSON(hue), "digits": .text(digits.rawValue), "phone": .text(phone), "email": .text(email),
            "office-hours": .text(officeHours), "address": .text(address), "welcome": .text(welcome),
            "joining": .text(joining), "host": .text(host ?? ""), "version": JSON(version),
        ]
    }
}

/// A host name in lower case; nil when it can't be one.
func hostName(_ text: String) -> String? {
    let text = text.lowercased()
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    let isSound =
        labels.count > 1 && text.utf8.count <= 120
        && labels.allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        }
    return isSound ? text : nil
}
