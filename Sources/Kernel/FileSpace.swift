import HTML
package import Postgres

/// How much of the file store an area uses, of what it may.
package struct FileSpace: Sendable {
    package var used: Int
    package var quota: Int

    package init(_ cells: inout Cells) throws {
        used = try cells.next()
        quota = try cells.next()
    }

    /// What one is told whose file finds no room any more.
    package static let full = Refusal.conflict(
        Phrase(
            "พื้นที่เก็บไฟล์ของเขตเต็มแล้ว จึงยังไม่ได้รับไฟล์ แจ้งผู้ดูแลระบบของเขต",
            en: "The area's file space is full, so the file was not taken. Tell your area's administrator"))
}

extension Query where Answer == FileSpace {
    package static func fileSpace(of area: AreaID) -> Query {
        .one("SELECT used, quota FROM file_space WHERE area_id = \(area)") { try FileSpace(&$0) }
    }
}

extension Query where Answer == Int {
    /// Once: an area that has it keeps it.
    package static func insertFileSpace(of area: AreaID) -> Query {
        .deed("INSERT INTO file_space (area_id) VALUES (\(area)) ON CONFLICT DO NOTHING")
    }

    package static func saveQuota(_ quota: Int, of area: AreaID) -> Query {
        .deed("UPDATE file_space SET quota = \(quota) WHERE area_id = \(area)")
    }
}
