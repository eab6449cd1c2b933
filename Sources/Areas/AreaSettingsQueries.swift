import Kernel
import Postgres
import Secrets

extension Query where Answer == AreaSettings {
    static func settings(of area: AreaID) -> Query {
        .one(
            """
            SELECT s.hue, s.digits, s.phone, s.email, s.address, s.office_hours, s.welcome, s.takes_requests, a.host,
                s.logo IS NOT NULL, s.version
            FROM area_settings s
            JOIN areas a ON a.id = s.area_id
            WHERE s.area_id = \(area)
            """
        ) { try AreaSettings(&$0) }
    }
}

extension Query where Answer == Int {
    /// Touches no row when somebody else has saved since.
    static func save(_ settings: AreaSettings, of area: AreaID) -> Query {
        .deed(
            """
            UPDATE area_settings
            SET hue = \(settings.hue), digits = \(settings.digits), phone = \(settings.phone),
                email = \(settings.email), address = \(settings.address), office_hours = \(settings.officeHours),
                welcome = \(settings.welcome), takes_requests = \(settings.takesRequests), version = version + 1
            WHERE area_id = \(area) AND version = \(settings.version)
            """)
    }

    static func saveLogo(_ bytes: [UInt8], type: String, of area: AreaID) -> Query {
        .deed(
            """
            UPDATE area_settings
            SET logo = \(Bytes(bytes)), logo_type = \(type), logo_hash = \(Digest(of: bytes).hexadecimal),
                version = version + 1
            WHERE area_id = \(area)
            """)
    }

    static func removeLogo(of area: AreaID) -> Query {
        .deed(
            """
            UPDATE area_settings
            SET logo = NULL, logo_type = NULL, logo_hash = NULL, version = version + 1
            WHERE area_id = \(area)
            """)
    }

    static func saveHost(_ host: String?, of area: AreaID) -> Query {
        .deed("UPDATE areas SET host = \(host) WHERE id = \(area)")
    }
}

/// A picture as it is served.
struct Logo: Sendable {
    var bytes: [UInt8]
    var type: String
}

extension Query where Answer == Logo? {
    static func logo(of area: AreaID) -> Query {
        .first(
            """
            SELECT logo, logo_type
            FROM area_settings
            WHERE area_id = \(area) AND logo IS NOT NULL
            """
        ) { Logo(bytes: try $0.next(Bytes.self).bytes, type: try $0.next()) }
    }
}
