import Evidence
import HTML
import Kernel
import Postgres
import Runtime

/// A document that explains an indicator. The first two have names of their own, the others the area's.
struct IndicatorDocument: Sendable {
    static let places = 1...11
    static let sizeLimit = 50_000_000

    var place: Int
    var title: String
    var file: StoredFile

    /// The name that the place itself gives; nil where the area names the document.
    static func fixedTitle(of place: Int) -> Phrase? {
        switch place {
        case 1: Phrase("คำอธิบายตัวชี้วัด", en: "Definition of the indicator")
        case 2: Phrase("เครื่องมือประเมินระดับคุณภาพ", en: "Quality assessment tool")
        default: nil
        }
    }

    var name: Phrase { Self.fixedTitle(of: place) ?? Phrase(same: title) }

    static let fields: [FormField] = [
        FormField("title", Phrase("ชื่อเอกสาร", en: "Name of the document"), .text(limit: 150)),
        FormField("file", Phrase("ไฟล์", en: "File"), .file(limit: sizeLimit)),
    ]

    var json: JSON {
        ["place": JSON(place), "title": .text(name.thai), "file": file.json]
    }

    static let schema = APISchema.object([("place", .number), ("title", .text), ("file", StoredFile.schema)])
}

extension Query where Answer == [IndicatorDocument] {
    static func documents(of indicator: IndicatorID, in area: AreaID) -> Query {
        .all(
            """
            SELECT d.place, d.title, \(part: storedFileColumns)
            FROM indicator_documents d
            JOIN files f ON f.area_id = d.area_id AND f.id = d.file_id
            WHERE d.area_id = \(area) AND d.indicator_id = \(indicator)
            ORDER BY d.place
            """
        ) { IndicatorDocument(place: try $0.next(), title: try $0.next(), file: try StoredFile(&$0)) }
    }
}

extension Query where Answer == Int {
    static func saveDocument(
        _ file: FileID, titled title: String, at place: Int, of indicator: IndicatorID, in area: AreaID
    ) -> Query {
        .deed(
            """
            INSERT INTO indicator_documents (area_id, indicator_id, place, title, file_id)
            VALUES (\(area), \(indicator), \(place), \(title), \(file))
            ON CONFLICT (area_id, indicator_id, place) DO UPDATE
            SET title = excluded.title, file_id = excluded.file_id
            """)
    }

    static func removeDocument(at place: Int, of indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            DELETE FROM indicator_documents
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND place = \(place)
            """)
    }

    /// Whoever changes the indicator's documents meanwhile waits.
    static func lockIndicator(_ id: IndicatorID, in area: AreaID) -> Query {
        .deed("SELECT 1 FROM indicators WHERE area_id = \(area) AND id = \(id) FOR NO KEY UPDATE")
    }
}
