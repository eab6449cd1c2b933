import HTML
import HTTP
import Kernel
import Runtime

/// A member as typed into the form.
struct MemberDraft: Sendable {
    var username: String
    var email: String?
    var title: String
    var firstName: String
    var lastName: String
    var nameInEnglish: String
    var position: String
    var phone: String
    var mobile: String
    var employment: Employment
    /// Nil leaves what is known.
    var citizen: CitizenNumber?
    /// Nil for one who is in a unit already: that is left by moving.
    var unit: UnitID?

    static func fields(units: [UnitChoice] = []) -> [FormField] {
        let unit: FormField.Kind =
            units.isEmpty ? .text(limit: 20) : .choice(units.map { .init("\($0.id)", Phrase(same: $0.name)) })
        return [
            FormField("title", Phrase("คำนำหน้า", en: "Title"), .text(limit: 40)),
            FormField("first-name", Phrase("ชื่อ", en: "First name"), .text(limit: 80), required: true),
            FormField("last-name", Phrase("นามสกุล", en: "Family name"), .text(limit: 80), required: true),
            FormField("name-en", Phrase("ชื่อและนามสกุลภาษาอังกฤษ", en: "Name in English"), .text(limit: 160)),
            FormField("unit", Phrase("หน่วยงาน", en: "Unit"), unit, required: true),
            FormField("position", Phrase("ตำแหน่ง", en: "Position"), .text(limit: 120)),
            FormField("phone", Phrase("โทรศัพท์ที่ทำงาน", en: "Telephone at work"), .text(limit: 60)),
            FormField("mobile", Phrase("โทรศัพท์มือถือ", en: "Mobile telephone"), .text(limit: 60)),
            FormField(
                "employment", Phrase("ประเภทบุคลากร", en: "Kind of employment"),
                .choice(Employment.known.map { .init($0.rawValue, $0.phrase) })),
            FormField(
                "citizen", Phrase("เลขประจำตัวประชาชน", en: "Citizen number"), .text(limit: 24),
                hint: Phrase("13 หลัก เว้นว่างไว้เพื่อคงเลขเดิม", en: "13 digits; left empty, the known one stays")),
            FormField("email", Phrase("อีเมล", en: "E-mail"), .email),
            FormField(
                "username", Phrase("ชื่อผู้ใช้", en: "User name"), .text(limit: 60), required: true,
                hint: Phrase("อักษรอังกฤษ ตัวเลข จุด ขีด", en: "Latin letters, digits, dots, dashes")),
        ]
    }

    /// Of one who is there: another unit is reached by moving.
    static var changeable: [FormField] { fields().filter { $0.name != "unit" } }

    /// A bundle of flags for somebody new.
    static func role(of roles: [Role], required: Bool = false) -> FormField {
        FormField(
            "role", Phrase("บทบาท", en: "Role"), .choice(roles.map { .init("\($0.id)", Phrase(same: $0.name)) }),
            required: required,
            hint: Phrase(
                "สิทธิ์ตามบทบาท แก้ได้ภายหลังในตารางสิทธิ์", en: "Gives its flags; the permission table can change them"))
    }

    init(checking fields: [FormField], _ context: Context) throws(Refusal) {
        try self.init(checking: fields, context.form.fields)
    }

    init(checking fields: [FormField], _ input: Fields) throws(Refusal) {
        var draft = FormDraft(fields, input)
        let username = draft["username"].lowercased()
        if !username.isEmpty, !isUsername(username) { draft.refuse("username", .unsoundUsername) }
        citizen = draft.citizenNumber()
        unit = UnitID(sqlText: draft["unit"])
        if unit == nil, fields.contains(where: { $0.name == "unit" }), !draft["unit"].isEmpty {
            draft.refuse("unit", Phrase("เลือกหน่วยงาน", en: "Choose a unit"))
        }
        try draft.check()
        self.username = username
        email = draft.textIfAny("email")?.lowercased()
        title = draft["title"]
        firstName = draft["first-name"]
        lastName = draft["last-name"]
        nameInEnglish = draft["name-en"]
        position = draft["position"]
        phone = draft["phone"]
        mobile = draft["mobile"]
        employment = Employment(rawValue: draft["employment"]) ?? .unknown
    }

    var name: String { "\(title)\(firstName) \(lastName)" }

    var searchText: String {
        Members.searchText(of: [title + firstName, lastName, nameInEnglish, username, email ?? "", position])
    }

    var json: JSON {
        [
            "username": .text(username), "email": JSON(email), "title": .text(title), "first-name": .text(firstName),
            "last-name": .text(lastName), "name-en": .text(nameInEnglish), "position": .text(position),
            "phone": .text(phone), "mobile": .text(mobile), "employment": .text(employment.rawValue),
        ]
    }
}

func isUsername(_ text: String) -> Bool {
    (3...60).contains(text.utf8.count)
        && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0) }
}

/// A unit as a list offers it.
struct UnitChoice: Sendable {
    var id: UnitID
    var name: String
}
