import Kernel
import Rounds
import Runtime

/// A year's catalogue as full as a large area keeps it: frameworks of sixty indicators, each reported every quarter.
struct MadeCatalogue: Sendable {
    /// Who reports an indicator: the schools' places in the list of units.
    enum Reporters {
        case allSchools
        /// Each school just one indicator: enough where nobody looks, as 245 areas would else have 7 million.
        case eachSchoolOnce
    }

    struct Indicator: Sendable {
        /// The place of the framework.
        var framework: Int
        var number: String
        var name: String
        /// The place of the owner in the area's list of people.
        var owner: Int
        var reporters: [Int]
    }

    static let frameworks = [
        (shortName: "KRS", name: "คำรับรองการปฏิบัติราชการ"), (shortName: "ARS 1", name: "ความปลอดภัยในสถานศึกษา"),
        (shortName: "ARS 2", name: "โอกาสและความเสมอภาค"), (shortName: "ARS 3", name: "คุณภาพการศึกษา"),
        (shortName: "จุดเน้น", name: "จุดเน้นของเขตพื้นที่"),
    ]

    private static let subjects = [
        "ร้อยละของนักเรียนที่อ่านออกเขียนได้ตามเกณฑ์ของระดับชั้น", "ร้อยละของครูที่ผ่านการพัฒนาสมรรถนะด้านดิจิทัล",
        "ร้อยละของสถานศึกษาที่จัดสภาพแวดล้อมปลอดภัย", "ร้อยละของนักเรียนที่ได้รับการดูแลช่วยเหลือครบถ้วน",
        "ร้อยละของเด็กตกหล่นที่กลับเข้าสู่ระบบการศึกษา", "ร้อยละของสถานศึกษาที่รายงานการเงินถูกต้องและทันเวลา",
        "ร้อยละของนักเรียนที่มีผลการทดสอบเพิ่มขึ้นจากปีก่อน", "ร้อยละของห้องเรียนที่จัดการเรียนรู้เชิงรุก",
        "ร้อยละของผู้ปกครองที่พึงพอใจต่อการจัดการศึกษา", "ร้อยละของนักเรียนพิการที่มีแผนการศึกษาเฉพาะบุคคล",
        "ร้อยละของสถานศึกษาที่ผ่านการประเมินภายนอก", "ร้อยละของข้อร้องเรียนที่ได้ข้อยุติภายในกำหนด",
    ]

    let year: FiscalYear
    let rounds: [RoundDates]
    let indicators: [Indicator]

    init(for made: MadeArea, in year: FiscalYear, reportedBy reporters: Reporters) {
        self.year = year
        rounds = Round.all.filter { $0.kind == .quarterly }.map { $0.ordinaryDates(in: year) }
        let schools = made.units.indices.filter { made.units[$0].kind == "school" }
        let officers = made.people.indices.filter { made.units[made.people[$0].unit].kind != "school" }
        let count = Self.frameworks.count * Self.subjects.count
        indicators = (0..<count).map { place in
            let (framework, subject) = place.quotientAndRemainder(dividingBy: Self.subjects.count)
            return Indicator(
                framework: framework, number: "\(framework + 1).\(subject + 1)", name: Self.subjects[subject],
                owner: officers[place % officers.count],
                reporters: reporters == .allSchools
                    ? schools : schools.enumerated().filter { $0.offset % count == place }.map(\.element))
        }
    }

    /// How far the reports of a round are: the first quarter nearly done, the second begun.
    static func progress(inRound place: Int, of assigned: Int) -> (confirmed: Int, checked: Int) {
        switch place {
        case 0: (assigned * 14 / 15, assigned * 4 / 5)
        case 1: (assigned * 2 / 5, assigned / 10)
        default: (0, 0)
        }
    }
}

/// `1.2.10` so that it sorts after `1.2.9`, as the catalogue writes it.
func numberOrder(_ number: String) -> String {
    number.split(separator: ".")
        .map { String(repeating: "0", count: 6 - $0.utf8.count) + $0 }.joined(separator: ".") + " "
}
