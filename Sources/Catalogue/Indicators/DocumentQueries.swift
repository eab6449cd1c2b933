import Evidence
import Kernel
import Postgres

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
