import Glibc
import Runtime

extension Paper {
    /// A document's bytes. It takes longer than a page may: on a thread of its own.
    package static func bytes(
        _ facts: PaperFacts, in folder: String, _ write: @escaping @Sendable (Paper) throws -> Void
    ) async throws -> [UInt8] {
        try await Blocking.run {
            let (descriptor, path) = try Disk.makeTemporaryFile(in: folder)
            close(descriptor)
            defer { unlink(path) }
            try make(facts, file: path, write)
            return try Disk.read(path)
        }
    }

    /// Writes a document to a file, and returns how many pages it has.
    @discardableResult
    package static func make(
        _ facts: PaperFacts, file: String, _ write: (Paper) throws -> Void
    ) throws -> Int {
        let paper = try Paper(facts, file: file)
        try write(paper)
        try paper.finish()
        try PaperLanguage.append(facts.language, toFile: file)
        return paper.pages
    }
}
