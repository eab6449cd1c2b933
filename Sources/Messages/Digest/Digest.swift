import HTML
import Interface
import Kernel
import Outbound
import Runtime

/// The morning's letter to one member: what is due soon, and what others did since yesterday.
struct Digest: Sendable {
    let reader: DigestReader
    let reminders: [Reminder]
    let notices: [Notice]
    let registry: Registry
    /// Stands before each path.
    let address: String
    let now: Instant

    var isEmpty: Bool { reminders.isEmpty && notices.isEmpty }

    var mail: Mail {
        let subject =
            Phrase("รับรอง: ใกล้ครบกำหนด \(reminders.count) เรื่อง ", en: "Rabrong: \(reminders.count) due soon, ")
            + Phrase("ใหม่ \(notices.count) เรื่อง", en: "\(notices.count) new")
        return Mail(
            to: reader.email, subject: "\(subject.thai) · \(subject.english)",
            text: [text(in: .thai), text(in: .english)].joined(separator: "\n\n----------\n\n"))
    }

    private func text(in language: Language) -> String {
        var lines: [Phrase] = [Phrase("เรียน \(reader.name)", en: "Dear \(reader.name)"), Phrase(same: "")]
        if !reminders.isEmpty {
            lines.append(Phrase("ใกล้ครบกำหนด", en: "Due soon"))
            for reminder in reminders {
                lines.append(Phrase(same: "• ") + reminder.title + Phrase(same: " · ") + reminder.due.inShort)
                lines.append(Phrase(same: "  \(address)\(reminder.path)"))
            }
            lines.append(Phrase(same: ""))
        }
        if !notices.isEmpty {
            lines.append(Phrase("ตั้งแต่เมื่อวาน", en: "Since yesterday"))
            for notice in notices {
                lines.append(
                    Phrase(same: "• \(notice.subjectName): ") + registry.action(notice.action)
                        + Phrase(same: notice.detail.isEmpty ? "" : " \(notice.detail)"))
                lines.append(Phrase(same: "  \(address)\(notice.path)"))
            }
            lines.append(Phrase(same: ""))
        }
        lines.append(
            Phrase("ไม่ต้องการอีเมลนี้: ", en: "To have no more of these: ") + Phrase(same: "\(address)/account/notices"))
        return lines.map { $0[language] }.joined(separator: "\n")
    }
}

/// A member who may get a letter.
struct DigestReader: Sendable {
    let name: String
    let email: String
    let areaCode: String
}
