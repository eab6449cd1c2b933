import Files
package import Kernel
package import Postgres
package import Runtime
import Secrets

extension Query where Answer == FileID {
    package static func insert(_ file: KeptFile, in area: AreaID, by viewer: Viewer?, at now: Instant) -> Query {
        .one(
            """
            WITH stored AS (
                INSERT INTO files (area_id, sha256, name, kind, size, uploaded_by, uploader_name, uploaded_at, quarantined)
                VALUES (
                    \(area), \(file.digest), \(file.name), \(file.kind), \(file.size), \(viewer?.member),
                    \(viewer?.name ?? ""), \(now), \(file.isQuarantined)
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
            SELECT id
            FROM stored
            """
        ) { try $0.next() }
    }
}

extension Query where Answer == StoredFile? {
    static func file(_ id: FileID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: storedFileColumns)
            FROM files f
            WHERE f.area_id = \(area) AND f.id = \(id)
            """
        ) { try StoredFile(&$0) }
    }
}

extension Query where Answer == Int {
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
