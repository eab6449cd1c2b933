package import Documents
import HTTP
package import Kernel
import Runtime

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
                    "cache-control": "no-store",
                ], body: .bytes(ByteBuffer(bytes))))
    }
}
