package import HTML
package import Kernel
package import Runtime

private let thaiMonths = [
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
    "พฤศจิกายน", "ธันวาคม",
]
private let shortThaiMonths = [
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
]
private let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]
private let shortEnglishMonths = englishMonths.map { String($0.prefix(3)) }
private let thaiWeekdays = ["อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"]
private let englishWeekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

extension Day {
    /// วันอังคารที่ 31 มีนาคม 2569 · Tuesday 31 March 2026 (2569 BE)
    package var inFull: Phrase {
        let (year, month, day) = parts
        return Phrase(
            "วัน\(thaiWeekdays[weekday])ที่ \(day) \(thaiMonths[month - 1]) \(year + 543)",
            en: "\(englishWeekdays[weekday]) \(day) \(englishMonths[month - 1]) \(year) (\(year + 543) BE)")
    }

    /// 31 มี.ค. 2569 · 31 Mar 2026
    package var inShort: Phrase {
        let (year, month, day) = parts
        return Phrase(
            "\(day) \(shortThaiMonths[month - 1]) \(year + 543)",
            en: "\(day) \(shortEnglishMonths[month - 1]) \(year)")
    }

    /// มี.ค. · Mar
    package var monthInShort: Phrase {
        Phrase(shortThaiMonths[parts.month - 1], en: shortEnglishMonths[parts.month - 1])
    }

    /// The same, without strings in between: for long lists.
    package func writeShort(to html: HTML) {
        let (year, month, day) = parts
        let isThai = html.language == .thai
        day.write(to: html)
        html.text(" ")
        html.text(isThai ? shortThaiMonths[month - 1] : shortEnglishMonths[month - 1])
        html.text(" ")
        (isThai ? year + 543 : year).write(to: html)
    }

    /// As people type it: 31/3/2569.
    package var typed: String {
        let (year, month, day) = parts
        return "\(day)/\(month)/\(year + 543)"
    }
}

extension FiscalYear {
    package var phrase: Phrase { Phrase("ปีงบประมาณ \(number)", en: "Fiscal year \(number)") }
}

extension Instant {
    private var minutesInBangkok: (hour: Int, minute: Int) {
        let second = seconds + 7 * 3600 - Day(inBangkok: self).sinceEpoch * 86_400
        return (second / 3600, second / 60 % 60)
    }

    /// วันอังคารที่ 31 มีนาคม 2569 16.30 น.
    package var inFull: Phrase { Day(inBangkok: self).inFull + Phrase(same: " ") + timeOfDay }

    /// 16.30 น. · 16:30
    package var timeOfDay: Phrase {
        let (hour, minute) = minutesInBangkok
        return Phrase("\(hour, digits: 2).\(minute, digits: 2) น.", en: "\(hour, digits: 2):\(minute, digits: 2)")
    }

    /// As people type it: 31/3/2569 16.30.
    package var typed: String {
        let (hour, minute) = minutesInBangkok
        return "\(Day(inBangkok: self).typed) \(hour, digits: 2).\(minute, digits: 2)"
    }

    /// 31 มี.ค. 2569 16.30 น. · 31 Mar 2026 16:30
    package var inShort: Phrase {
        Day(inBangkok: self).inShort + Phrase(same: " ") + timeOfDay
    }

    /// The same, without strings in between: for long lists.
    package func writeShort(to html: HTML) {
        let (hour, minute) = minutesInBangkok
        Day(inBangkok: self).writeShort(to: html)
        html.text(hour < 10 ? " 0" : " ")
        hour.write(to: html)
        Phrase(".", en: ":").write(to: html)
        if minute < 10 { html.text("0") }
        minute.write(to: html)
        Phrase(" น.", en: "").write(to: html)
    }
}

extension Visit {
    /// A number as the area writes it in running text.
    package func number(_ number: Int) -> String {
        digits(grouped(number))
    }

    /// Digits as the area writes them in running text; tables and forms keep Arabic ones, which are of one width.
    package func digits(_ text: String) -> String {
        look.digits == .thai && language == .thai ? thaiDigits(text) : text
    }

    package func digits(_ phrase: Phrase) -> Phrase {
        look.digits == .thai ? Phrase(thaiDigits(phrase.thai), en: phrase.english) : phrase
    }
}

private func grouped(_ number: Int) -> String {
    var groups: [String] = []
    var rest = number.magnitude
    while rest >= 1000 {
        groups.insert("\(Int(rest % 1000), digits: 3)", at: 0)
        rest /= 1000
    }
    groups.insert(String(rest), at: 0)
    return (number < 0 ? "−" : "") + groups.joined(separator: ",")
}
