package import Kernel
package import Postgres
package import Runtime

extension Query where Answer == [EvidenceItem] {
    /// In the order of the places.
    package static func evidence(of holder: EvidenceHolder, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: EvidenceItem.columns)
            FROM evidence e
            JOIN files f ON f.area_id = e.area_id AND f.id = e.file_id
            WHERE e.area_id = \(area) AND e.\(part: holder.column) = \(holder.id) AND e.removed_at IS NULL
            ORDER BY e.place
            """
        ) { try EvidenceItem(&$0) }
    }

    /// What was taken away or replaced, the latest first.
    package static func earlierEvidence(of holder: EvidenceHolder, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: EvidenceItem.columns)
            FROM evidence e
            JOIN files f ON f.area_id = e.area_id AND f.id = e.file_id
            WHERE e.area_id = \(area) AND e.\(part: holder.column) = \(holder.id) AND e.removed_at IS NOT NULL
            ORDER BY e.removed_at DESC, e.id DESC
            """
        ) { try EvidenceItem(&$0) }
    }
}

extension Query where Answer == EvidenceID {
    /// A new file, at once with what it shows.
    package static func attach(
        _ file: KeptFile, at place: Int, described description: String, to holder: EvidenceHolder, in area: AreaID,
        by viewer: Viewer?, at now: Instant
    ) -> Query {
        .one(
            """
            \(part: .storing(file, in: area, by: viewer, at: now))
            INSERT INTO evidence (
                area_id, \(part: holder.column), place, description, file_id, sent_at, sent_by, sender_name
            )
            SELECT \(area)::int, \(holder.id)::bigint, \(place)::int, \(description)::text, id, \(now)::timestamptz,
                \(viewer?.member)::bigint, \(viewer?.name ?? "")::text
            FROM stored
            RETURNING id
            """
        ) { try $0.next() }
    }

    package static func attach(
        _ file: FileID, at place: Int, described description: String, to holder: EvidenceHolder, in area: AreaID,
        by viewer: Viewer?, at now: Instant
    ) -> Query {
        .one(
            """
            INSERT INTO evidence (
                area_id, \(part: holder.column), place, description, file_id, sent_at, sent_by, sender_name
            )
            VALUES (
                \(area), \(holder.id), \(place), \(description), \(file), \(now), \(viewer?.member),
                \(viewer?.name ?? "")
            )
            RETURNING id
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == Int {
    package static func describe(_ id: EvidenceID, _ description: String, in area: AreaID) -> Query {
        .deed("UPDATE evidence SET description = \(description) WHERE area_id = \(area) AND id = \(id)")
    }

    /// It stays behind, as what was there before.
    package static func remove(_ id: EvidenceID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            "UPDATE evidence SET removed_at = \(now) WHERE area_id = \(area) AND id = \(id) AND removed_at IS NULL")
    }

    /// Only the first opening counts.
    package static func noteOpening(of id: EvidenceID, by name: String, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE evidence
            SET opened_at = \(now), opener_name = \(name)
            WHERE area_id = \(area) AND id = \(id) AND opened_at IS NULL
            """)
    }

    package static func receive(_ id: EvidenceID, by name: String, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE evidence
            SET received_at = \(now), receiver_name = \(name)
            WHERE area_id = \(area) AND id = \(id) AND received_at IS NULL AND removed_at IS NULL
            """)
    }
}
