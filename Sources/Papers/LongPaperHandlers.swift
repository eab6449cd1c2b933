import Evidence
import Files
import HTML
import HTTP
import Interface
import Kernel
import Secrets

func listLongPapers(_ context: Context) async throws -> Outcome {
    let (visit, papers) = try await context.page(.longPapers(in: context.area.id))
    return .page(LongPapersPage(visit: visit, papers: papers), visit)
}

func showLongPaper(_ context: Context) async throws -> Outcome {
    let (visit, paper) = try await context.page(
        .longPaper(context.identifier("paper"), in: context.area.id))
    guard let paper else { throw Refusal.notFound }
    let page = LongPaperPage(visit: visit, paper: paper)
    return context.isPart ? .part(of: visit) { page.progress($0) } : .page(page, visit)
}

func openLongPaper(_ context: Context) async throws -> Outcome {
    let (_, paper) = try await context.page(.longPaper(context.identifier("paper"), in: context.area.id))
    guard let made = paper?.made else { throw Refusal.notFound }
    guard let path = try await context.platform.files.path(of: made.digest) else {
        throw LostFile(digest: made.digest.hexadecimal)
    }
    let facts = FileFacts(path: path, size: made.size, type: "application/pdf", tag: made.digest.hexadecimal)
    return .response(
        .file(
            facts, for: context.request,
            headers: [
                "content-disposition": "inline; filename=\"volume.pdf\"", "cache-control": "private, no-cache",
                "content-security-policy": pdfPolicy, "x-content-type-options": "nosniff",
            ]))
}
