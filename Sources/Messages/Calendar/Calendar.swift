import HTML
import Kernel
import Runtime

/// Deadlines as calendars read them (RFC 5545).
struct Calendar {
    let name: String
    let events: [CalendarEvent]
    let language: Language
    /// Stands before each path.
    let address: String
    let now: Instant

    var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rabrong//TH", "CALSCALE:GREGORIAN",
            "X-WR-CALNAME:\(escaped(name))", "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(event.id)@rabrong", "DTSTAMP:\(moment(now))", "DTSTART:\(moment(event.at))",
                "DTEND:\(moment(event.at))", "SUMMARY:\(escaped(event.title[language]))",
                "URL:\(address)\(event.path)", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D",
                "DESCRIPTION:\(escaped(event.title[language]))", "END:VALARM", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    /// 20260331T093000Z
    private func moment(_ instant: Instant) -> String {
        let digits = instant.text.prefix(19).filter { $0 != "-" && $0 != ":" }
        return "\(digits)Z"
    }

    private func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", ",", ";": escaped += "\\\(character)"
            case "\n", "\r\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// At most 75 bytes a line, and no character split between two.
    private func folded(_ line: String) -> String {
        var folded = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if length + width > 75 {
                folded += "\r\n "
                length = 1
            }
            folded.unicodeScalars.append(scalar)
            length += width
        }
        return folded
    }
}
