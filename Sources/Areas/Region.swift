package import HTML

/// A region of the country, as the National Statistical Office parts it.
package enum Region: String, CaseIterable, Sendable {
    case bangkok, central, north, northeast, south

    /// Of the area with this code.
    package init?(code: String) {
        guard let province = Province(code: code) else { return nil }
        self = province.region
    }

    package var phrase: Phrase {
        switch self {
        case .bangkok: Phrase("กรุงเทพมหานคร", en: "Bangkok")
        case .central: Phrase("ภาคกลาง", en: "Central")
        case .north: Phrase("ภาคเหนือ", en: "North")
        case .northeast: Phrase("ภาคตะวันออกเฉียงเหนือ", en: "Northeast")
        case .south: Phrase("ภาคใต้", en: "South")
        }
    }
}
