import HTML
import HTTP
import Kernel
import Postgres
import Runtime

/// A person's account in one area or in the central office.
struct Member: Sendable {
    enum Status: String, SQLValue, CaseIterable {
        /// Invited, and not come yet: without a password.
        case pending
        case enabled
        case disabled

        var phrase: Phrase {
            switch self {
            case .pending: Phrase("เชิญแล้ว", en: "Invited")
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
