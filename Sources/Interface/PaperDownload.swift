package import Documents
import HTTP
package import Kernel
import Runtime

/// For a PDF shown in place: it can't be sandboxed, as browsers then refuse to show it; they run it apart from any page.
package let pdfPolicy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"

extension Context {
    /// A paper to look at or to save.
    package func paper(
        _ facts: PaperFacts, named name: String, _ write: @escaping @Sendable (Paper) throws -> Void
    ) async throws -> Outcome {
        let bytes = try await Paper.bytes(facts, in: platform.temporaryFolder, write)
        return .response(
            Response(
                200,
                headers: [
                    "content-type": "application/pdf", "content-disposition": "inline; filename=\"\(name).pdf\"",
                    "cache-control": "no-store", "content-security-policy": pdfPolicy,
                ], body: .bytes(ByteBuffer(bytes))))
    }
}
