import Evidence
import HTML
import Kernel
import Postgres
import Runtime
import Secrets

typealias AccountRequestID = Identifier<AccountRequest>

/// Somebody who can't sign in asks for an account, or for a new password; an administrator decides.
struct AccountRequest: Sendable {
    enum Kind: String, SQLValue {
        case join
        case password

        var phrase: Phrase {
            switch self {
            case .join: Phrase("ขอเข้าใช้งาน", en: "To join")
            case .password: Phrase("ขอเปลี่ยนรหัสผ่าน", en: "For a new password")
            }
        }
    }

    enum State: String, SQLValue, CaseIterable {
        case open
        case approved
        case refused
        case withdrawn

        var phrase: Phrase {
            switch self {
            case .open: Phrase("รออนุมัติ", en: "Pending")
            case .approved: Phrase("อนุมัติแล้ว", en: "Approved")
            case .refused: Phrase("ไม่อนุมัติ", en: "Refused")
            case .withdrawn: Phrase("ถอนคำขอ", en: "Withdrawn")
            }
        }
    }

    /// What the director of the unit says.
    struct Endorsement: Sendable {
        var isFor: Bool
        var at: Instant
        var name: String
        var position: String
        /// Why not.
        var words: String
    }

    struct Decision: Sendable {
        var at: Instant
        var by: String
        var words: String
    }

    var id: AccountRequestID
    var kind: Kind
    var state: State
    var title: String
    var firstName: String
    var lastName: String
    var titleInEnglish: String
    var firstNameInEnglish: String
    var lastNameInEnglish: String
    var employment: Employment
    var position: String
    var phone: String
    var mobile: String
    var email: String?
    /// Nil for one who comes from another area.
    var unit: UnitID?
    var unitName: String
    /// A school's people ask with the form for schools.
    var isOfSchool: Bool
    /// The area that they come from; else empty.
    var origin: String
    var replaces: String
    var replacesBecause: String
    var reason: String
    var channel: String
    var channelAddress: String
    var username: String
    /// Gone when the request is decided.
    var password: String?
    var citizen: SealedCitizenNumber?
    var signedFile: FileID?
    var endorsement: Endorsement?
    var createdAt: Instant
    var decision: Decision?
    var member: MemberID?

    static let columns: SQL = """
        j.id, j.kind, j.state, j.title, j.first_name, j.last_name, j.title_en, j.first_name_en, j.last_name_en, j.employment,
        j.position, j.phone, j.mobile, j.email, j.unit_id, coalesce(u.name, ''), coalesce(u.kind = 'school', false),
        j.origin, j.replaces, j.replaces_because, j.reason, j.channel, j.channel_address, j.username, j.password_hash,
        j.citizen_sealed, j.citizen_hash, j.signed_file_id, j.endorsed, j.endorsed_at, j.endorser_name, j.endorser_position, j.endorser_words,
        j.created_at, j.decided_at, j.decided_by, j.decision_words, j.member_id
        """

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        kind = try cells.next()
        state = try cells.next()
        title = try cells.next()
        firstName = try cells.next()
        lastName = try cells.next()
        titleInEnglish = try cells.next()
        firstNameInEnglish = try cells.next()
        lastNameInEnglish = try cells.next()
        employment = try cells.next()
        position = try cells.next()
        phone = try cells.next()
        mobile = try cells.next()
        email = try cells.nextIfAny()
        unit = try cells.nextIfAny()
        unitName = try cells.next()
        isOfSchool = try cells.next()
        origin = try cells.next()
        replaces = try cells.next()
        replacesBecause = try cells.next()
        reason = try cells.next()
        channel = try cells.next()
        channelAddress = try cells.next()
        username = try cells.next()
        password = try cells.nextIfAny()
        citizen = try SealedCitizenNumber(&cells)
        signedFile = try cells.nextIfAny()
        endorsement = try Endorsement(&cells)
        createdAt = try cells.next()
        decision = try Decision(&cells)
        member = try cells.nextIfAny()
    }

    var name: String { "\(title)\(firstName) \(lastName)" }
    var nameInEnglish: String {
        [titleInEnglish, firstNameInEnglish, lastNameInEnglish].filter { !$0.isEmpty }.joined(separator: " ")
    }
    /// Where they work, or come from.
    var place: Phrase {
        origin.isEmpty ? Phrase(same: unitName) : Phrase("ย้ายมาจาก \(origin)", en: "Comes from \(origin)")
    }

    /// What is decided stays so; the page says what came of it. Of another kind, it isn't there.
    func requireOpen(_ kind: Kind? = nil) throws(Refusal) {
        guard kind == nil || self.kind == kind else { throw .notFound }
        guard state == .open else {
            throw .conflict(Phrase("คำขอนี้พิจารณาแล้ว: ", en: "This request is decided: ") + state.phrase)
        }
    }

    /// The unit's director is for it, on line or on paper.
    var isEndorsed: Bool { endorsement?.isFor ?? (signedFile != nil) }

    /// Words for what was chosen; nil where nothing was.
    var reasonToReplace: Phrase? { JoinForm.reasons.first { $0.value == replacesBecause }?.label }
    var reasonForPassword: Phrase? { PasswordForm.reasons.first { $0.value == reason }?.label }
    var channelName: Phrase? { PasswordForm.channels.first { $0.value == channel }?.label }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "kind": .text(kind.rawValue), "state": .text(state.rawValue), "name": .text(name),
            "name-en": .text(nameInEnglish), "unit": unit.map { JSON($0.rawValue) } ?? .null,
            "unit-name": .text(unitName),
            "position": .text(position), "employment": .text(employment.rawValue), "username": .text(username),
            "email": JSON(email), "phone": .text(phone), "mobile": .text(mobile), "replaces": .text(replaces),
            "endorsed": .bool(isEndorsed), "created-at": .text(createdAt.text), "reason": .text(decision?.words ?? ""),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("kind", .text), ("state", .text), ("name", .text), ("name-en", .text),
        ("unit", .optional(.number)),
        ("unit-name", .text),
        ("position", .text), ("employment", .text), ("username", .text), ("email", .optional(.text)), ("phone", .text),
        ("mobile", .text), ("replaces", .text), ("endorsed", .flag), ("created-at", .moment), ("reason", .text),
    ])
}

extension SealedCitizenNumber {
    /// Of the two cells of a row, which are empty together.
    init?(_ cells: inout Cells) throws {
        let sealed = try cells.nextIfAny(Bytes.self)
        let hash = try cells.nextIfAny(Bytes.self)
        guard let sealed, let hash else { return nil }
        self.init(sealed: sealed, hash: hash)
    }
}

extension AccountRequest.Endorsement {
    fileprivate init?(_ cells: inout Cells) throws {
        let isFor = try cells.nextIfAny(Bool.self)
        let at = try cells.nextIfAny(Instant.self)
        name = try cells.next()
        position = try cells.next()
        words = try cells.next()
        guard let isFor, let at else { return nil }
        self.isFor = isFor
        self.at = at
    }
}

extension AccountRequest.Decision {
    fileprivate init?(_ cells: inout Cells) throws {
        let at = try cells.nextIfAny(Instant.self)
        by = try cells.next()
        words = try cells.next()
        guard let at else { return nil }
        self.at = at
    }
}
