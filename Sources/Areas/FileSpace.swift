package import HTML
import Interface
package import Kernel
package import Postgres

/// How much of the file store an area uses, of what it may.
package struct FileSpace: Sendable {
    package var used: Int
    package var quota: Int

    /// From here on its administrators are warned.
    static let warningPercent = 80

    package var percent: Int { used * 100 / max(1, quota) }
    package var isNearlyFull: Bool { percent >= Self.warningPercent }

    package init(_ cells: inout Cells) throws {
        used = try cells.next()
        quota = try cells.next()
    }

    /// `1.2 GB จาก 50 GB (2%)`
    package var phrase: Phrase {
        sizePhrase(used) + Phrase(" จาก ", en: " of ") + sizePhrase(quota) + Phrase(same: " (\(percent)%)")
    }

    /// What one is told whose file finds no room any more.
    static let full = Refusal.conflict(
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
    static func insertFileSpace(of area: Area) -> Query {
        .deed("INSERT INTO file_space (area_id) VALUES (\(area.id)) ON CONFLICT DO NOTHING")
    }

    package static func saveQuota(_ quota: Int, of area: AreaID) -> Query {
        .deed("UPDATE file_space SET quota = \(quota) WHERE area_id = \(area)")
    }
}

extension Query where Answer == [TaskGroup] {
    /// For those who look after the area, while something can still be done about it.
    static func spaceTasks(_ context: Context) -> Query {
        let nearlyFull = Query<[FileSpace]>.all(
            """
            SELECT used, quota
            FROM file_space
            WHERE area_id = \(context.area.id) AND used * 100 >= quota * \(FileSpace.warningPercent)
                AND \(part: .viewerHolds(.settings))
            """
        ) { try FileSpace(&$0) }
        return Query(nearlyFull.sql) { rows in
            [
                TaskGroup(
                    .upkeep, for: .holders(of: .settings), Phrase("ดูแลระบบ", en: "Upkeep"),
                    try nearlyFull.decode(rows).map { space in
                        TaskItem(
                            Phrase("พื้นที่เก็บไฟล์ใกล้เต็ม", en: "File space is nearly full"), at: "/settings#space",
                            icon: "warn", state: ("wait", "warn", Phrase(same: "\(space.percent)%")),
                            detail: space.phrase, verb: Phrase("ดู", en: "See"))
                    })
            ]
        }
    }
}
