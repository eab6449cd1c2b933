import Files
package import Kernel
package import Postgres
package import Runtime
import Secrets

extension SQL {
    /// `WITH stored (id)`: a file whose bytes are kept, with its scan if one is due.
    static func storing(
        _ file: KeptFile, in area: AreaID, by viewer: Viewer?, at now: Instant, submitted: Bool = false
    ) -> SQL {
        """
        WITH stored AS (
            INSERT INTO files (
                area_id, sha256, name, kind, size, uploaded_by, uploader_name, uploaded_at, quarantined, submitted
            )
            VALUES (
                \(area), \(file.digest), \(file.name), \(file.kind), \(file.size), \(viewer?.member),
                \(viewer?.name ?? ""), \(now), \(file.isQuarantined), \(submitted)
            )
            RETURNING id
        ), scan AS (
            INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
            SELECT \(area)::int, \(EvidenceJobs.scan)::text, jsonb_build_object('file', id), \(now)::timestamptz,
                \(now)::timestamptz
            FROM stored
            WHERE \(file.isQuarantined)
            RETURNING id
        )
        """
    }
}

extension Query where Answer == FileID {
    /// `submitted` files are the central office's to open, too.
    package static func insert(
        _ file: KeptFile, in area: AreaID, by viewer: Viewer?, at now: Instant, submitted: Bool = false
    ) -> Query {
        .one(
            """
            \(part: .storing(file, in: area, by: viewer, at: now, submitted: submitted))
            SELECT id
            FROM stored
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == StoredFile? {
    package static func file(_ id: FileID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: storedFileColumns)
            FROM files f
            WHERE f.area_id = \(area) AND f.id = \(id)
            """
        ) { try StoredFile(&$0) }
    }
}

extension Deed {
    /// To be called when the record has its entry: who holds the area's count holds the end of its record already, so
    /// that no two wait for each other for ever.
    package func takeSpace(for file: KeptFile) {
        transaction.sendLast(.takeSpace(for: file, in: area, at: now))
    }
}

extension Query where Answer == Int {
    /// The same bytes count once, save twice in one deed; each night they are counted anew.
    fileprivate static func takeSpace(for file: KeptFile, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE file_space
            SET used = used + \(file.size)
            WHERE area_id = \(area) AND NOT EXISTS (
                SELECT
                FROM files
                WHERE area_id = \(area) AND sha256 = \(file.digest) AND uploaded_at < \(now)
            )
            """)
    }

    /// Clean, it is free; else it stays where nobody opens it.
    static func noteScan(of digest: Digest, virus: String?, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE files
            SET quarantined = \(virus)::text IS NOT NULL, virus = \(virus)
            WHERE area_id = \(area) AND sha256 = \(digest)
            """)
    }
}
