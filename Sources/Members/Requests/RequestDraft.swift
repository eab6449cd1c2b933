import HTML
import HTTP
import Kernel
import Postgres

/// A request as it was typed, found sound.
struct RequestDraft: Sendable {
    var kind: AccountRequest.Kind
    var citizen: CitizenNumber
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
    var unit: UnitID
    var replaces: String
    var replacesBecause: String
    var reason: String
    var channel: String
    var channelAddress: String
    var username: String
    /// Chosen by who joins; else empty.
    var password: String

    /// To join.
    init(joining input: Fields, units: [UnitChoice]) throws(Refusal) {
        var draft = FormDraft(JoinForm.fields(units: units), input)
        let username = draft["username"].lowercased()
        if !username.isEmpty, !isUsername(username) { draft.refuse("username", .unsoundUsername) }
        draft.requireSamePasswords()
        if !draft["replaces"].isEmpty, draft["replaces-because"].isEmpty {
            draft.refuse("replaces-because", Phrase("เลือกว่าเพราะอะไร", en: "Choose why"))
        }
        if !draft.isChecked("promise") {
            draft.refuse("promise", Phrase("ต้องรับรองก่อนส่ง", en: "Needed before this can be sent"))
        }
        try self.init(.join, &draft)
    }

    /// For a new password.
    init(forPassword input: Fields, units: [UnitChoice]) throws(Refusal) {
        var draft = FormDraft(PasswordForm.fields(units: units), input)
        if draft["channel"] == "email", !draft["channel-address"].contains("@") {
            draft.refuse("channel-address", Phrase("ใส่อีเมล", en: "Enter an e-mail address"))
        }
        try self.init(.password, &draft)
    }

    /// What a form doesn't ask for is empty.
    private init(_ kind: AccountRequest.Kind, _ draft: inout FormDraft) throws(Refusal) {
        guard let citizen = draft.citizenNumber(), let unit = UnitID(sqlText: draft["unit"]), draft.problems.isEmpty
        else {
            throw .invalid(draft.problems)
        }
        self.kind = kind
        self.citizen = citizen
        self.unit = unit
        title = draft["title"]
        firstName = draft["first-name"]
        lastName = draft["last-name"]
        titleInEnglish = draft["title-en"]
        firstNameInEnglish = draft["first-name-en"]
        lastNameInEnglish = draft["last-name-en"]
        employment = Employment(rawValue: draft["employment"]) ?? .unknown
        position = draft["position"]
        phone = draft["phone"]
        mobile = draft["mobile"]
        email = draft.textIfAny("email")?.lowercased()
        replaces = draft["replaces"]
        replacesBecause = draft["replaces"].isEmpty ? "" : draft["replaces-because"]
        reason = draft["reason"]
        channel = draft["channel"]
        channelAddress = draft["channel-address"]
        username = draft["username"].lowercased()
        password = draft["password"]
    }

    var name: String { "\(title)\(firstName) \(lastName)" }
}

extension FormDraft {
    /// Of the field `citizen`; nil where it is empty, or refused.
    mutating func citizenNumber() -> CitizenNumber? {
        let number = CitizenNumber(self["citizen"])
        if number == nil, !self["citizen"].isEmpty { refuse("citizen", .unsoundCitizenNumber) }
        return number
    }

    /// The fields `password` and `again`.
    mutating func requireSamePasswords() {
        if !self["again"].isEmpty, self["again"] != self["password"] { refuse("again", .differsFromFirst) }
    }
}

extension Phrase {
    static let unsoundUsername = Phrase(
        "ใช้ได้เฉพาะอักษรอังกฤษ ตัวเลข จุด ขีด 3 ตัวขึ้นไป", en: "Only Latin letters, digits, dots and dashes, at least 3")
    static let differsFromFirst = Phrase("ไม่ตรงกับที่พิมพ์ครั้งแรก", en: "This differs from the first one")
    static let unsoundCitizenNumber = Phrase(
        "เลขนี้ไม่ถูกต้อง ตรวจทั้ง 13 หลักกับบัตรอีกครั้ง", en: "This isn't a citizen number; compare all 13 digits with the card")
    static let takenUsername = Phrase("มีผู้ใช้ชื่อนี้แล้ว", en: "This user name is taken")
}
