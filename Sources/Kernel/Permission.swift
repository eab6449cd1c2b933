package import HTML

/// One flag of the permission table. Each feature declares its own as static members.
package struct Permission: Hashable, Sendable {
    /// Where the flag is of use.
    package enum Realm: Sendable {
        case areas
        case central
        case everywhere
    }

    package var name: String
    /// As in the manual of KPI-Online; the central office's own begin with C.
    package var number: String
    package var meaning: Phrase
    package var realm: Realm
    /// The central office's own flag, which gives there what this one gives in an area.
    package var centralName: String?

    package init(
        _ name: String, number: String, realm: Realm = .areas, _ meaning: Phrase, atCentre central: Permission? = nil
    ) {
        self.name = name
        self.number = number
        self.realm = realm
        self.meaning = meaning
        centralName = central?.name
    }

    package static func == (left: Permission, right: Permission) -> Bool { left.name == right.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// See all members; approve, disable, move them; set their flags.
    package static let members = Permission(
        "M", number: "1.1", realm: .everywhere, Phrase("จัดการผู้ใช้งาน", en: "Manage members"))
    /// The area's settings, units, roles and look.
    package static let settings = Permission(
        "S", number: "1.2", realm: .everywhere, Phrase("ตั้งค่าเขต", en: "Area settings"))
    /// Draft and fill in the reports of one's own unit.
    package static let school = Permission(
        "School", number: "2", Phrase("กรอกรายงานของหน่วยงาน", en: "Fill in the unit's reports"))
    /// Define and edit the area's indicators.
    package static let create = Permission(
        "Create", number: "3.1", Phrase("สร้างและแก้ตัวชี้วัด", en: "Define and edit indicators"), atCentre: .define)
    /// Open and close rounds, set due dates, assign units, extend.
    package static let open = Permission(
        "Open", number: "3.2", Phrase("เปิดและปิดรอบ", en: "Open and close rounds"), atCentre: .define)
    /// Control the indicators one is named owner of: see every unit's report, remind, return.
    package static let owner = Permission("Owner", number: "4.1", Phrase("ควบคุมตัวชี้วัด", en: "Control one's indicators"))
    /// Give the check score, return for correction, undo a check.
    package static let proof = Permission("Proof", number: "4.2", Phrase("ตรวจรายงาน", en: "Check reports"))
    /// State the self-assessment and confirm or withdraw it, for the unit.
    package static let selfAssess = Permission("SA", number: "5", Phrase("ยืนยันผล", en: "Confirm results"))
    /// Open the evidence of other units, and register its receipt.
    package static let receive = Permission(
        "File", number: "7.1", Phrase("เปิดและรับหลักฐาน", en: "Open and receive evidence"))
    /// See other units' reports and scores side by side.
    package static let compare = Permission(
        "Friends", number: "9", Phrase("ดูผลของหน่วยงานอื่น", en: "See other units' results"))
    /// Attach files: evidence, indicators' documents, letters.
    package static let upload = Permission(
        "Upload", number: "7.2", realm: .everywhere, Phrase("แนบไฟล์", en: "Attach files"))
    /// Write in the area's name: to schools, and to the central office.
    package static let reply = Permission("AReply", number: "6", Phrase("ตอบในนามเขต", en: "Answer in the area's name"))
    /// Define national indicators, with their rounds and rules.
    package static let define = Permission(
        "Define", number: "C1", realm: .central, Phrase("กำหนดตัวชี้วัดระดับประเทศ", en: "Define national indicators"))
    /// Supply central data for all areas.
    package static let supply = Permission(
        "Supply", number: "C2", realm: .central, Phrase("ส่งข้อมูลส่วนกลาง", en: "Supply central data"))
    /// Decide on areas' results, for the indicators of one's bureau.
    package static let certify = Permission(
        "Certify", number: "C3", realm: .central, Phrase("รับรองผลของสำนักตน", en: "Certify for one's bureau"))
    /// Publish to areas; extend, open again, decide where a bureau did not.
    package static let publish = Permission(
        "Publish", number: "C4", realm: .central, Phrase("เผยแพร่และกำกับ", en: "Publish and oversee"))
    /// The platform itself: areas, jobs, the record of every area.
    package static let operate = Permission(
        "Operate", number: "C6", realm: .central, Phrase("ดูแลระบบทั้งประเทศ", en: "Operate the platform"))

    package func applies(to kind: Area.Kind) -> Bool {
        switch realm {
        case .everywhere: true
        case .areas: kind != .central
        case .central: kind == .central
        }
    }
}

/// The flags that somebody holds.
package struct Permissions: Sendable, Equatable {
    package var names: [String]

    package init(_ names: [String] = []) {
        self.names = names
    }

    package init(_ permissions: Permission...) {
        names = permissions.map(\.name)
    }

    package func contains(_ permission: Permission) -> Bool {
        names.contains(permission.name) || permission.centralName.map(names.contains) ?? false
    }

    package func limited(to others: Permissions) -> Permissions {
        Permissions(names.filter { others.names.contains($0) })
    }
}
