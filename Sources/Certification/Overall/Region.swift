import HTML

/// A region of the country, as the National Statistical Office parts it; known by the province's number, which stands
/// in the area's code.
enum Region: String, CaseIterable, Sendable {
    case bangkok, central, north, northeast, south

    init?(code: String) {
        guard let number = Int(code.drop { !$0.isNumber }.prefix(2)) else { return nil }
        switch number {
        case 10: self = .bangkok
        case 11...29, 70...79: self = .central
        case 30...49: self = .northeast
        case 50...69: self = .north
        case 80...99: self = .south
        default: return nil
        }
    }

    var phrase: Phrase {
        switch self {
        case .bangkok: Phrase("กรุงเทพมหานคร", en: "Bangkok")
        case .central: Phrase("ภาคกลาง", en: "Central")
        case .north: Phrase("ภาคเหนือ", en: "North")
        case .northeast: Phrase("ภาคตะวันออกเฉียงเหนือ", en: "Northeast")
        case .south: Phrase("ภาคใต้", en: "South")
        }
    }
}
