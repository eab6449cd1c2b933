import HTML
import Postgres

/// How somebody is employed, as the request form parts people.
enum Employment: String, SQLValue, CaseIterable {
    case unknown = ""
    case official
    case employee
    case temporary

    var phrase: Phrase {
        switch self {
        case .unknown: Phrase(same: "–")
        case .official: Phrase("ข้าราชการ", en: "Civil servant")
        case .employee: Phrase("พนักงานราชการ/ลูกจ้างประจำ", en: "Government or permanent employee")
        case .temporary: Phrase("ลูกจ้างชั่วคราว/จ้างเหมาบริการ", en: "Temporary or contracted")
        }
    }

    static let known: [Employment] = [.official, .employee, .temporary]
}
