package import Kernel
package import Postgres
import Runtime
import Secrets

/// Whether an area's record is as it was written: each entry's hash is computed anew, here and not in the database.
package struct RecordCheck: Sendable {
    package var area: Area
    package var entries: Int
    /// What is wrong, and at which entry.
    package var fault: String?

    package static func all(in database: Database) async throws -> [RecordCheck] {
        let areas = Query.areas(matching: "")
        var checks: [RecordCheck] = []
        for area in try await areas.decode(database.read([.statement(areas.sql)])[0]) {
            checks.append(try await check(area, in: database))
        }
        return checks
    }

    private static let step = 5000

    package static func check(_ area: Area, in database: Database) async throws -> RecordCheck {
        var chain = Chain()
        while true {
            let links = Query.links(of: area.id, after: chain.length, limit: step)
            let head = Query.recordHead(of: area.id)
            let rows = try await database.read([
                .tenant(area.id.rawValue), .statement(links.sql), .statement(head.sql),
            ])
            let part = try links.decode(rows[0])
            if let fault = chain.fault(adding: part) {
                return RecordCheck(area: area, entries: chain.length, fault: fault)
            }
            guard part.count < step else { continue }
            let fault = try head.decode(rows[1]).flatMap { chain.fault(endingAt: $0) }
            return RecordCheck(area: area, entries: chain.length, fault: fault)
        }
    }
}

/// What the database says of one entry.
struct ChainLink: Sendable {
    var number: Int
    var text: String
    var hash: [UInt8]
}

/// Entries read so far, each bound to the one before.
struct Chain {
    private(set) var length = 0
    private var hash: [UInt8] = []

    mutating func fault(adding links: [ChainLink]) -> String? {
        for link in links {
            guard link.number == length + 1 else { return "entry \(length + 1) is missing" }
            guard Digest(of: hash + Array(link.text.utf8)).bytes == link.hash else {
                return "entry \(link.number) was changed"
            }
            (length, hash) = (link.number, link.hash)
        }
        return nil
    }

    func fault(endingAt head: ChainLink) -> String? {
        guard head.number == length else { return "entries after \(length) are missing" }
        return head.hash == hash ? nil : "the last entry was changed"
    }
}

extension Query where Answer == [ChainLink] {
    static func links(of area: AreaID, after number: Int, limit: Int) -> Query {
        .all(
            """
            SELECT number, app.journal_text(journal), hash
            FROM journal
            WHERE area_id = \(area) AND number > \(number)
            ORDER BY number
            LIMIT \(limit)
            """
        ) { ChainLink(number: try $0.next(), text: try $0.next(), hash: try $0.next(Bytes.self).bytes) }
    }
}

extension Query where Answer == ChainLink? {
    static func recordHead(of area: AreaID) -> Query {
        .first("SELECT number, hash FROM journal_heads WHERE area_id = \(area)") {
            ChainLink(number: try $0.next(), text: "", hash: try $0.next(Bytes.self).bytes)
        }
    }
}
