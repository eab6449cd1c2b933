package import HTML
package import Postgres

/// A tenant: an education service area, or the central office beside them.
package struct Area: Sendable, Hashable {
    package enum Kind: String, SQLValue, CaseIterable {
        case central
        case primary
        case secondary
    }

    package var id: AreaID
    package var code: String
    package var kind: Kind
    package var shortName: String
    package var name: String
    package var provinces: [String]
    package var host: String?

    package init(
        id: AreaID, code: String, kind: Kind, shortName: String, name: String, provinces: [String] = [],
        host: String? = nil
    ) {
        self.id = id
        self.code = code
        self.kind = kind
        self.shortName = shortName
        self.name = name
        self.provinces = provinces
        self.host = host
    }

    package static let central = AreaID(0)
    package static let columns: SQL = "id, code, kind, short_name, name, provinces, host"

    package init(_ cells: inout Cells) throws {
        id = try cells.next()
        code = try cells.next()
        kind = try cells.next()
        shortName = try cells.next()
        name = try cells.next()
        provinces = try cells.nextArray()
        host = try cells.nextIfAny()
    }
}

extension Area.Kind {
    package var phrase: Phrase {
        switch self {
        case .central: Phrase("ส่วนกลาง", en: "Central office")
        case .primary: Phrase("ประถมศึกษา (สพป.)", en: "Primary")
        case .secondary: Phrase("มัธยมศึกษา (สพม.)", en: "Secondary")
        }
    }
}

/// How an area shows itself: what every page of it needs.
package struct AreaLook: Sendable {
    package enum Digits: String, SQLValue, CaseIterable {
        case arabic
        case thai
    }

    package var hue = 205
    package var digits = Digits.arabic
    package var phone = ""
    package var officeHours = ""
    package var logoHash: String?
    /// The years that were opened, the latest first.
    package var years: [FiscalYear] = []

    package init() {}

    package static let columns: SQL = """
        a.hue, a.digits, a.phone, a.office_hours, a.logo_hash,
        ARRAY(SELECT y.year FROM fiscal_years y WHERE y.area_id = a.area_id ORDER BY y.year DESC)
        """

    package init(_ cells: inout Cells) throws {
        hue = try cells.next()
        digits = try cells.next()
        phone = try cells.next()
        officeHours = try cells.next()
        logoHash = try cells.nextIfAny()
        years = try cells.nextArray(of: Int.self).map { FiscalYear($0) }
    }
}
