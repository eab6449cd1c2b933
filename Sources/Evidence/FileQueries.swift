import Files
package import Kernel
package import Postgres
package import Runtime
import Secrets

extension Query where Answer == FileID {
    package static func insert(_ file: KeptFile, in area: AreaID, by viewer: Viewer?, at now: Instant) -> Query {
        .one(
            """
            INSERT INTO files (area_id, sha256, name, kind, size, uploaded_by, uploader_name, uploaded_at)
            VALUES (
                \(area), \(file.digest), \(file.name), \(file.kind), \(file.size), \(viewer?.member),
                \(viewer?.name ?? ""), \(now)
            )
            RETURNING id
            """
        ) { try $0.next() }
    }
}
