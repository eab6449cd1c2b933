package import HTML
import Interface
package import Kernel
import Postgres

extension FileSpace {
    /// From here on its administrators are warned.
    static let warningPercent = 80

    package var percent: Int { used * 100 / max(1, quota) }
    package var isNearlyFull: Bool { percent >= Self.warningPercent }

    /// `1.2 GB จาก 50 GB (2%)`
    package var phrase: Phrase {
        sizePhrase(used) + Phrase(" จาก ", en: " of ") + sizePhrase(quota) + Phrase(same: " (\(percent)%)")
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
