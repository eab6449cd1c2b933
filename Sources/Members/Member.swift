import HTML
import HTTP
import Kernel
import Postgres
import Runtime

/// A person's account in one area or in the central office.
struct Member: Sendable {
    enum Status: String, SQLValue, CaseIterable {
        case pending
        case enabled
        case disabled

        var phrase: Phrase {
            switch self {
            case .pending: Phrase("รออนุมัติ", en: "Pending")
            case .enabled: Phrase("ใช้งาน", en: "Enabled")
            case .disabled: Phrase("ระงับ", en: "Disabled")
            }
        }
    }

    var id: MemberID
    var title: String
    var firstName: String
    var lastName: String
    var unit: UnitID
    var unitName: String
    var status: Status
    var permissions: Permissions

    static let columns: SQL = """
        m.id, m.title, m.first_name, m.last_name, m.unit_id, u.name, m.status, m.flags
        """

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        title = try cells.next()
        firstName = try cells.next()
        lastName = try cells.next()
        unit = try cells.next()
        unitName = try cells.next()
        status = try cells.next()
        permissions = Permissions(try cells.nextArray())
    }

    var name: String { "\(title)\(firstName) \(lastName)" }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "name": .text(name), "unit": JSON(unit.rawValue), "unit-name": .text(unitName),
            "status": .text(status.rawValue), "flags": .array(permissions.names.map { .text($0) }),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("name", .text), ("unit", .number), ("unit-name", .text), ("status", .text),
        ("flags", .list(.text)),
    ])
}

/// All that is known of a member, as the form shows it.
struct MemberDetails: Sendable {
    var member: Member
    var username: String
    var email: String?
    var nameInEnglish: String
    var position: String
    var phone: String
    var mobile: String
    var employment: Employment
    var citizen: SealedCitizenNumber?
    var createdAt: Instant
    var signedInAt: Instant?
    var hasSecondFactor: Bool
    var version: Int

    init(_ cells: inout Cells) throws {
        member = try Member(&cells)
        username = try cells.next()
        email = try cells.nextIfAny()
        nameInEnglish = try cells.next()
        position = try cells.next()
        phone = try cells.next()
        mobile = try cells.next()
        employment = try cells.next()
        citizen = try SealedCitizenNumber(&cells)
        createdAt = try cells.next()
        signedInAt = try cells.nextIfAny()
        hasSecondFactor = try cells.next()
        version = try cells.next()
    }

    /// Without what changes by itself.
    var json: JSON {
        .object(
            member.json.members + [
                .init(name: "username", value: .text(username)), .init(name: "email", value: JSON(email)),
                .init(name: "title", value: .text(member.title)),
                .init(name: "first-name", value: .text(member.firstName)),
                .init(name: "last-name", value: .text(member.lastName)),
                .init(name: "name-en", value: .text(nameInEnglish)), .init(name: "position", value: .text(position)),
                .init(name: "phone", value: .text(phone)), .init(name: "mobile", value: .text(mobile)),
                .init(name: "employment", value: .text(employment.rawValue)),
                .init(name: "citizen-known", value: .bool(citizen != nil)),
                .init(name: "version", value: JSON(version)),
            ])
    }

    /// By the names of the form's fields.
    var values: [String: String] {
        [
            "title": member.title, "first-name": member.firstName, "last-name": member.lastName,
            "name-en": nameInEnglish, "unit": "\(member.unit)", "unit-name": member.unitName, "position": position,
            "phone": phone, "mobile": mobile, "employment": employment.rawValue, "email": email ?? "",
            "username": username,
        ]
    }

    static let columns: SQL = """
        \(part: Member.columns), m.username, m.email, m.name_en, m.position, m.phone, m.mobile, m.employment,
        m.citizen_sealed, m.citizen_hash, m.created_at, m.signed_in_at,
        EXISTS (
            SELECT
            FROM second_factors f
            WHERE f.area_id = m.area_id AND f.member_id = m.id AND f.confirmed_at IS NOT NULL
        ), m.version
        """

    static let schema = APISchema.object([
        ("id", .number), ("name", .text), ("unit", .number), ("unit-name", .text), ("status", .text),
        ("flags", .list(.text)), ("username", .text), ("email", .optional(.text)), ("title", .text),
        ("first-name", .text), ("last-name", .text), ("name-en", .text), ("position", .text), ("phone", .text),
        ("mobile", .text), ("employment", .text), ("citizen-known", .flag), ("version", .number),
    ])
}

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
    static func role(of roles: [Role]) -> FormField {
        FormField(
            "role", Phrase("บทบาท", en: "Role"), .choice(roles.map { .init("\($0.id)", Phrase(same: $0.name)) }),
            hint: Phrase(
                "สิทธิ์ตามบทบาท แก้ได้ภายหลังในตารางสิทธิ์", en: "Gives its flags; the permission table can change them"))
    }

    init(checking fields: [FormField], _ context: Context) throws(Refusal) {
        try self.init(checking: fields, context.form.fields)
    }

    init(checking fields: [FormField], _ input: Fields) throws(Refusal) {
        var draft = FormDraft(fields, input)
        let username = draft["username"].lowercased()
        if !username.isEmpty, !isUsername(username) {
            draft.refuse("username", .unsoundUsername)
        }
        citizen = CitizenNumber(draft["citizen"])
        if citizen == nil, !draft["citizen"].isEmpty { draft.refuse("citizen", .unsoundCitizenNumber) }
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
