import Kernel
import Postgres
import Runtime

extension Query where Answer == Area? {
    static func area(code: String) -> Query {
        .first("SELECT \(part: Area.columns) FROM areas WHERE code = \(code)") { try Area(&$0) }
    }

    static func area(host: String) -> Query {
        .first("SELECT \(part: Area.columns) FROM areas WHERE host = \(host)") { try Area(&$0) }
    }
}

extension Query where Answer == Area {
    static func insertArea(_ seed: AreaSeed, at now: Instant) -> Query {
        .one(
            """
            INSERT INTO areas (id, code, kind, short_name, name, provinces, created_at)
            VALUES (
                nextval('area_ids'), \(seed.code), \(seed.kind), \(seed.shortName), \(seed.name), \(seed.provinces), \(now)
            )
            RETURNING \(part: Area.columns)
            """
        ) { try Area(&$0) }
    }
}

extension Query where Answer == Int {
    static func insertSettings(of area: Area) -> Query {
        // Neighbouring areas get different colours, so that people with two accounts see where they are.
        let hue = (area.id.rawValue * 47 + 150) % 360
        return .deed(
            "INSERT INTO area_settings (area_id, hue) VALUES (\(area.id), \(hue)) ON CONFLICT DO NOTHING")
    }

    static func insertJournalHead(of area: Area) -> Query {
        .deed("INSERT INTO journal_heads (area_id) VALUES (\(area.id)) ON CONFLICT DO NOTHING")
    }
}
