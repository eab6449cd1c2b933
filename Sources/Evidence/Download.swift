import Files
import HTML
import HTTP
import Interface
package import Kernel
import Secrets

extension StoredFile {
    /// The bytes under the name that the sender gave, or the part of them that is asked for. Never shown in place as a
    /// page of ours: what somebody sent must not act in our name.
    package func download(_ context: Context) async throws -> Outcome {
        try await response(context, as: "attachment", under: "default-src 'none'; sandbox")
    }

    /// Whether a browser can show it without running anything of it.
    package var isShownInPlace: Bool { kind == .pdf || isPicture }
    package var isPicture: Bool { [.jpeg, .png, .webp, .gif].contains(kind) }

    /// The same to be looked at inside a page of ours; what can't be shown safely is downloaded.
    package func show(_ context: Context) async throws -> Outcome {
        guard isShownInPlace else { return try await download(context) }
        return try await response(context, as: "inline", under: isPicture ? pdfPolicy + "; sandbox" : pdfPolicy)
    }

    private func response(_ context: Context, as disposition: String, under policy: String) async throws -> Outcome {
        guard !isQuarantined else {
            throw Refusal.conflict(
                virus == nil
                    ? Phrase(
                        "กำลังตรวจหาไวรัสในไฟล์นี้ ลองอีกครั้งในอีกสักครู่",
                        en: "This file is being scanned for viruses. Try again shortly")
                    : Phrase("พบไวรัสในไฟล์นี้ จึงไม่มีใครเปิดได้", en: "A virus was found in this file; nobody can open it"))
        }
        guard let path = try await context.platform.files.path(of: digest) else {
            throw LostFile(digest: digest.hexadecimal)
        }
        let facts = FileFacts(
            path: path, size: size, type: kind.mediaType, tag: digest.hexadecimal)
        return .response(
            .file(
                facts, for: context.request,
                headers: [
                    "content-disposition": "\(disposition); \(namesOfFile)", "cache-control": "private, no-cache",
                    "content-security-policy": policy, "x-content-type-options": "nosniff",
                ]))
    }

    /// RFC 6266: the name in UTF-8 for all that know it, and one of plain letters for the rest.
    private var namesOfFile: String {
        "filename=\"file.\(kind.endings[0])\"; filename*=UTF-8''\(percentEncoded(name))"
    }
}
