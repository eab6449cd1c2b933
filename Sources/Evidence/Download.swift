import Files
import HTTP
package import Kernel
import Secrets

extension StoredFile {
    /// The bytes under the name that the sender gave, or the part of them that is asked for. Never shown in place as a
    /// page of ours: what somebody sent must not act in our name.
    package func download(_ context: Context) throws -> Outcome {
        guard context.platform.files.holds(digest) else { throw LostFile(digest: digest.hexadecimal) }
        let facts = FileFacts(
            path: context.platform.files.path(of: digest), size: size, type: kind.mediaType, tag: digest.hexadecimal)
        return .response(
            .file(
                facts, for: context.request,
                headers: [
                    "content-disposition": disposition, "cache-control": "private, no-cache",
                    "content-security-policy": "default-src 'none'; sandbox", "x-content-type-options": "nosniff",
                ]))
    }

    /// RFC 6266: the name in UTF-8 for all that know it, and one of plain letters for the rest.
    private var disposition: String {
        "attachment; filename=\"file.\(kind.endings[0])\"; filename*=UTF-8''\(percentEncoded(name))"
    }
}

/// A row names bytes that the store doesn't hold: a fault, and one to be told of.
struct LostFile: Error {
    var digest: String
}
