import Files
import HTML
package import Kernel
package import Postgres
package import Runtime

package enum EvidenceKey {}
package typealias EvidenceID = Identifier<EvidenceKey>

/// A file with what it shows, at one of the ten places of a record; and whether its receiver has it.
package struct EvidenceItem: Sendable {
    /// Who did something with it, and when.
    package struct Mark: Sendable {
        package var at: Instant
        package var name: String
    }

    package static let places = 1...10
    package static let descriptionLimit = 500
    package static let sizeLimit = 20_000_000

    package let id: EvidenceID
    package let place: Int
    package let description: String
    package let file: StoredFile
    package let sent: Mark
    /// First opened by somebody who may receive it.
    package let opened: Mark?
    package let received: Mark?

    package var json: JSON {
        [
            "id": JSON(id.rawValue), "place": JSON(place), "description": .text(description), "file": file.json,
            "sent-at": .text(sent.at.text), "sent-by": .text(sent.name), "received-at": JSON(received?.at),
            "received-by": JSON(received?.name),
        ]
    }

    package static let schema = APISchema.object([
        ("id", .number), ("place", .number), ("description", .text), ("file", StoredFile.schema),
        ("sent-at", .moment), ("sent-by", .text), ("received-at", .optional(.moment)),
        ("received-by", .optional(.text)),
    ])
}

/// The record that evidence hangs on: which column names it, and its number.
package struct EvidenceHolder: Sendable {
    let column: SQL
    let id: Int

    package init(_ column: SQL, _ id: Int) {
        self.column = column
        self.id = id
    }
}

extension EvidenceItem {
    package static let columns: SQL = """
        e.id, e.place, e.description, \(part: storedFileColumns), e.sent_at, e.sender_name, e.opened_at, e.opener_name,
        e.received_at, e.receiver_name
        """

    package init(_ cells: inout Cells) throws {
        id = try cells.next()
        place = try cells.next()
        description = try cells.next()
        file = try StoredFile(&cells)
        sent = Mark(at: try cells.next(), name: try cells.next())
        opened = try Self.mark(&cells)
        received = try Self.mark(&cells)
    }

    private static func mark(_ cells: inout Cells) throws -> Mark? {
        let at = try cells.nextIfAny(Instant.self)
        let name = try cells.nextIfAny(String.self)
        return at.map { Mark(at: $0, name: name ?? "") }
    }
}
