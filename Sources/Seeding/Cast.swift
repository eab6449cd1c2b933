/// Who plays in the demonstration: one account for each kind of person.
package struct Cast: Sendable {
    struct Part: Sendable {
        var username: String
        var position: String
        var flags: [String]
        var unit = 0
        var isAtSchool = false
        var status = "enabled"
    }

    var code: String
    var schools: Int
    var officers: Int
    var roles: [Part]
    /// Sixty indicators that all schools report, instead of a few of every kind.
    var hasFullCatalogue = false

    /// An area as full as any, for measuring.
    static let full = Cast(code: "p10", schools: 300, officers: 120, roles: areaParts, hasFullCatalogue: true)

    /// The area that the demonstration shows first.
    package static let shown = "p55-1"

    static let all = [
        Cast(code: shown, schools: 32, officers: 40, roles: areaParts),
        Cast(code: "s55", schools: 30, officers: 24, roles: areaParts),
        Cast(code: "central", schools: 0, officers: 30, roles: centralParts),
    ]

    private static let areaParts = [
        Part(
            username: "admin", position: "ผู้ดูแลระบบเขต",
            flags: [
                "M", "S", "Create", "Open", "Owner", "Proof", "SA", "AReply", "File", "Upload", "Letters", "Friends",
            ]),
        Part(
            username: "owner", position: "เจ้าของตัวชี้วัด", flags: ["Create", "Open", "Owner", "File", "Friends"], unit: 1),
        Part(username: "checker", position: "ผู้ตรวจรายงาน", flags: ["Proof", "File", "Friends"], unit: 6),
        Part(username: "clerk", position: "เจ้าหน้าที่สารบรรณ", flags: ["Letters", "Upload"]),
        Part(username: "director", position: "ผู้อำนวยการเขต", flags: ["SA", "Owner", "AReply", "Friends"]),
        Part(
            username: "school-director", position: "ผู้อำนวยการโรงเรียน", flags: ["School", "SA", "Friends"],
            isAtSchool: true),
        Part(username: "teacher", position: "ครูผู้รายงาน", flags: ["School", "Upload"], isAtSchool: true),
        Part(username: "former", position: "ครู", flags: ["School"], isAtSchool: true, status: "disabled"),
    ]

    private static let centralParts = [
        Part(username: "operator", position: "ผู้ดูแลระบบทั้งประเทศ", flags: ["M", "S", "Operate"]),
        Part(
            username: "psdg", position: "เจ้าหน้าที่ กพร.", flags: ["M", "S", "Define", "Supply", "Publish", "Administer"],
            unit: 1),
        Part(username: "bureau", position: "ผู้รับรองของสำนัก", flags: ["Certify", "Upload"], unit: 2),
    ]
}
