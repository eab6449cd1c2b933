import Evidence
import HTML
import Kernel
import Postgres
import Runtime

/// What one side says to the other about a result; it stays with it, with its receipt.
struct ResultMessage: Sendable {
    let isFromCentre: Bool
    let words: String
    let file: StoredFile?
    let author: AreaResult.Mark
    let acknowledged: AreaResult.Mark?

    static let wordsLimit = 4000

    var json: JSON {
        [
            "from-centre": .bool(isFromCentre), "words": .text(words), "file": file?.json ?? .null,
            "author": .text(author.name), "written-at": .text(author.at.text),
            "acknowledged-at": JSON(acknowledged?.at), "acknowledged-by": JSON(acknowledged?.name),
        ]
    }

    static let schema = APISchema.object([
        ("from-centre", .flag), ("words", .text), ("file", .optional(StoredFile.schema)), ("author", .text),
        ("written-at", .moment), ("acknowledged-at", .optional(.moment)), ("acknowledged-by", .optional(.text)),
    ])

    init(_ cells: inout Cells) throws {
        isFromCentre = try cells.next()
        words = try cells.next()
        author = AreaResult.Mark(at: try cells.next(), name: try cells.next())
        let at = try cells.nextIfAny(Instant.self)
        let name = try cells.nextIfAny(String.self)
        acknowledged = at.map { AreaResult.Mark(at: $0, name: name ?? "") }
        file = try cells.nextIfAny(FileID.self) == nil ? nil : try StoredFile(&cells)
    }
}

extension Query where Answer == [ResultMessage] {
    /// The earliest first.
    static func messages(about id: AreaResultID, in area: AreaID) -> Query {
        .all(
            """
            SELECT m.is_from_centre, m.words, m.written_at, m.author_name, m.acknowledged_at, m.acknowledger_name, m.file_id,
                \(part: storedFileColumns)
            FROM result_messages m
            LEFT JOIN files f ON f.area_id = m.area_id AND f.id = m.file_id
            WHERE m.area_id = \(area) AND m.result_id = \(id)
            ORDER BY m.id
            """
        ) { try ResultMessage(&$0) }
    }
}

extension Query where Answer == Int {
    static func say(
        _ words: String, with file: FileID?, about id: AreaResultID, fromCentre: Bool, in area: AreaID,
        by viewer: Viewer?,
        at now: Instant
    ) -> Query {
        .deed(
            """
            INSERT INTO result_messages (
                area_id, result_id, is_from_centre, words, file_id, author_id, author_name, written_at
            )
            VALUES (
                \(area), \(id), \(fromCentre), \(words), \(file), \(viewer?.member), \(viewer?.name ?? ""), \(now)
            )
            """)
    }

    /// The other side has something new.
    static func tell(_ side: ResultSide, of id: AreaResultID, in area: AreaID, at now: Instant) -> Query {
        let told: SQL = side == .area ? "told_area_at" : "told_centre_at"
        return .deed("UPDATE area_results SET \(part: told) = \(now) WHERE area_id = \(area) AND id = \(id)")
    }

    /// One who was told says so, for their whole side.
    static func acknowledge(
        _ side: ResultSide, of id: AreaResultID, in area: AreaID, by name: String, at now: Instant
    ) -> Query {
        let (at, by): (SQL, SQL) =
            side == .area ? ("area_seen_at", "area_seen_name") : ("centre_seen_at", "centre_seen_name")
        return .deed(
            """
            UPDATE area_results
            SET \(part: at) = \(now), \(part: by) = \(name)
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func receiveMessages(
        for side: ResultSide, about id: AreaResultID, in area: AreaID, by name: String, at now: Instant
    ) -> Query {
        .deed(
            """
            UPDATE result_messages
            SET acknowledged_at = \(now), acknowledger_name = \(name)
            WHERE area_id = \(area) AND result_id = \(id) AND is_from_centre = \(side == .area)
                AND acknowledged_at IS NULL
            """)
    }
}

/// The two who share a result.
enum ResultSide: Sendable {
    case area, centre
}
